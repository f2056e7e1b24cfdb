"""The default lists: why somebody comes, how sensitive that is, and what excuses short notice. Data, not rules."""

from dataclasses import dataclass
from enum import StrEnum


class Sensitivity(StrEnum):
    """How closely a purpose is kept. It is never shown at the desk, whatever the letter."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"


class PurposeGroup(StrEnum):
    """The headings under which purposes are offered."""

    CHILD = "Seeing a child"
    MEETING = "Meetings"
    SCHOOL = "School-level"
    OTHER = "Other"


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why somebody comes. `code` is what is kept and never changes; `name` is what people read.

    `head_only`: nobody but the head reads it. `say_what`: a line of text belongs to it.
    """

    code: str
    name: str
    group: PurposeGroup
    sensitivity: Sensitivity
    head_only: bool = False
    say_what: bool = False


@dataclass(frozen=True, slots=True)
class ExceptionalCircumstance:
    """What excuses short notice (P11) or a visit that was not arranged (P12). The DSL's to fill in."""

    code: str
    name: str
    say_what: bool = False


_HIGH, _MEDIUM, _LOW = Sensitivity.HIGH, Sensitivity.MEDIUM, Sensitivity.LOW
_CHILD, _MEETING, _SCHOOL = PurposeGroup.CHILD, PurposeGroup.MEETING, PurposeGroup.SCHOOL

# Source: our defaults; the school edits them. "Other" could be anything, so it is kept as closely as the closest.
DEFAULT_PURPOSES = (
    Purpose("s47", "s47 enquiry", _CHILD, _HIGH),
    Purpose("s17", "s17 or child-and-family assessment", _CHILD, _HIGH),
    Purpose("cp_visit", "CP plan visit", _CHILD, _HIGH),
    Purpose("cin_visit", "CIN visit", _CHILD, _HIGH),
    Purpose("cla_visit", "CLA statutory visit", _CHILD, _HIGH),
    Purpose("early_support", "Family Help / early support", _CHILD, _MEDIUM),
    Purpose("pathway", "Care-leaver or pathway visit", _CHILD, _MEDIUM),
    Purpose("return_home", "Return home interview", _CHILD, _HIGH),
    Purpose("youth_justice", "Youth justice", _CHILD, _HIGH),
    Purpose("cafcass", "CAFCASS / guardian", _CHILD, _HIGH),
    Purpose("advocate", "Advocate or independent visitor", _CHILD, _MEDIUM),
    Purpose("family_time", "Supervised family time", _CHILD, _MEDIUM),
    Purpose("interpreter", "Interpreter-supported", _CHILD, _MEDIUM),
    Purpose("strategy", "Strategy discussion", _MEETING, _HIGH),
    Purpose("conference", "ICPC / RCPC", _MEETING, _HIGH),
    Purpose("core_group", "Core group", _MEETING, _HIGH),
    Purpose("cin_meeting", "CIN meeting", _MEETING, _HIGH),
    Purpose("early_help_review", "TAF/TAC or early help review", _MEETING, _MEDIUM),
    Purpose("pep", "PEP meeting", _MEETING, _MEDIUM),
    Purpose("cla_review", "CLA review", _MEETING, _HIGH),
    Purpose("ehcp_review", "EHCP annual review", _MEETING, _MEDIUM),
    Purpose("family_conference", "Family group conference", _MEETING, _HIGH),
    Purpose("professionals", "Professionals' meeting", _MEETING, _MEDIUM),
    Purpose("transition", "Placement, disruption or transition", _MEETING, _HIGH),
    Purpose("exclusion", "Exclusion or managed move", _MEETING, _MEDIUM),
    Purpose("attendance", "Attendance", _MEETING, _LOW),
    Purpose("legal", "Legal planning or court-directed", _MEETING, _HIGH),
    Purpose("lado", "LADO meeting", _SCHOOL, _HIGH, head_only=True),
    Purpose("advisory", "EP or advisory teacher", _SCHOOL, _LOW),
    Purpose("virtual_school", "Virtual school", _SCHOOL, _LOW),
    Purpose("audit", "Safeguarding audit", _SCHOOL, _LOW),
    Purpose("training", "Training", _SCHOOL, _LOW),
    Purpose("liaison", "Liaison", _SCHOOL, _LOW),
    Purpose("other", "Other (say what)", PurposeGroup.OTHER, _HIGH, say_what=True),
)

DEFAULT_EXCEPTIONAL_CIRCUMSTANCES = (
    ExceptionalCircumstance("s47", "s47 enquiry or strategy decision"),
    ExceptionalCircumstance("immediate_risk", "Child at immediate risk"),
    ExceptionalCircumstance("placement_breakdown", "Placement breakdown"),
    ExceptionalCircumstance("court_date", "Court-directed date"),
    ExceptionalCircumstance("missing", "Missing episode"),
    ExceptionalCircumstance("family_request", "Parent or child request"),
    ExceptionalCircumstance("cover", "Cover for an absent worker"),
    ExceptionalCircumstance("other", "Other (say what)", say_what=True),
)
