"""What a line of a drawn box looks like: a name, a job title, a vacancy, a way to reach somebody, or nothing."""

import re
from dataclasses import dataclass

from visitor_register.domain import chart_text
from visitor_register.domain.chart_text import phrases
from visitor_register.domain.matching import ADDRESS
from visitor_register.domain.names import fold
from visitor_register.domain.names_clean import is_plausible

# Whoever is called so in a box has that job. A few are surnames too: then the other lines of the box decide.
_ROLES = phrases(
    "manager managers mgr head director directors worker workers officer officers practitioner practitioners lead "
    "leader leads coordinator coordinators co-ordinator co-ordinators adviser advisers advisor advisors assistant "
    "assistants administrator administrators psychologist psychologists therapist therapists consultant consultants "
    "chair chairs educator educators supervisor supervisors executive chief principal specialist specialists nurse "
    "nurses teacher teachers solicitor solicitors lawyer analyst engineer planner apprentice apprentices trainee "
    "trainees clerk secretary receptionist technician inspector commissioner champion mentor mentors tutor "
    "facilitator navigator mediator counsellor president vp accountant surveyor architect librarian ranger warden "
    "driver carer maker chairperson lado deputy partner partners controller guardian independent"
)
# Words that stand in titles and hardly ever in names.
_OF_TITLES = phrases(
    "senior social service services support duty business quality assurance finance policy project programme "
    "strategic operational interim acting family child children young youth education school schools early help "
    "leaving care adoption fostering kinship safeguarding protection team teams unit hub office development "
    "performance commissioning vacancy newly qualified advanced student post posts virtual corporate information "
    "trading standards parking licensing housing benefits revenues legal planning highways libraries leisure "
    "environment environmental public health adult adults procurement audit risk insurance ict digital data customer "
    "communications democratic electoral governance learning inclusion access front door progression assessment "
    "intervention prevention placement placements review reviews reviewing response referral contact missing "
    "exploitation disabilities disability needs parenting emergency hours attendance welfare psychology"
)
_JOINS = phrases("of and for the to with & in at")
_TITLES_OF_COURTESY = phrases("mr mrs ms miss mx dr prof professor rev cllr")
_PARTICLES = phrases("van von der den de da di du la le el al bin ibn bint ben st st. mac mc ter ten of y e dos del")
_UNIT = re.compile(
    r"\b(?:team|service|services|unit|hub|section|directorate|department|division|locality|area|branch)\b", re.I
)
_VACANT = re.compile(
    r"\bvacan(?:t|cy)\b|\bunfilled\b|\bto be (?:confirmed|appointed|recruited|advised|filled)\b"
    r"|\bout to advert\b|\brecruiting\b|\bpost (?:deleted|frozen|on hold)\b",
    re.I,
)
_VACANT_WHOLE = re.compile(r"^\W*(?:tb[cadr]|n\.?/d\.?|x{2,}|\?+)\W*$", re.I)
_TEMPLATE = phrases(
    "name|title|job title|text|[text]|name here|insert name|insert name here|insert title|job title here|your name|"
    "click to add text|click to add title|click to edit|click to edit text|enter name|enter title|type name here|"
    "type title here|position|position title|role|post|post title|first name last name|firstname lastname|"
    "forename surname|name surname|employee name|employee|full name|telephone|phone|e-mail|email|department|"
    "[name]|[title]|[job title]|[position]|<name>|<title>|name / title|name/title|title / name|picture|photo"
)
_NUMBER = re.compile(r"(?:\+|\(?0)(?:[\s()./\-]*\d){8,13}(?:\s*(?:ext|extn|x)\.?\s*\d{1,6})?", re.I)
_SHORT_NUMBER = re.compile(r"^(?:tel|telephone|phone|ext|extn|extension|mob|mobile|t|m|x)\b[.:\s]*\d[\d\s]{2,}$", re.I)
_LABEL = re.compile(
    r"\b(?:tel(?:ephone)?|phone|mob(?:ile)?|ext(?:n|ension)?|ddi|direct(?: (?:line|dial))?|e-?mail)\b[.:\s]*$"
    r"|^\W*[tme]\W*$",
    re.I,
)
_POSTS = re.compile(r"^\d+(?:\.\d+)?\s*(?:x|fte)\b|\b(?:x\s*\d+|\d+(?:\.\d+)?\s*(?:x|fte|posts?))\W*$", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a box without what is no text: how much it looks like a name, and how much like a title."""

    text: str
    name: int
    title: int
    vacant: bool = False

    @property
    def balance(self) -> int:
        """Above 0 for a name, below for a title; the further, the surer."""
        return self.name - self.title

    @property
    def is_name(self) -> bool:
        """Whether it is a name beyond doubt, or says that there is nobody."""
        return self.vacant or self.balance >= 3

    @property
    def is_title(self) -> bool:
        """Whether it is a title beyond doubt."""
        return not self.vacant and self.balance <= -2

    @property
    def is_unit(self) -> bool:
        """Whether it may be the name of a team or a service."""
        return bool(_UNIT.search(self.text))


def look(text: str, *, bold: bool = False) -> Line:
    """Weigh one line, already cleaned and without telephone numbers and addresses."""
    if vacancy(text):
        return Line(text, 9, 0, vacant=True)
    return Line(text, _as_name(text) + bold, _as_title(text))


def vacancy(text: str) -> bool:
    """Say whether a line says that nobody is in the post and no more than that ("(Vacant - out to advert)")."""
    if _VACANT_WHOLE.match(text):
        return True
    rest, found = _VACANT.subn(" ", text)
    return bool(found) and _as_title(rest) < 3


def without_vacancy(text: str) -> str:
    """Return the title that stands beside a vacancy in one line ("Vacant - SEN Case Officer"), or ""."""
    rest, found = _VACANT.subn(" ", text)
    rest = re.sub(r"[(\[]\W*[)\]]", " ", rest)
    return " ".join(rest.split()).strip(" -–—:,;/|*") if found else ""


def is_template(text: str) -> bool:
    """Say whether a line is what the drawing program puts into a new box."""
    return fold(text).strip(" .:…") in _TEMPLATE or not any(letter.isalnum() for letter in text)


def reach(text: str) -> tuple[str, list[str], list[str]]:
    """Take telephone numbers and e-mail addresses out of a line: (what is left, numbers, addresses)."""
    text = chart_text.clean(text)
    addresses = [str(found) for found in ADDRESS.findall(text)]
    rest = ADDRESS.sub(" ", text)
    if _SHORT_NUMBER.match(rest.strip()):
        return "", [rest.strip()], addresses
    numbers = [match.group().strip() for match in _NUMBER.finditer(rest)]
    if numbers or addresses:
        rest = "  ".join(
            part for part in (_LABEL.sub(" ", part).strip(" |/;,:-–") for part in _NUMBER.split(rest)) if part
        )
        rest = _LABEL.sub(" ", rest)
    return " ".join(rest.split()), numbers, addresses


def names_sharing(text: str) -> tuple[str, ...]:
    """Return the full names that share a line, or the line itself where it is one name."""
    parts = [part.strip() for part in re.split(r"\s*(?:/|;|\+|&|\band\b)\s*", text) if part.strip()]
    full = all(len(part.split()) > 1 and is_plausible(part.replace("*", "").strip()) for part in parts)
    if 1 < len(parts) <= 4 and full and not any(_as_title(part) > 2 for part in parts):
        return tuple(parts)
    return (text,)


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,/()\[\]:;]+", text) if word.strip("-–—*.&") or word == "&"]


def _as_title(text: str) -> int:
    """Count what speaks for a title: its nouns most, then connectives, figures and abbreviations."""
    parts = _words(text)
    folded = [fold(part).strip(".*'-") for part in parts]
    roles = sum(part in _ROLES for part in folded)
    first = _words(text.partition(",")[0])
    score = (
        min(4 * roles, 8)
        + 2 * (bool(first) and fold(first[-1]) in _ROLES)
        + 2 * min(sum(part in _OF_TITLES for part in folded), 3)
    )
    score += 2 * any(part in _JOINS for part in parts)
    score += 2 * any(letter.isdigit() for letter in text)
    if not text.isupper():
        score += 2 * any(re.fullmatch(r"[A-Z]{2,6}s?", part) is not None for part in parts)
    return score + 2 * bool(_POSTS.search(text))


def _as_name(text: str) -> int:
    """Count what speaks for a name: two to five words, each with a capital, nothing but letters."""
    bare = re.sub(r"[(\[][^()\[\]]*[)\]]|\*", " ", text).strip(" ,.")
    parts = bare.split()
    if len(names_sharing(bare)) > 1:
        return 4
    if not parts or not is_plausible(bare) or any(letter.isdigit() for letter in bare):
        return -2
    score = 2 if text.rstrip().endswith("*") else 0
    if fold(parts[0]).strip(".") in _TITLES_OF_COURTESY:
        score, parts = score + 4, parts[1:]
    capitals = sum(part[:1].isupper() or part[:1] in "'’" for part in parts)
    small = [part for part in parts if not part[:1].isupper()]
    if 2 <= len(parts) <= 5 and capitals and all(fold(part).strip(".") in _PARTICLES or "-" in part for part in small):
        score += 4
    elif len(parts) == 1 and capitals:
        score += 1
    return score
