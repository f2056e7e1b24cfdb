"""What stands in the correction form, as typed, and the entry it becomes: only what is different."""

from dataclasses import dataclass
from datetime import datetime, time

from visitor_register.domain import calendar
from visitor_register.domain.assurance import Compared, Expiry, IdentityCheck, IdShown, refuse_certificate_number
from visitor_register.domain.events import ArrivalCorrected
from visitor_register.domain.visits import Visit
from visitor_register.errors import RegisterError
from visitor_register.services.notice import typed_day, typed_time


@dataclass(frozen=True, slots=True)
class Written:
    """The form as it stands, letter by letter."""

    day: str = ""
    clock: str = ""
    here_to_see: str = ""
    place: str = ""
    pass_number: str = ""
    shown: IdShown | None = None
    which: str = ""
    expiry: Expiry | None = None
    compared: Compared | None = None
    because: str = ""
    reason: str = ""


def of_visit(visit: Visit) -> Written:
    """A visit as it stands in the form; the reason is always written afresh."""
    return Written(
        day=calendar.say_date(calendar.london_date(visit.arrived_at)),
        clock=calendar.say_time(visit.arrived_at)[:5],
        here_to_see=visit.here_to_see,
        place=visit.place,
        pass_number=visit.pass_number,
        shown=visit.id_shown,
        which=visit.id_which,
        expiry=visit.expiry,
        compared=visit.compared,
        because=visit.not_compared_because,
    )


def read(written: Written, visit: Visit, now: datetime) -> tuple[ArrivalCorrected | None, dict[str, str]]:
    """Read the form: the correction, or for each field what to write instead."""
    wrong: dict[str, str] = {}
    before = of_visit(visit)
    at = _moment(written.day, written.clock, now, wrong)
    if at is not None and (written.day, written.clock) == (before.day, before.clock):
        at = None
    elif at is not None and (at > now or (visit.left_at is not None and at > visit.left_at)):
        wrong["clock"] = "Write a time before the leaving and before now."
    if not written.reason.strip():
        wrong["reason"] = "Say why, in a few words: both versions stay on record."
    if written.compared is Compared.NOT_NOW and not written.because.strip():
        wrong["because"] = "Say why not, in a few words."
    for name in ("which", "because", "reason"):
        try:
            refuse_certificate_number(getattr(written, name))
        except RegisterError as refused:
            wrong[name] = str(refused)
    identity = IdentityCheck(
        written.shown, written.which.strip(), written.expiry, written.compared, written.because.strip()
    )
    correction = ArrivalCorrected(
        corrects=visit.arrived_seq,
        reason=written.reason.strip(),
        at=at,
        here_to_see=_changed(written.here_to_see, visit.here_to_see),
        place=_changed(written.place, visit.place),
        pass_number=_changed(written.pass_number, visit.pass_number),
        identity=identity if identity != _identity(visit) else None,
    )
    if not wrong and correction == ArrivalCorrected(visit.arrived_seq, correction.reason):
        wrong["reason"] = "Nothing is different yet."
    return (None if wrong else correction), wrong


def leaving(day: str, clock: str, visit: Visit, now: datetime) -> tuple[datetime | None, dict[str, str]]:
    """Read when somebody left."""
    wrong: dict[str, str] = {}
    at = _moment(day, clock, now, wrong)
    if at is not None and not visit.arrived_at <= at <= now:
        wrong["clock"] = "Write a time between the arrival and now."
    return (None if wrong else at), wrong


def _moment(day: str, clock: str, now: datetime, wrong: dict[str, str]) -> datetime | None:
    on, at = typed_day(day, calendar.london_date(now)), typed_time(clock)
    if on is None:
        wrong["day"] = "Write a day, like 24/11/2026."
    if at is None:
        wrong["clock"] = "Write a time, like 09:05."
    return calendar.at_london(on, at or time.min) if on is not None and at is not None else None


def _changed(now: str, before: str) -> str | None:
    return None if now.strip() == before else now.strip()


def _identity(visit: Visit) -> IdentityCheck:
    return IdentityCheck(visit.id_shown, visit.id_which, visit.expiry, visit.compared, visit.not_compared_because)
