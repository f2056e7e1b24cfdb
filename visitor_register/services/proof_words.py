"""What the lines and tables of the register are called where one of them is not as it was written."""

import re

from visitor_register.persistence.verify_tables import UNFOLDABLE

_KINDS = {
    "EntryDeclined": "somebody declined",
    "HostTold": "somebody told of an arrival",
    "SealedForDsl": "a note for the DSL",
    "SealMoved": "a note moved to the DSL's file",
    "OperatorAdded": "somebody let in",
    "OperatorRoleChanged": "somebody's role changed",
    "OperatorRemoved": "somebody taken off the list",
    "Erased": "an erasure",
    "Left": "a sign-out",
    "Arrived": "a sign-in",
    "PutBack": "somebody put back on site",
    "NotSeen": "a child not seen",
}
_TABLES = {
    "account": "the people of the program",
    "badge_code": "badges",
    "booking_visitor": "visitors of bookings",
    "call_back": "call-backs",
    "chart_version": "structure charts",
    "child_hold": "holds on a child's records",
    "clock": "deadlines",
    "council_key": "keys of councils",
    "courtesy": "notes on courtesy",
    "hand_edit": "changes made by hand",
    "holding": "who holds which post",
    "published_number": "published numbers",
    "same_person": "people who are one",
    "shared": "information shared",
    "unseen": "children not seen",
    "visit_pass": "passes",
}


def kind(name: str) -> str:
    """A kind of line as words: `FireListPrinted` is `fire list printed`."""
    return _KINDS.get(name) or " ".join(re.findall(r"[A-Z][a-z]*", name)).lower() or "of no known kind"


def outside_the_lines(fault: str) -> str:
    """A fault that is in no line: in a table, in an erasure, or in what guards the file."""
    if found := re.match(r"table (\w+): a row (is missing|differs)", fault):
        name = _TABLES.get(found[1]) or found[1].replace("_", " ") + "s"
        what = "something is missing from" if found[2] == "is missing" else "something stands in"
        rest = "what the screens show." if found[2] == "is missing" else "what the screens show that nobody wrote."
        return f"{what} {rest} It is among the {name.removeprefix('the ')}. The lines themselves are whole."
    if fault == UNFOLDABLE:
        return "a line says what this program never writes. It was written by other means."
    if "guard" in fault or "never made" in fault:
        return "its guard against changes was taken off, or something was added to the file."
    return "a text is gone, and no erasure by the DSL or the head accounts for it."
