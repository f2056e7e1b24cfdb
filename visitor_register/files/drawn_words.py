"""What a line of a drawn box looks like: a name, a job title, a vacancy, or what a drawing program wrote there."""

import re
from dataclasses import dataclass

from visitor_register.domain.chart_text import phrases
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
# Words that stand in titles and in the names of teams, and hardly ever in people's.
_OF_TITLES = phrases(
    "senior social service services support duty business quality assurance finance policy project programme "
    "strategic operational family child children young youth education school schools early help "
    "leaving care adoption fostering kinship safeguarding protection team teams unit hub office development "
    "performance commissioning vacancy newly qualified advanced student post posts virtual corporate information "
    "trading standards parking licensing housing benefits revenues legal planning highways libraries leisure justice "
    "environment environmental public health adult adults procurement audit risk insurance ict digital data customer "
    "communications democratic electoral governance learning inclusion access front door progression assessment "
    "intervention prevention placement placements review reviews reviewing response referral contact missing "
    "exploitation disabilities disability needs parenting emergency hours attendance welfare psychology looked after "
    "mental locality neighbourhood provider community"
)
# Words of remarks beside a name, which are neither a name nor a title.
_REMARKS = phrases(
    "agency interim acting fixed term contract temporary permanent secondment maternity cover leave locum"
)
# A line that ends so is the name of a part of the council, whatever stands before.
_PARTS = phrases("service services team teams unit hub department directorate division section offer")
_JOINS = phrases("of and for the to with & in at")
_NO_NAMES = _ROLES | _OF_TITLES | _REMARKS | _JOINS
_COURTESY = phrases("mr mrs ms miss mx dr prof professor rev cllr")
_PARTICLES = phrases("van von der den de da di du la le el al bin ibn bint ben st st. mac mc ter ten y e dos del")
_UNFILLED = re.compile(
    r"\bvacan(?:t|cy)\b|\bunfilled\b|\bto be (?:confirmed|appointed|recruited|advised|filled)\b"
    r"|\bout to advert\b|\brecruiting\b|\bpost (?:deleted|frozen|on hold)\b",
    re.I,
)
_UNFILLED_WHOLE = re.compile(r"^\W*(?:tb[cadr]|n\.?/d\.?|x{2,}|\?+)\W*$", re.I)
_TEMPLATE = phrases(
    "name|title|job title|text|[text]|name here|insert name|insert name here|insert title|job title here|your name|"
    "click to add text|click to add title|click to edit|click to edit text|enter name|enter title|type name here|"
    "type title here|position|position title|role|post|post title|first name last name|firstname lastname|"
    "forename surname|name surname|employee name|employee|full name|telephone|phone|e-mail|email|department|"
    "[name]|[title]|[job title]|[position]|<name>|<title>|name / title|name/title|title / name|picture|photo"
)
_POSTS = re.compile(r"^\d+(?:\.\d+)?\s*(?:x|fte)\b|\b(?:x\s*\d+|\d+(?:\.\d+)?\s*(?:x|fte|posts?))\W*$", re.I)
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_SHARED = re.compile(r"\s*(?:/|;|\+|&|\band\b)\s*")
_LEADS = re.compile(r"\b(?:manager|head|director|leader|lead|principal|supervisor|chief)\b", re.I)
# From here on a line is a name or a title beyond doubt; four points make two words with capitals.
_SURELY_NAME, _SURELY_TITLE, _NO_NAME, _FULL_NAME = 3, -2, -3, 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a box: how much it looks like a name, and how much like a title. `vacant`: it names nobody."""

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
        return self.vacant or self.balance >= _SURELY_NAME

    @property
    def may_be_name(self) -> bool:
        """Whether it has the form of a full name, and its words are not those of a title through and through."""
        return self.vacant or (self.name >= _FULL_NAME and self.balance > _NO_NAME)

    @property
    def is_title(self) -> bool:
        """Whether it is a title beyond doubt."""
        return not self.vacant and self.balance <= _SURELY_TITLE


def look(text: str, *, bold: bool = False) -> Line:
    """Weigh one line, already cleaned and without telephone numbers and addresses."""
    if vacancy(text):
        return Line(text, 9, 0, vacant=True)
    name = _as_name(text)
    return Line(text, name + (bold and name > 0), _as_title(text))


def names_role(text: str) -> bool:
    """Say whether a word in it is what somebody does, so that it is a post and no team."""
    return any(fold(word).strip(".*'-") in _ROLES for word in _words(text))


def leads(title: str) -> bool:
    """Say whether a job title is that of one person whom others report to."""
    return bool(_LEADS.search(title))


def vacancy(text: str) -> bool:
    """Say whether a line says that nobody is in the post and no more than that ("(Vacant - out to advert)")."""
    if _UNFILLED_WHOLE.match(text):
        return True
    outside = _BRACKETS.sub(" ", text).strip()
    somebody = _as_name(outside) >= _FULL_NAME and not _UNFILLED.search(outside)
    shared = len(names_sharing(text)) > 1
    return bool(_UNFILLED.search(text)) and not (somebody or shared or without_vacancy(text))


def without_vacancy(text: str) -> str:
    """Return the title that stands beside a vacancy in one line ("Vacant - SEN Case Officer"), or ""."""
    rest, found = _UNFILLED.subn(" ", text)
    if not found:
        return ""
    rest = " ".join(re.sub(r"[(\[]\W*[)\]]", " ", rest).split()).strip(" -–—:,;/|*")
    is_title = bool(re.search(r"[^\W\d_]{3}", rest)) and _as_title(rest) >= 3
    return rest if is_title else ""


def is_template(text: str) -> bool:
    """Say whether a line is what the drawing program puts into a new box."""
    return fold(text).strip(" .:…") in _TEMPLATE or not any(letter.isalnum() for letter in text)


def names_sharing(text: str) -> tuple[str, ...]:
    """Return the full names that share a line ("Ada Hill / Ben Jones", "Ada Hill / Vacant"), or the line itself."""
    parts = [part.strip() for part in _SHARED.split(text) if part.strip()]
    filled = [part for part in parts if not _UNFILLED.fullmatch(part.strip("()[] "))]
    names = [_BRACKETS.sub(" ", part).replace("*", " ").strip() for part in filled]
    full = all(len(name.split()) > 1 and is_plausible(name) for name in names)
    if names and 1 < len(parts) <= 4 and full and not any(_as_title(name) >= 3 for name in names):
        return tuple(parts)
    return (text,)


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,/()\[\]:;]+", text) if word.strip("-–—*.&") or word == "&"]


def _as_title(text: str) -> int:
    """Count what speaks for a title: its nouns most, then connectives, figures and abbreviations."""
    parts = _words(_BRACKETS.sub(" ", text) or text)
    folded = [fold(part).strip(".*'-") for part in parts]
    first = _words(text.partition(",")[0])
    score = min(4 * sum(part in _ROLES for part in folded), 8) + 2 * min(sum(part in _OF_TITLES for part in folded), 3)
    score += 2 * (bool(first) and fold(first[-1]) in _ROLES)
    score += 4 * (bool(folded) and folded[-1] in _PARTS) + 2 * any(part in _JOINS for part in parts)
    score += 2 * any(letter.isdigit() for part in parts for letter in part)
    if not text.isupper():
        score += 2 * any(re.fullmatch(r"[A-Z]{2,6}s?", part) is not None for part in parts)
    return score + 2 * bool(_POSTS.search(text))


def _as_name(text: str) -> int:
    """Count what speaks for a name: two to five words, each with a capital, nothing but letters."""
    bare = _BRACKETS.sub(" ", text).replace("*", " ").strip(" ,.")
    parts = bare.split()
    if len(names_sharing(text)) > 1:
        return _FULL_NAME
    if not parts or not is_plausible(bare) or any(letter.isdigit() for letter in bare):
        return -2
    folded = [fold(part).strip(".,'-") for part in parts]
    if folded[-1] in _PARTS or all(part in _NO_NAMES for part in folded):
        return 0
    score = 2 if text.rstrip().endswith("*") else 0
    if fold(parts[0]).strip(".") in _COURTESY:
        score, parts = score + 4, parts[1:]
    small = [part for part in parts if not part[:1].isupper()]
    if 2 <= len(parts) <= 5 and all(fold(part).strip(".") in _PARTICLES or "-" in part for part in small):
        return score + (_FULL_NAME if len(small) < len(parts) else 0)
    return score + (1 if len(parts) == 1 and not small else 0)
