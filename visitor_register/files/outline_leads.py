"""Finds out who is at the head of each section: whom its heading names, else the first row of its table."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from visitor_register.domain.chart_fields import Field
from visitor_register.domain.names import fold, words
from visitor_register.files.drawn_text import read_box
from visitor_register.files.outline import Post, Section
from visitor_register.files.person_cells import is_vacancy, names_person

WORKER = 9
"""The rank of whoever manages nobody by title."""

# The first that fits. "Lead" and "Senior" are titles of workers as well, and a deputy LADO is one.
_RANKS = (
    (WORKER, re.compile(r"\b(?:pa|assistant|secretary|support|officer) to\b", re.I)),
    (2, re.compile(r"\b(?:assistant|deputy|divisional|associate) (?:executive )?director\b", re.I)),
    (6, re.compile(r"\b(?:deputy|assistant|vice)\b.*\b(?:manager|head|leader|principal)\b|\bpractice manager\b", re.I)),
    (0, re.compile(r"\bchief executive\b", re.I)),
    (1, re.compile(r"\bdirector\b", re.I)),
    (3, re.compile(r"\bhead\b|\bchief\b", re.I)),
    (4, re.compile(r"\b(?:service|group|area|locality|operations) manager\b|\bservice lead\b", re.I)),
    (5, re.compile(r"\bmanager\b|\bteam lead(?:er)?\b|\bprincipal\b|\bsupervisor\b|\bofficer in charge\b", re.I)),
)
_MANAGES_UP_TO = 5
_RANK = re.compile(r"\b(?:manager|head|director|lead|leader|principal|supervisor|chief|officer|lado)\b", re.I)
_SECOND = re.compile(r"\b(?:deputy|assistant|reports? to|managed by|contact|cover)\b", re.I)
_LABELLED = re.compile(r"^(?P<label>.{3,160}?)\s*(?::|\s[-–—|])\s*(?P<names>[^:]{3,200})$")
_AFTER_A_MARK = re.compile(r"\s[-–—|]\s")
_NICKNAME = re.compile(r"\([^()]*\)(?=\s*\w)")
_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|/|&|\band\b)\s*")
_BEFORE = (
    r"(?:^|[:;,/&(|]\s*|-\s+|\band\s+|\b(?:mr|mrs|ms|miss|mx|dr|manager|head|director|lead|leader|principal)\.?\s+)"
)
_AFTER = r"(?=\s*(?:$|[:;,/&)(|]|\s-\s|\band\b))"

Named = tuple[str, Post]
"""A post and the folded name of its holder."""


def stranger(section: Section) -> bool:
    """Say whether a heading seems to name somebody who stands in no table and has no title there."""
    labelled = _LABELLED.match(section.text)
    return not section.leads and labelled is not None and names_people(labelled["names"])


def rank(title: str) -> int:
    """Say how high a title stands, from 0; `WORKER` for those who manage nobody by it."""
    return next((place for place, pattern in _RANKS if pattern.search(title)), WORKER)


def find_leads(sections: Sequence[Section]) -> None:
    """Fill in the leads of every section.

    Somebody who is named at the head of a section and stands in no table is put into it. Where several posts are
    named, the one that stands above all others counts; where none does, nobody is at the head.
    """
    named = [(fold(post.name), post) for section in sections for post in section.posts if not post.gone]
    for section in sections:
        if section.level:
            section.leads = next((leads for leads in _named(section, named) if leads), _first(section))
            named += [(fold(lead.name), lead) for lead in section.leads if all(lead is not one for _, one in named)]


def first_of(part: Sequence[Post]) -> list[Post]:
    """Return the first row of a table where it stands above all others, with whoever shares its post; else nobody."""
    present = [post for post in part if not post.gone]
    leads = list(takewhile(lambda post: fold(post.title) == fold(present[0].title), present))
    others = present[len(leads) :]
    highest = rank(leads[0].title) if leads else WORKER
    above_all = highest <= _MANAGES_UP_TO and all(rank(post.title) > highest for post in others)
    return leads if others and above_all else []


def _first(section: Section) -> list[Post]:
    """Return who leads a section whose heading names nobody: the first of its one table, or its one post."""
    posts = section.posts
    if len(posts) == 1 and rank(posts[0].title) <= _MANAGES_UP_TO:
        return posts
    return first_of(section.parts[0]) if len(section.parts) == 1 else []


def _named(section: Section, posts: Sequence[Named]) -> Iterator[list[Post]]:
    """Yield whom the heading names, then whom each line under it names ("Head of Service: Ada Hill")."""
    yield _leads_in(section.text, section, posts)
    for line in section.lines:
        labelled = _LABELLED.match(line)
        if labelled and _RANK.search(labelled["label"]) and not _SECOND.search(labelled["label"]):
            yield _leads_in(line, section, posts)


def _leads_in(text: str, section: Section, posts: Sequence[Named]) -> list[Post]:
    mentioned = _mentioned(text, posts)
    own = [post for post in mentioned if any(post is one for one in section.posts)]
    vacancies = [post for _, post in posts if not post.name]
    found = own or _one_each(text, mentioned) or _vacant(text, section, vacancies)
    if not mentioned and not found and (found := _only_named_here(text)):
        section.parts.insert(0, found)
    return _highest(found)


def _mentioned(text: str, posts: Sequence[Named]) -> list[Post]:
    """Return the posts whose holder's whole name stands in the text."""
    said = readings(text)
    return [post for name, post in posts if " " in name and any(name in one and _names(one, name) for one in said)]


def readings(text: str) -> tuple[str, ...]:
    """Return a heading folded, as it stands and without nicknames: "katherine (kate) poe", "katherine poe"."""
    return tuple(dict.fromkeys((fold(text), " ".join(_NICKNAME.sub(" ", fold(text)).split()))))


def _names(said: str, name: str) -> bool:
    """Say whether a name stands between marks, or words that end a name: "Ann Lee" is not in "Mary Ann Lee"."""
    return re.search(_BEFORE + re.escape(name) + _AFTER, said) is not None


def _one_each(text: str, found: Sequence[Post]) -> list[Post]:
    """Keep of several posts with one name the one whose title the text says; none where that is not clear."""
    kept = []
    said = set(words(text))
    for name in dict.fromkeys(fold(post.name) for post in found):
        same = [post for post in found if fold(post.name) == name]
        ranked = sorted(same, key=lambda post: len(said & set(words(post.title))), reverse=True)
        counts = [len(said & set(words(post.title))) for post in ranked]
        kept += ranked[:1] if len(same) == 1 or counts[0] > counts[1] else []
    return kept


def _vacant(text: str, section: Section, vacancies: Sequence[Post]) -> list[Post]:
    """Return the vacant post that the text says is vacant: of the section's table, else the one that fits it best."""
    labelled = _LABELLED.match(text)
    if labelled is None or not is_vacancy(labelled["names"]):
        return []
    said = set(words(labelled["label"]))
    here = [post for post in section.posts if not post.name and post.title and said.issuperset(words(post.title))]
    if here:
        return here[:1]
    about = set(words(section.text))
    fits = [post for post in vacancies if said.issubset(words(post.title)) and rank(post.title) < WORKER]
    counts = sorted((len(about.intersection(words(post.title))) for post in fits), reverse=True)
    return [
        post
        for post in fits
        if len(fits) == 1 or (counts[0] > counts[1] and len(about.intersection(words(post.title))) == counts[0])
    ]


def _only_named_here(text: str) -> list[Post]:
    """Make a post of whoever a heading names with a leading title, and no table lists: "Service Manager: Ada Hill"."""
    for part in (text, *_AFTER_A_MARK.split(text)[1:]):
        found = [post for post in map(Post, map(dict, read_box((part,)).people)) if post.name]
        if found and all(_RANK.search(post.title) for post in found):
            return found
    labelled = _LABELLED.match(text)
    title = _AFTER_A_MARK.split(labelled["label"])[-1].strip() if labelled else ""
    if labelled is None or not _RANK.search(title) or not names_people(labelled["names"]):
        return []
    names = _BETWEEN_NAMES.split(labelled["names"].strip())
    return [Post({Field.NAME: name, Field.JOB_TITLE: title}) for name in names]


def names_people(text: str) -> bool:
    """Say whether a text is a name, or several between commas, and nothing else."""
    return all(map(names_person, _BETWEEN_NAMES.split(text.strip())))


def _highest(found: Sequence[Post]) -> list[Post]:
    """Return those of the highest rank, if they share one title."""
    best = min((rank(post.title) for post in found), default=WORKER)
    leads = [post for post in found if rank(post.title) == best]
    return leads if len({fold(post.title) for post in leads}) == 1 else []
