"""From settings to the texts of a form and back. Pure; what cannot be read back names its field and says what to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import PurePath, PurePosixPath, PureWindowsPath

from visitor_register.domain.policy import (
    ChartAges,
    ChartFolder,
    DslOnDuty,
    Duty,
    FireListPlaces,
    KnownPolicy,
    Lanyards,
    LanyardWord,
    OpeningHours,
    Policy,
    SchoolName,
    Staff,
    VisitorNotice,
)
from visitor_register.domain.verification import Supervision
from visitor_register.errors import RegisterError
from visitor_register.gui.settings import staff_lines

Form = Mapping[str, str]
MOST_ON_DUTY = 5
LONGEST_WORD = 12
MOST_DAYS = 999


class FieldError(RegisterError):
    """One field of a form cannot be taken as it is. The text says what to write instead."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Codec:
    """How one section's settings become texts, and texts become settings."""

    to_form: Callable[[Policy], dict[str, str]]
    from_form: Callable[[Form, Policy], list[object]]


def wanted(form: Form, field: str, sentence: str) -> str:
    """A text that must not be empty."""
    text = form[field].strip()
    if not text:
        raise FieldError(field, sentence)
    return text


def read_time(form: Form, field: str) -> time:
    """A time of day, 08:30 or 8.30 or 0830."""
    text = form[field].strip().replace(".", ":")
    for pattern in ("%H:%M", "%H%M"):
        try:
            return datetime.strptime(text, pattern).time()  # noqa: DTZ007 - a time of day has no zone
        except ValueError:
            continue
    raise FieldError(field, "Write a time between 00:00 and 23:59.")


def read_day(form: Form, field: str) -> date:
    """A day, day first."""
    text = form[field].strip().replace(".", "/").replace("-", "/")
    for pattern in ("%d/%m/%Y", "%d/%m/%y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise FieldError(field, "Write the day as 24/11/2026.")


def write_day(day: date) -> str:
    """A day as it is typed."""
    return f"{day:%d/%m/%Y}"


def _school_form(policy: Policy) -> dict[str, str]:
    hours = policy.hours
    return {"name": policy.school.name, "opens": f"{hours.opens:%H:%M}", "closes": f"{hours.closes:%H:%M}"}


def _school(form: Form, _policy: Policy) -> list[object]:
    name = wanted(form, "name", "Write the school's name as it stands on a letter.")
    hours = OpeningHours(read_time(form, "opens"), read_time(form, "closes"))
    if hours.closes <= hours.opens:
        raise FieldError("closes", "Write a time after the opening.")
    return [SchoolName(name), hours]


def _duty_form(policy: Policy) -> dict[str, str]:
    people = [*policy.duty.people, *[Duty("")] * MOST_ON_DUTY][:MOST_ON_DUTY]
    form: dict[str, str] = {}
    for number, duty in enumerate(people):
        form |= {f"name{number}": duty.name, f"title{number}": duty.title, f"extension{number}": duty.extension}
    return form


def _duty(form: Form, _policy: Policy) -> list[object]:
    rows = [
        Duty(*(form[f"{part}{number}"].strip() for part in ("name", "title", "extension")))
        for number in range(MOST_ON_DUTY)
    ]
    for number, duty in enumerate(rows):
        if not duty.name and (duty.title or duty.extension or number == 0):
            raise FieldError(f"name{number}", "Write the name of the person to ring.")
    return [DslOnDuty(tuple(duty for duty in rows if duty.name))]


def _lanyards_form(policy: Policy) -> dict[str, str]:
    form: dict[str, str] = {}
    for lanyard in policy.lanyards.words:
        form |= {f"word_{lanyard.supervision}": lanyard.word, f"colour_{lanyard.supervision}": lanyard.colour}
    return form


def _lanyards(form: Form, _policy: Policy) -> list[object]:
    words = []
    for kind in Supervision:
        word = wanted(form, f"word_{kind}", "Write the word on this lanyard.").upper()
        if len(word) > LONGEST_WORD:
            raise FieldError(f"word_{kind}", f"Use at most {LONGEST_WORD} letters: it is printed large.")
        words.append(LanyardWord(kind, word, form[f"colour_{kind}"]))
    return [Lanyards(tuple(words))]


def _known_form(policy: Policy) -> dict[str, str]:
    return {"booked": policy.known.booked.value, "not_booked": policy.known.not_booked.value}


def _known(form: Form, _policy: Policy) -> list[object]:
    return [KnownPolicy(Supervision(form["booked"]), Supervision(form["not_booked"]))]


def _notice_form(policy: Policy) -> dict[str, str]:
    return {"text": policy.notice.text}


def _notice(form: Form, policy: Policy) -> list[object]:
    text = wanted(form, "text", "Write what a visitor should read.")
    if text == policy.notice.text:
        return [policy.notice]
    return [VisitorNotice(policy.notice.version + 1, text)]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _staff_form(policy: Policy) -> dict[str, str]:
    return {"names": staff_lines.write(policy.staff), "places": "\n".join(policy.staff.places)}


def _staff(form: Form, _policy: Policy) -> list[object]:
    try:
        names, contacts = staff_lines.read(form["names"])
    except ValueError as error:
        raise FieldError("names", str(error)) from error
    return [Staff(names, _lines(form["places"]), contacts)]


def _fire_form(policy: Policy) -> dict[str, str]:
    first, second = [*policy.fire_list.folders, "", ""][:2]
    return {"printer": policy.fire_list.printer, "folder1": first, "folder2": second}


def _is_whole(folder: str) -> bool:
    kinds: tuple[type[PurePath], ...] = (PurePosixPath, PureWindowsPath)
    return any(kind(folder).is_absolute() for kind in kinds)


def _fire(form: Form, _policy: Policy) -> list[object]:
    for field in ("folder1", "folder2"):
        if form[field].strip() and not _is_whole(form[field].strip()):
            raise FieldError(field, "Write the whole path of the folder, or press Choose.")
    folders = _lines(f"{form['folder1']}\n{form['folder2']}")
    return [FireListPlaces(folders, form["printer"].strip())]


def _charts_form(policy: Policy) -> dict[str, str]:
    ages = policy.chart_ages
    return {"amber": str(ages.amber_days), "red": str(ages.red_days), "folder": policy.chart_folder.path}


def _charts(form: Form, _policy: Policy) -> list[object]:
    amber, red = _days(form, "amber"), _days(form, "red")
    if red <= amber:
        raise FieldError("red", "Write more days than for amber.")
    folder = form["folder"].strip()
    if folder and not _is_whole(folder):
        raise FieldError("folder", "Write the whole path of the folder, or press Choose.")
    return [ChartAges(amber, red), ChartFolder(folder)]


def _days(form: Form, field: str) -> int:
    text = form[field].strip()
    if not text.isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        raise FieldError(field, f"Write a number of days, from 1 to {MOST_DAYS}.")
    return int(text)


CODECS: dict[str, Codec] = {
    "school": Codec(_school_form, _school),
    "duty": Codec(_duty_form, _duty),
    "lanyards": Codec(_lanyards_form, _lanyards),
    "known": Codec(_known_form, _known),
    "notice": Codec(_notice_form, _notice),
    "staff": Codec(_staff_form, _staff),
    "charts": Codec(_charts_form, _charts),
    "fire": Codec(_fire_form, _fire),
}
