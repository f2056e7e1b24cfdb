"""Who is meant by the names and addresses of an invitation: certain by one's own e-mail address, else only offered."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy.orm import Session

from visitor_register.domain import names
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.chart_text import phrases
from visitor_register.domain.invitations import InvitationRead, Invited
from visitor_register.domain.names_clean import clean_name
from visitor_register.domain.names_short import may_be_short_for
from visitor_register.domain.people import Person, PersonKind
from visitor_register.persistence import rows
from visitor_register.persistence.tables import person
from visitor_register.services import directory

OFFERED = 5
_PRIVATE = phrases("gmail googlemail outlook hotmail live msn yahoo icloud me aol btinternet sky")
_SERVICES = (
    ("police.uk", PersonKind.POLICE),
    ("nhs.uk", PersonKind.OTHER_SERVICE),
    ("nhs.net", PersonKind.OTHER_SERVICE),
    ("gov.uk", PersonKind.OTHER_SERVICE),
)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody of an invitation, and who that may be.

    Attributes:
        invited: As the file says it.
        organiser: Who sent it.
        person: Who it is for certain: by the address that is theirs alone, or on the booking already.
        by_address: It is certain by the address.
        offered: People of the register with that name. A name alone decides nothing.
        staff: Names of our own staff that fit.
        here_to_see: Is the one that the booking names as here to see.
        new: The same as a visitor whom nobody knows yet.
    """

    invited: Invited
    organiser: bool
    person: Person | None
    by_address: bool
    offered: tuple[Person, ...]
    staff: tuple[str, ...]
    here_to_see: bool
    new: NewVisitor


def attendees(
    session: Session, read: InvitationRead, staff: Sequence[str], booked: Sequence[Person], hosts: Iterable[str]
) -> tuple[Attendee, ...]:
    """Return everybody of an invitation once, the organiser first.

    Args:
        session: The register.
        read: The invitation.
        staff: Names of the school's own people.
        booked: Who is on its bookings already.
        hosts: Whom its bookings name as here to see.
    """
    everybody = dict.fromkeys(
        [*([(read.organiser, True)] if read.organiser else []), *((one, False) for one in read.people)]
    )
    seen: set[str] = set()
    found: list[Attendee] = []
    for invited, organiser in everybody:
        key = invited.email or names.fold(invited.name)
        if key and key not in seen:
            seen.add(key)
            found.append(_attendee(session, invited, organiser, staff, booked, frozenset(hosts)))
    return tuple(found)


def _attendee(
    session: Session,
    invited: Invited,
    organiser: bool,
    staff: Sequence[str],
    booked: Sequence[Person],
    hosts: frozenset[str],
) -> Attendee:
    name = said_name(invited.name, invited.email)
    held_by = owners(session, invited.email)
    certain = held_by[0] if len(held_by) == 1 else None
    before = [somebody for somebody in booked if names.fold(somebody.name) == names.fold(name)]
    fitting = tuple(one for one in staff if _may_be(one, name))
    return Attendee(
        invited=invited,
        organiser=organiser,
        person=certain or (before[0] if len(before) == 1 else None),
        by_address=certain is not None,
        offered=tuple(dict.fromkeys([*(held_by if certain is None else ()), *before, *namesakes(session, name)]))[
            :OFFERED
        ],
        staff=fitting,
        here_to_see=len(hosts.intersection(fitting)) == 1,
        new=newcomer(session, name, invited.email),
    )


def owners(session: Session, email: str) -> list[Person]:
    """Everybody whose address it is; records that were joined are one."""
    if not email:
        return []
    found = rows.select_all(session, Person, func.lower(person.c.email) == email, order_by=(person.c.sort_key,))
    held: dict[frozenset[object], Person] = {}
    for somebody in found:
        same = directory.aliases(session, somebody.id)
        held.setdefault(frozenset(same), directory.best_of(session, somebody, same))
    return list(held.values())


def namesakes(session: Session, name: str) -> list[Person]:
    """People of the register with that name, at most `OFFERED`: a name alone decides nothing."""
    words = name.split()
    found = directory.search(session, name, limit=OFFERED)
    if not found and len(words) > 2:
        found = directory.search(session, f"{words[0]} {words[-1]}", limit=OFFERED)
    return found


def said_name(name: str, email: str) -> str:
    """The name in the order in which it is said, else made of the address."""
    if name:
        return clean_name(name).name or name
    local = re.sub(r"\d", "", email.partition("@")[0])
    return " ".join(part.capitalize() for part in re.split(r"[._+-]+", local) if part) or email


def _may_be(staff: str, name: str) -> bool:
    """Whether a name may be one of our own: "Mrs Shah" is "N. Shah", "Nadia Shah" and "Shah"."""
    ours, theirs = (names.words(clean_name(one).name or one) for one in (staff, name))
    if not ours or not theirs or ours[-1] != theirs[-1]:
        return False
    if len(ours) == 1 or len(theirs) == 1:
        return True
    initial = min(len(ours[0]), len(theirs[0])) == 1 and ours[0][0] == theirs[0][0]
    return initial or ours[0] == theirs[0] or may_be_short_for(ours[0], theirs[0])


def newcomer(session: Session, name: str, email: str) -> NewVisitor:
    """A visitor nobody knows yet, from the place that the address names."""
    domain = email.partition("@")[2]
    if not domain or domain.partition(".")[0] in _PRIVATE:
        return NewVisitor(PersonKind.OTHER, name)
    colleague = rows.select_one(
        session,
        Person,
        func.lower(person.c.email).endswith(f"@{domain}", autoescape=True),
        person.c.version.is_not(None),
    )
    if colleague is not None:
        return NewVisitor(PersonKind.COUNCIL, name, colleague.organisation)
    kind = next((kind for end, kind in _SERVICES if domain == end or domain.endswith(f".{end}")), PersonKind.OTHER)
    return NewVisitor(kind, name, domain)
