"""The words people see for verdicts, answers and states. One place, so that a word means one thing."""

from visitor_register.domain.assurance import Basis, Compared, Expiry, IdShown, Outcome
from visitor_register.domain.verification import Supervision, Verdict, Way
from visitor_register.domain.visits import CameAbout
from visitor_register.gui.widgets.tone import Tone
from visitor_register.persistence.keyring import MIN_PASSWORD

PASSWORD_TOO_SHORT = f"Use at least {MIN_PASSWORD} characters. Three plain words do well."
PASSWORDS_DIFFER = "The two passwords are not the same. Type it again."

TONE: dict[Verdict, Tone] = {
    Verdict.ALREADY_HERE: Tone.HERE,
    Verdict.PLEASE_WAIT: Tone.STOP,
    Verdict.POLICE: Tone.CHECK,
    Verdict.BADGE_WITHDRAWN: Tone.CHECK,
    Verdict.LEFT_THE_CHART: Tone.CHECK,
    Verdict.NOT_ON_CHART: Tone.CHECK,
    Verdict.OTHER_SERVICE: Tone.CHECK,
    Verdict.NO_BADGE: Tone.CHECK,
    Verdict.NOT_CONFIRMED: Tone.NOT_KNOWN,
    Verdict.NEW_CODE: Tone.CHECK,
    Verdict.NOT_BOOKED: Tone.CHECK,
    Verdict.KNOWN: Tone.KNOWN,
    Verdict.OTHER_VISITOR: Tone.NEUTRAL,
}

VERDICT: dict[Verdict, tuple[str, str]] = {
    Verdict.ALREADY_HERE: ("Already here", ""),
    Verdict.PLEASE_WAIT: ("Please wait", "DSL or head now"),
    Verdict.POLICE: ("Check", "Police or emergency service"),
    Verdict.BADGE_WITHDRAWN: ("Check", "Badge reported lost or withdrawn"),
    Verdict.LEFT_THE_CHART: ("Check", "No longer on the chart"),
    Verdict.NOT_ON_CHART: ("Check", "Not on our copy of the chart"),
    Verdict.OTHER_SERVICE: ("Check", "Other service"),
    Verdict.NO_BADGE: ("Check", "No badge today"),
    Verdict.NOT_CONFIRMED: ("Not confirmed", "Nobody can vouch yet"),
    Verdict.NEW_CODE: ("New code", ""),
    Verdict.NOT_BOOKED: ("Check", "Known, not booked today"),
    Verdict.KNOWN: ("Known", ""),
    Verdict.OTHER_VISITOR: ("Visitor", ""),
}
"""The word, and what follows it in the strip where nothing more exact is known."""

SUPERVISION: dict[Supervision, str] = {
    Supervision.UNESCORTED: "Unescorted",
    Supervision.ESCORTED: "Escorted",
    Supervision.UNTIL_CONFIRMED: "Escorted until confirmed",
    Supervision.STAFF_IN_ROOM: "Staff in the room",
    Supervision.WITH_STAFF: "With staff",
    Supervision.DSL: "With the DSL",
}

ID_SHOWN: dict[IdShown, str] = {
    IdShown.HARROW_BADGE: "Harrow photo badge",
    IdShown.OTHER_COUNCIL: "Other council's badge",
    IdShown.NHS: "NHS badge",
    IdShown.POLICE_WARRANT: "Police warrant card",
    IdShown.CAFCASS: "CAFCASS badge",
    IdShown.OTHER_PHOTO: "Other photo ID",
    IdShown.NONE: "None",
}

EXPIRY: dict[Expiry, str] = {
    Expiry.IN_DATE: "In date",
    Expiry.EXPIRED: "Expired",
    Expiry.NONE_PRINTED: "None printed",
}

COMPARED: dict[Compared, str] = {
    Compared.YES: "Yes, they match",
    Compared.NO_PHOTO: "No photo ID",
    Compared.NOT_NOW: "Not now, because ...",
}

BASIS: dict[Basis, str] = {
    Basis.PHOTO_BADGE: "Photo badge (protocol)",
    Basis.EMPLOYER_LETTER: "Employer's letter on file",
    Basis.MANAGER_WRITING: "Manager confirmed in writing",
    Basis.EMPLOYER_PHONE: "Employer confirmed by phone",
    Basis.NOT_EVIDENCED: "Not evidenced, supervised",
    Basis.NOT_REQUIRED: "Not required",
}

CAME_ABOUT: dict[CameAbout, tuple[str, str]] = {
    CameAbout.NOT_TOLD_US: ("Planned, but not told to us", ""),
    CameAbout.URGENT: ("Urgent, the DSL knows why", "DSL records the reason"),
    CameAbout.COVERING: ("Covering for a colleague", ""),
    CameAbout.WILL_NOT_SAY: ("Will not say", "DSL is told"),
}

OUTCOME: dict[Outcome, tuple[str, Tone]] = {
    Outcome.CONFIRMED: ("Confirmed", Tone.KNOWN),
    Outcome.NOT_CONFIRMED: ("Not confirmed", Tone.NOT_KNOWN),
    Outcome.NO_ANSWER: ("No answer", Tone.NEUTRAL),
}

WAY: dict[Way, str] = {
    Way.COUNCIL_BADGE: "Council badge, not on chart",
    Way.OTHER_SERVICE: "Other authority or NHS",
    Way.NO_BADGE: "No badge today",
    Way.OTHER_VISITOR: "Other visitor",
    Way.POLICE: "Police or emergency service",
    Way.CANNOT_VOUCH: "Nobody can vouch",
    Way.WAIT: "Please wait: refuses, or the photo is of somebody else",
}

SAY_AMBER = "Thank you, I am just letting the team know you are here."
SAY_WAIT = "Thank you for coming. Please have a seat, somebody will be with you shortly."


def say_to_visitor(verdict: Verdict) -> str:
    """Neutral words for the visitor; empty where none are needed. Source: the rules, "visitor-facing line"."""
    tone = TONE[verdict]
    if tone is Tone.CHECK:
        return SAY_AMBER
    return SAY_WAIT if tone in (Tone.NOT_KNOWN, Tone.STOP) else ""


def sound(verdict: Verdict) -> str:
    """Which sound a verdict has. All ambers and reds share one, so that the foyer hears no verdict."""
    return "known" if TONE[verdict] in (Tone.KNOWN, Tone.HERE, Tone.NEUTRAL) else "check"
