"""The canonical columns of a structure chart, and the headings councils use for them."""

import re
from enum import StrEnum

from visitor_register.domain.chart_aliases import ALIASES
from visitor_register.domain.chart_text import phrases
from visitor_register.domain.names import fold


class Field(StrEnum):
    """One canonical column; the value is its heading in our own template."""

    POST_REF = "Post Unique Reference"
    STAFF_NUMBER = "Staff Number"
    NAME = "Name"
    FORENAME = "First Name"
    SURNAME = "Last Name"
    KNOWN_AS = "Known As"
    JOB_TITLE = "Job Title"
    UNIT = "Unit"
    SERVICE = "Service"
    DIRECTORATE = "Directorate"
    ORGANISATION = "Organisation"
    LEVEL = "Level"
    PHONE = "Contact Phone"
    MOBILE = "Contact Mobile"
    EMAIL = "Contact E-mail"
    CONTACT = "Contact Details"
    REPORTS_TO_POST = "Reports to Post"
    REPORTS_TO_STAFF_NUMBER = "Reports to Staff Number"
    REPORTS_TO_EMAIL = "Reports to E-mail"
    REPORTS_TO_NAME = "Reports to Name"
    CONTRACT = "Contract Type"
    VACANCY = "Vacancy"
    EFFECTIVE_DATE = "Effective Date"
    NOTES = "Notes"
    # Columns of the government organogram's second file: counts of posts, never people.
    GENERIC_TITLE = "Generic Job Title"
    NUMBER_OF_POSTS = "Number of Posts in FTE"
    REPORTING_POST = "Reporting Senior Post"
    # Columns that only our own readers of drawings write: which box a row is, and which box is above it.
    BOX = "Drawn box"
    REPORTS_TO_BOX = "Drawn under box"
    MAY_REPORT_TO_BOX = "Perhaps under box"


MANAGER_FIELDS = (Field.REPORTS_TO_POST, Field.REPORTS_TO_STAFF_NUMBER, Field.REPORTS_TO_EMAIL, Field.REPORTS_TO_NAME)

_BY_ALIAS = {" ".join(alias.split()): Field(heading) for heading, text in ALIASES.items() for alias in text.split("|")}
# Said by people when they mean their manager, but also the heading of a level in a stepped chart.
_LEVEL_HEADINGS = frozenset(
    [
        "director",
        "assistant director",
        "head of service",
        "service manager",
        "team manager",
        "team leader",
        "team member",
        "deputy team manager",
        "practice manager",
        "group manager",
        "worker",
        "social worker",
        "chief executive",
        "operational director",
        "strategic director",
    ]
)
_PLAIN_IDS = phrases("id|ref|reference|unique id|record id|row id|node id|unique identifier|identifier")
_SMALLEST_FIRST = (
    ("team", "subteam", "hub", "workgroup"),
    ("unit", "section", "locality"),
    ("area", "department", "dept"),
)
_OF_MANAGER = re.compile(
    r"^(?:(?:direct |immediate |current )?(?:line )?(?:managers?|mgr|supervisors?)|reports to|lm)(?: s)? (?P<after>.+)$"
    r"|^(?P<before>.+?) of (?:the )?(?:line )?(?:manager|supervisor)$"
)
_OF_THE_MANAGER = {
    Field.NAME: Field.REPORTS_TO_NAME,
    Field.STAFF_NUMBER: Field.REPORTS_TO_STAFF_NUMBER,
    Field.EMAIL: Field.REPORTS_TO_EMAIL,
    Field.POST_REF: Field.REPORTS_TO_POST,
}
_MONEY = re.compile(
    r"\b(?:salary|salaries|pay|paid|payscale|paygrade|wages?|spine|scp|cost|budget|grade|band|banding|scale|increment"
    r"|remuneration|earnings|bonus|allowance|honorarium)\b|£"
)
_EARNS = re.compile(
    r"\b(?:salary|salaries|pay|paid|wages?|remuneration|earnings|bonus|honorarium|supplement)\b|£", re.I
)
_DECORATION = re.compile(
    r"^(?:(?:current|staff|employee|worker|work|officer) )+(?=\S)|(?: (?:s|if known|if any|optional))+$"
)


def heading_key(text: str) -> str:
    """Return a heading without case, punctuation and camel humps: "E-Mail address" is "e mail address"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    plain = re.sub(r"[^\w£]+", " ", fold(spaced).replace("'", "").replace("&", " and ")).replace("_", " ")
    return " ".join(plain.split())


def field_of(heading: str) -> Field | None:
    """Say which canonical column a heading means, or None. Salary columns mean nothing to us."""
    key = heading_key(heading)
    if not key or len(key) > 80:
        return None
    if key in _BY_ALIAS:
        return _BY_ALIAS[key]
    if _MONEY.search(key):
        return None
    before_bracket = heading_key(re.sub(r"[(\[].*?[)\]]", " ", heading))
    if (manager := _OF_MANAGER.match(key)) is not None:
        return _about_manager(manager["before"] or manager["after"])
    for variant in (before_bracket, _DECORATION.sub("", before_bracket), _DECORATION.sub("", key)):
        if variant in _BY_ALIAS:
            return _BY_ALIAS[variant]
    return None


def _about_manager(what: str) -> Field | None:
    """Read "line manager pers no" by what follows the manager. Only what says who it is counts."""
    if is_plain_id(what):
        return Field.REPORTS_TO_STAFF_NUMBER
    return _OF_THE_MANAGER.get(_BY_ALIAS.get(what, Field.NOTES))


def is_pay(heading: str) -> bool:
    """Say whether a heading is about what somebody earns: such a column is never read, whoever chooses it."""
    return heading_key(heading) not in _BY_ALIAS and bool(_MONEY.search(heading_key(heading)))


def speaks_of_pay(note: str) -> bool:
    """Say whether a remark is about what somebody earns ("Spot salary"): it is left out like such a column."""
    return bool(_EARNS.search(note))


def is_plain_id(heading: str) -> bool:
    """Say whether a heading only says "ID": what it numbers the other columns must tell."""
    return heading_key(heading) in _PLAIN_IDS


def team_rank(heading: str) -> int:
    """Say how small a part of the council a heading means: the smallest is the team."""
    key = heading_key(heading)
    return next((rank for rank, words in enumerate(_SMALLEST_FIRST) if any(word in key.split() for word in words)), 9)


def is_level_heading(heading: str) -> bool:
    """Say whether a heading names a rank ("Team Manager"): a column of names by level."""
    return heading_key(heading) in _LEVEL_HEADINGS
