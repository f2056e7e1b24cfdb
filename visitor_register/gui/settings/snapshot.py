"""All that Settings shows, read at one moment."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from visitor_register.domain.assurance import Letter, PublishedNumber
from visitor_register.domain.calendar import BankHolidays
from visitor_register.domain.directory import CouncilKey
from visitor_register.domain.policy import Clocks, Policy
from visitor_register.persistence.keyring import Keyring
from visitor_register.services import assurance, chart_trust, policy, telling, working_days
from visitor_register.services.members import Member, members

_YEARS_BEFORE, _YEARS_AFTER = 1, 3


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the sections show.

    Attributes:
        clocks: How the clauses will be read later, with the day of each change.
        holidays: England's bank holidays of the years around this one, without the school's own edits.
    """

    policy: Policy
    clocks: tuple[tuple[date, Clocks], ...]
    holidays: BankHolidays
    numbers: tuple[PublishedNumber, ...]
    letters: tuple[Letter, ...]
    keys: tuple[CouncilKey, ...]
    people: tuple[Member, ...]
    today: date
    mail_password: bool = False


def read_snapshot(keyring: Keyring, today: date, session: Session) -> Snapshot:
    """Read it."""
    return Snapshot(
        policy=policy.read(session, today),
        clocks=working_days.coming_clocks(session, today),
        holidays=working_days.plain_holidays(today.year - _YEARS_BEFORE, today.year + _YEARS_AFTER),
        numbers=tuple(assurance.numbers(session)),
        letters=tuple(assurance.letters(session)),
        keys=tuple(chart_trust.keys(session)),
        people=tuple(members(session, keyring)),
        mail_password=bool(telling.password(session)),
        today=today,
    )
