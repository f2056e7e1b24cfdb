"""The message that asks a council for an up-to-date chart: written here, sent by a person from their mail program."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.chart_fingerprint import readable
from visitor_register.domain.people import Person
from visitor_register.files import mail_message
from visitor_register.files.mail_message import Message
from visitor_register.persistence import rows
from visitor_register.persistence.tables import person
from visitor_register.services import chart_age, chart_tree, directory, policy
from visitor_register.services.chart_age import Age

_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_WANTED = (
    "An Excel list is best, one row for each post: name, job title, team, service, telephone, e-mail, staff number "
    "as on the badge, and who the post reports to. Vacant posts too, please; no salaries, and nothing about families."
)
_ATTACHED = (
    "The list as we have it is attached. Please correct it and send it back: that is the quickest way for both of us. "
    "Vacant posts too, please; no salaries, and nothing about families."
)


@dataclass(frozen=True, slots=True)
class Missing:
    """How many people of a chart lack what the desk needs."""

    manager: int = 0
    telephone: int = 0
    staff_number: int = 0

    def words(self) -> str:
        """What is missing, in a sentence; "" when nothing is."""
        found = (
            (self.manager, "the manager"),
            (self.telephone, "a telephone number"),
            (self.staff_number, "the staff number on the badge"),
        )
        said = [f"{what} of {_people(count)}" for count, what in found if count]
        return f"We do not know {', '.join(said)}." if said else ""


@dataclass(frozen=True, slots=True)
class AskText:
    """To, subject and text. `sender` is who sent the last chart, `to` the address in it, if one was written down."""

    to: str
    subject: str
    text: str
    sender: str = ""

    @property
    def link(self) -> str | None:
        """A link that opens the message in the mail program; None when it would be too long for one."""
        return mail_message.link(Message(self.to, self.subject, self.text))


def compose(session: Session, *, operator: str, at: datetime, attached: bool = False) -> AskText:
    """Write the message for the oldest chart in use, or for the first one.

    Args:
        session: The register.
        operator: Who signs it.
        at: Now.
        attached: Our own list goes with it, for the council to correct.
    """
    age = chart_age.read(session, at)
    school = policy.read(session, calendar.london_date(at)).school.name or "our school"
    missing = _missing(session, age.chart.authority).words() if age is not None else ""
    text = "\n\n".join(
        filter(
            None,
            (
                "Hello,",
                f"{_have(age)} So that we can recognise your staff at the door and ring the right manager, please "
                "send us the present one.",
                missing,
                _ATTACHED if attached and age is not None else _WANTED,
                f"Thank you,\n{operator}\n{school}",
            ),
        )
    )
    sender = age.chart.from_whom if age is not None else ""
    address = _ADDRESS.search(sender)
    return AskText(address.group() if address else "", f"Structure chart for {school}", text, sender)


def _have(age: Age | None) -> str:
    if age is None:
        return "We have no structure chart of your service yet."
    part = f" of {age.part}" if age.part else ""
    return (
        f"The structure chart{part} we hold is our version {age.number} of {calendar.say_date(age.day)} "
        f"({_people(age.chart.people)}), fingerprint {readable(age.chart.sha256)}."
    )


def _missing(session: Session, authority: str) -> Missing:
    tree = chart_tree.read(session).tree
    group = next((seat for seat in tree.seats if seat.group), None)
    below = [tree.seats[place] for place in group.below] if group is not None else []
    charts = {chart.id for chart in directory.current_charts(session) if chart.authority == authority}
    listed = rows.select_all(session, Person, person.c.version.in_(charts), person.c.left_version.is_(None))
    return Missing(
        manager=len({one.person for seat in below if seat.authority == authority for one in seat.holders}),
        telephone=sum(not one.phone and not one.mobile for one in listed),
        staff_number=sum(not one.staff_number for one in listed),
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
