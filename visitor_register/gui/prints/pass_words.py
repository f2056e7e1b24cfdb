"""The words of a pass and of its desk copy. Pure: details in, words out; never a purpose, never a child."""

from visitor_register.domain import calendar
from visitor_register.domain.assurance import Compared, IdShown
from visitor_register.domain.visits import Visit
from visitor_register.gui import wording
from visitor_register.gui.prints.pass_label import PassText
from visitor_register.services.pass_details import PassDetails

AHEAD = "Please come to reception"
AHEAD_FOR_LANYARD = f"{AHEAD} for\N{NO-BREAK SPACE}your\N{NO-BREAK SPACE}lanyard"
"""How somebody walks through the building is said at the desk: a pass sent ahead lets nobody in by itself.

The lanyard is given there too; its word and colour are not known before, and none is guessed.
"""

NOT_ASKED = "Not written down"


def pass_text(details: PassDetails) -> PassText:
    """What stands on the pass itself."""
    person, here, booking = details.person, details.here, details.booking
    seeing = here.here_to_see if here is not None else booking.here_to_see if booking is not None else ""
    return PassText(
        school=details.rules.school.name,
        name=person.name,
        organisation=_organisation(details),
        here_to_see=seeing,
        day=calendar.say_date(details.made.day),
        time_in=calendar.say_time(here.arrived_at) if here is not None else "",
        lanyard=here.lanyard if here is not None else "",
        escort=wording.SUPERVISION[here.supervision] if here is not None else _ahead(details),
        code=details.made.code,
    )


def desk_copy(details: PassDetails) -> tuple[tuple[str, str], ...]:
    """The lines of the desk copy: a label and what is known; "" is left to be written by hand."""
    here, booking = details.here, details.booking
    text = pass_text(details)
    place = here.place if here is not None else booking.room if booking is not None else ""
    signed_in = f"{text.time_in}, {details.signed_in_by}" if details.signed_in_by else text.time_in
    return (
        ("Name", text.name),
        ("From", text.organisation),
        ("Here to see", ", ".join(part for part in (text.here_to_see, place) if part)),
        ("In", signed_in),
        ("Identity", identity(here) if here is not None else ""),
        ("Out", ""),
    )


def identity(here: Visit) -> str:
    """What was compared on arrival, in one line: the kind of what was shown, no number."""
    if here.id_shown is None:
        return NOT_ASKED
    if here.id_shown is IdShown.NONE:
        return "No photo ID shown"
    shown = here.id_which or wording.ID_SHOWN[here.id_shown]
    said = [shown, *([wording.EXPIRY[here.expiry].lower()] if here.expiry is not None else [])]
    if here.compared is Compared.YES:
        said.append("face and photo compared")
    elif here.compared is Compared.NOT_NOW:
        said.append("face and photo not compared")
    return ", ".join(said)


def _ahead(details: PassDetails) -> str:
    """What a pass says that was made before anybody came; a school without lanyards promises none."""
    return AHEAD_FOR_LANYARD if any(one.word for one in details.rules.lanyards.words) else AHEAD


def _organisation(details: PassDetails) -> str:
    person = details.person
    return ", ".join(part for part in (person.team, person.organisation) if part)
