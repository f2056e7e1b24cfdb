"""Whom to tell that a visitor is here: the call script, the messages, and what became of each.

A script and a message say who, where from, when and where they wait: never why, never a child, never a number to ring.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.events import HostTold
from visitor_register.domain.people import AT_THE_DESK, SEES_CHILDREN, Operator, Person
from visitor_register.domain.policy import Policy, StaffContact, TellBy, Telling
from visitor_register.domain.verification import TELLS_DSL
from visitor_register.domain.visits import Means, Visit
from visitor_register.errors import RegisterError
from visitor_register.files.mail_message import Message, one_line
from visitor_register.files.mail_send import Account
from visitor_register.persistence import journal
from visitor_register.persistence.tables import remembered
from visitor_register.services import directory, policy
from visitor_register.services.access import require
from visitor_register.services.front_desk import visit_of

SUBJECT = "Visitor at reception"
_TOPIC, _NAME = "mail", "password"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message, and whom it tells: the host, or the DSL (`to_dsl`)."""

    whom: str
    message: Message
    to_dsl: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """Whom to ring about a visit, and the words to say."""

    visit: UUID
    whom: str
    extension: str
    visitor: str
    words: str

    @property
    def ring(self) -> str:
        """Whom to ring, as one reads it on the way to the telephone."""
        if not self.extension:
            return f"Tell {self.whom}"
        return f"Ring {self.whom}, {f'extension {self.extension}' if self.extension.isdecimal() else self.extension}"


@dataclass(frozen=True, slots=True)
class Plan:
    """How one arrival is told. No script: nobody is named as *here to see*. `account` is there only for SEND."""

    script: Script | None
    by: TellBy
    to_host: Outgoing | None = None
    to_dsl: Outgoing | None = None
    account: Account | None = None


def plan(session: Session, identity: UUID, *, at: datetime) -> Plan:
    """Say how an arrival is told, as the school has set it up. What was told already is not told again."""
    visit = visit_of(session, identity)
    somebody = directory.get(session, visit.person) if visit is not None else None
    if visit is None or somebody is None or _told_before(session, identity):
        return Plan(None, TellBy.CALL)
    rules = policy.read(session, calendar.london_date(at))
    whom = visit.here_to_see.strip()
    contact = _contact(rules, whom)
    script = Script(identity, whom, contact.extension, somebody.name, _words(visit, somebody)) if whom else None
    if rules.telling.by is TellBy.CALL:
        return Plan(script, TellBy.CALL)
    to_host = Outgoing(whom, _to_host(visit, somebody, rules, contact.email)) if contact.email else None
    if rules.telling.by is TellBy.COMPOSE:
        return Plan(script, TellBy.COMPOSE, to_host)
    return Plan(script, TellBy.SEND, to_host, _to_dsl(visit, somebody, rules), account(session, rules.telling))


def record(
    session: Session, identity: UUID, *, whom: str, means: Means, reached: bool, by: Operator, at: datetime,
    to_dsl: bool = False,
) -> None:  # fmt: skip
    """Write down that the host, or the DSL, was told of a visit or could not be.

    Raises:
        RegisterError: there is no such visit.
    """
    require(by, AT_THE_DESK)
    if visit_of(session, identity) is None:
        raise RegisterError("This visit is not in the register any more. Look for it in History.")
    journal.append(session, identity, HostTold(whom, means, reached, at, to_dsl), by=by, at=at)


def set_up(session: Session, said: Telling, *, password: str | None, by: Operator, at: datetime) -> None:
    """Keep how arrivals are told. `password` None leaves the one that is kept on this PC, empty forgets it."""
    require(by, SEES_CHILDREN)
    if said != policy.read(session, calendar.london_date(at)).telling:
        policy.change(session, said, by=by, at=at)
    if password is not None:
        keep_password(session, password, by=by)


def account(session: Session, telling: Telling) -> Account:
    """The mail server as it is set, with the password of this PC."""
    return Account.of(telling, password(session))


def password(session: Session) -> str:
    """The mail server's password that was kept on this PC; empty when there is none."""
    found = session.execute(
        select(remembered.c.value).where(remembered.c.topic == _TOPIC, remembered.c.name == _NAME)
    ).scalar_one_or_none()
    return found or ""


def keep_password(session: Session, password: str, *, by: Operator) -> None:
    """Keep the password in this PC's register, which is encrypted; never in the journal. Empty forgets."""
    require(by, SEES_CHILDREN)
    session.execute(delete(remembered).where(remembered.c.topic == _TOPIC, remembered.c.name == _NAME))
    if password:
        session.execute(insert(remembered).values(topic=_TOPIC, name=_NAME, value=password))


def _told_before(session: Session, identity: UUID) -> bool:
    return any(isinstance(entry.event, HostTold) for entry in journal.entries_of(session, identity))


def _contact(rules: Policy, whom: str) -> StaffContact:
    """How to tell somebody: as the staff list says; the DSL and deputies as *DSL today* says."""
    listed = rules.staff.contact(whom) or StaffContact(whom)
    on_duty = next((duty for duty in rules.duty.people if duty.name.casefold() == whom.casefold()), None)
    extension = listed.extension or (on_duty.extension if on_duty else "")
    return StaffContact(whom, listed.title, extension, listed.email)


def _words(visit: Visit, somebody: Person) -> str:
    """What one says on the telephone."""
    where_from = somebody.organisation.removeprefix("London Borough of ").removesuffix(" Council").strip()
    name = one_line(f"{somebody.name} from {where_from}" if where_from else somebody.name)
    return f"{name}{_others(visit)} {'is' if visit.how_many == 1 else 'are'} here for you"


def _others(visit: Visit) -> str:
    more = visit.how_many - 1
    return f" and {more} {'other' if more == 1 else 'others'}" if more > 0 else ""


def _who(visit: Visit, somebody: Person) -> str:
    where_from = f" ({somebody.organisation})" if somebody.organisation else ""
    return one_line(f"{somebody.name}{where_from}{_others(visit)}")


def _facts(visit: Visit, rules: Policy) -> list[str]:
    day, time = calendar.say_date(calendar.london_date(visit.arrived_at)), calendar.say_time(visit.arrived_at)
    return [
        f"Arrived: {day} {time}",
        f"Where: {one_line(visit.place) or 'waiting at reception'}",
        "",
        f"Sent by reception{f', {rules.school.name}' if rules.school.name else ''}.",
    ]


def _to_host(visit: Visit, somebody: Person, rules: Policy, address: str) -> Message:
    here = "is" if visit.how_many == 1 else "are"
    return Message(
        address, SUBJECT, "\n".join([f"{_who(visit, somebody)} {here} here for you.", *_facts(visit, rules)])
    )


def _to_dsl(visit: Visit, somebody: Person, rules: Policy) -> Outgoing | None:
    """The message where a verdict asks that the DSL is told. It does not say which verdict."""
    if visit.verdict not in TELLS_DSL or not rules.telling.dsl_address:
        return None
    whom = rules.duty.people[0].name if rules.duty.people else "DSL"
    to_see = f", here to see {visit.here_to_see}" if visit.here_to_see else ""
    here = "has" if visit.how_many == 1 else "have"
    said = f"{_who(visit, somebody)} {here} come in{to_see}. Reception is to tell you of it."
    return Outgoing(whom, Message(rules.telling.dsl_address, SUBJECT, "\n".join([said, *_facts(visit, rules)])), True)
