"""Who is meant in a list of visits: certain by e-mail address or staff number; a name alone is only ever offered."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import names
from visitor_register.domain.booking_list import Column, ListRow
from visitor_register.domain.chart_text import phrases
from visitor_register.domain.names_clean import clean_name
from visitor_register.domain.names_short import may_be_short_for
from visitor_register.domain.people import Person, PersonKind
from visitor_register.domain.verification import Listing
from visitor_register.persistence import rows
from visitor_register.services import directory

OFFERED = 5
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_ENDS = (
    (PersonKind.POLICE, ("police.uk",)),
    (PersonKind.OTHER_SERVICE, ("nhs.uk", "nhs.net", "cafcass.gov.uk", "gov.uk")),
)
_WORDS = ((PersonKind.POLICE, phrases("police")), (PersonKind.OTHER_SERVICE, phrases("nhs cafcass camhs")))


@dataclass(frozen=True, slots=True)
class Named:
    """One visitor as the file names them. Rows that say the same of somebody mean one person."""

    name: str
    email: str = ""
    number: str = ""
    organisation: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Who that may be.

    Attributes:
        named: As the file says it.
        person: Who it is for certain.
        offered: Who it may be, for somebody to say.
        doubt: What to say about it first, "" where nothing needs to be said.
        kind: What sort of visitor a newcomer is, where an address or the organisation shows it.
        organisation: Where a newcomer comes from.
    """

    named: Named
    person: Person | None = None
    offered: tuple[Person, ...] = ()
    doubt: str = ""
    kind: PersonKind | None = None
    organisation: str = ""


def named(row: ListRow) -> tuple[Named, ...] | None:
    """Everybody whom a row names; None when there are not as many addresses as names, so that nobody knows whose."""
    whole = f"{row.text(Column.FORENAME)} {row.text(Column.SURNAME)}".strip()
    called = [clean_name(part).name for part in (row.text(Column.NAME) or whole).split(";") if part.strip()]
    called = [name for name in called if name]
    emails = [found.casefold() for found in _ADDRESS.findall(row.text(Column.EMAIL))]
    numbers = [part.strip() for part in row.text(Column.NUMBER).split(";") if part.strip()]
    many = max(len(called), len(emails), len(numbers))
    if any(said and len(said) != many for said in (called, emails, numbers)):
        return None
    said_of = zip(
        called or [_from_address(email) for email in emails] or [""] * many,
        emails or [""] * many,
        numbers or [""] * many,
        strict=True,
    )
    return tuple(
        Named(name, email, number, row.text(Column.ORGANISATION), row.text(Column.TEAM))
        for name, email, number in said_of
    )


class People:
    """Everybody the register knows, read once for a whole list."""

    def __init__(self, session: Session) -> None:
        self._same = directory.joined(session)
        self._by_email: dict[str, list[Person]] = {}
        self._by_number: dict[str, list[Person]] = {}
        self._by_surname: dict[str, list[Person]] = {}
        self._by_id: dict[UUID, Person] = {}
        self._councils: dict[str, str] = {}
        self._domains: dict[str, str] = {}
        for somebody in rows.select_all(session, Person):
            self._add(somebody)

    def who(self, said: Named) -> Who:
        """Say who is meant, or who may be."""
        by_email = self._owners(self._by_email.get(said.email, ())) if said.email else []
        by_number = self._owners(self._by_number.get(said.number.casefold(), ())) if said.number else []
        certain = list(dict.fromkeys([*(by_email if len(by_email) == 1 else ()), *_only(by_number)]))
        kind, organisation = self._newcomer(said)
        doubt = ""
        if len(certain) > 1:
            doubt = f"The address is that of {certain[0].name}, the staff number that of {certain[1].name}."
        elif certain and not _alike(certain[0], said.name):
            doubt = f"The file says {said.name}, but that address or number is {certain[0].name}'s."
        person = certain[0] if len(certain) == 1 and not doubt else None
        if person is not None:
            return Who(said, person, (person,), doubt, kind, organisation)
        offered = dict.fromkeys([*by_email, *by_number, *self._namesakes(said.name)])
        return Who(said, None, tuple(offered)[:OFFERED], doubt, kind, organisation)

    def same(self, identity: UUID) -> frozenset[UUID]:
        """All records that are this human being."""
        return self._same.get(identity, frozenset({identity}))

    def get(self, identity: UUID) -> Person | None:
        """One of them."""
        return self._by_id.get(identity)

    def _add(self, somebody: Person) -> None:
        self._by_id[somebody.id] = somebody
        if somebody.email:
            self._by_email.setdefault(somebody.email.casefold(), []).append(somebody)
        if somebody.staff_number:
            self._by_number.setdefault(somebody.staff_number.casefold(), []).append(somebody)
        for surname in {words[-1] for words in _ways(somebody)}:
            self._by_surname.setdefault(surname, []).append(somebody)
        if somebody.version is not None and somebody.organisation:
            self._councils.setdefault(names.fold(somebody.organisation), somebody.organisation)
            if "@" in somebody.email:
                self._domains.setdefault(somebody.email.casefold().partition("@")[2], somebody.organisation)

    def _owners(self, found: Iterable[Person]) -> list[Person]:
        """Each human being once, by the record that says most; those of the current chart before all others."""
        owners: dict[frozenset[UUID], Person] = {}
        for somebody in found:
            before = owners.get(self.same(somebody.id))
            if before is None or _rank(somebody) < _rank(before):
                owners[self.same(somebody.id)] = somebody
        current = [one for one in owners.values() if directory.listing(one) is Listing.CURRENT]
        return current or list(owners.values())

    def _namesakes(self, name: str) -> list[Person]:
        words = names.words(name)
        if not words:
            return []
        found = [one for one in self._by_surname.get(words[-1], ()) if _alike(one, name)]
        return sorted(self._owners(found), key=lambda one: (_rank(one), one.sort_key))

    def _newcomer(self, said: Named) -> tuple[PersonKind | None, str]:
        domain = said.email.partition("@")[2]
        council = self._domains.get(domain) or self._councils.get(names.fold(said.organisation))
        if council:
            return PersonKind.COUNCIL, council
        place = said.organisation or domain
        for kind, ends in _ENDS:
            if any(domain == end or domain.endswith(f".{end}") for end in ends):
                return kind, place
        of_it = set(names.words(said.organisation))
        return next((kind for kind, words in _WORDS if words & of_it), None), said.organisation


def _only(found: Sequence[Person]) -> Sequence[Person]:
    return found if len(found) == 1 else ()


def _rank(somebody: Person) -> int:
    return (Listing.CURRENT, Listing.OLDER, Listing.NEVER).index(directory.listing(somebody))


def _ways(somebody: Person) -> list[tuple[str, ...]]:
    words = names.words(somebody.name)
    return [words] if words else []


def _alike(somebody: Person, name: str) -> bool:
    """Whether a name may be somebody's: the surname, and a forename that is the same, its initial or its short form."""
    theirs, ours = names.words(name), names.words(somebody.name)
    if not theirs or not ours:
        return not theirs
    if theirs[-1] != ours[-1]:
        return False
    if len(theirs) == 1 or len(ours) == 1:
        return True
    firsts = {ours[0], *names.words(somebody.known_as)[:1]}
    return any(_same_forename(theirs[0], first) for first in firsts)


def _same_forename(one: str, other: str) -> bool:
    initial = min(len(one), len(other)) == 1 and one[0] == other[0]
    return initial or one == other or may_be_short_for(one, other)


def _from_address(email: str) -> str:
    local = re.sub(r"\d", "", email.partition("@")[0])
    return " ".join(part.capitalize() for part in re.split(r"[._+-]+", local) if part) or email
