"""Real files of every kind that comes from outside, and what somebody who means harm, or a bad disk, makes of them."""

import contextlib
import io
import json
import random
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.files import charts, every_format, invitations, mails
from tests.files.documents import zipped
from visitor_register.files import chart_bundle
from visitor_register.files.chart_bundle import Label
from visitor_register.persistence import legible

CANARY = "fuzz-canary"
HOSTILE = (
    "", "\0", "\x1b[2J", "\x85\u2028", "\u202e\u2066", "\ufeff", "=1+1", "-1", "0", "1e999", "NaN", "-Infinity",
    "9" * 400, "A" * 70_000, "../../../../etc/passwd", f"file:///{CANARY}", f"http://{CANARY}.invalid/x", "CON",
    "NUL.txt", "<b>x</b>", "]]>", "&e;", "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", "{{7*7}}",
    "%s%n%x", "${jndi:x}",
    "'; DROP TABLE visit; --", "2026-02-30", "99999-01-01", "0001-01-01T00:00:00", "Zoë\u0301" * 50, "\U0001f600",
    "١٢٣", "FREQ=SECONDLY", "RRULE:FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2", "(" * 3_000, "[" * 3_000, "{" * 3_000,
)  # fmt: skip
"""What is put where something harmless stood."""

BYTES = (b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xc3(", b"\xf4\x90\x80\x80", b"\x1a", b"PK\x03\x04", b"%PDF-9", b"\r")
_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_LABEL = Label("Northvale Council", 14, date(2026, 11, 2), date(2027, 2, 2), "chart.csv")
_CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260901\r\nDTEND;VALUE=DATE:20261024\r\nSUMMARY:Autumn term 1\r\n"
    "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20261026\r\nSUMMARY:INSET day\r\n"
    "RRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
_TABLE = "What,First day,Last day\r\nAutumn term 1,01/09/2026,23/10/2026\r\nINSET day,26/10/2026,\r\n"
_VISITS = (
    ("Name", "Organisation", "Date", "From", "To", "Here to see", "Room", "Notified"),
    (
        "Amara Thistlemere",
        "Northvale Council",
        "01/12/2026",
        "14:00",
        "15:00",
        "Mrs Shah",
        "Meeting room 2",
        "20/11/2026",
    ),
    ("Rufus Kettledale", "Northvale Council", "02/12/2026", "9:30", "10:15", "Mr Bello", "", "20/11/2026"),
)
_MACHINE = 'theme = "dark"\ntext_size = 125\ncamera = 0\nlabel_printer = "Zebra"\nburst_gap_ms = 30\nquiet_ms = 600\n'


@dataclass(frozen=True, slots=True)
class Sample:
    """A real file: `kind` says who reads it ("chart", "mail", ...), `name` what it is called."""

    kind: str
    name: str
    data: bytes


def samples(keyring: bytes) -> list[Sample]:
    """One of each; `keyring` is the file of a register that a test made."""
    posts = every_format.posts()
    drawn = [(name, make(posts)) for name, make in every_format.FORMATS.items()]
    found = [Sample("chart", name, data.encode() if isinstance(data, str) else data) for name, data in drawn]
    found += [
        Sample("bookings", "visits.csv", charts.text(_VISITS).encode()),
        Sample("bookings", "visits.xlsx", charts.workbook(_VISITS)),
        Sample("calendar", "year.ics", _CALENDAR.encode()),
        Sample("calendar", "year.csv", _TABLE.encode()),
        Sample("mail", "outlook.eml", mails.outlook(plain=mails.PLAIN).as_bytes()),
        Sample("mail", "gmail.eml", mails.gmail().as_bytes()),
        Sample("mail", "saved.msg", mails.msg(html=mails.WORD, headers="Auto-Submitted: no")),
        Sample("bundle", "chart.vrchart", chart_bundle.seal(charts.text().encode(), _LABEL, _KEY)),
        Sample("keyring", "keyring.json", keyring),
        Sample("machine", "machine.toml", _MACHINE.encode()),
    ]
    for maker in invitations.MAKERS:
        repeated = invitations.event(more=("RRULE:FREQ=WEEKLY;COUNT=6;BYDAY=TU", "EXDATE:20261208T140000Z"))
        found.append(Sample("invitation", f"{maker}.ics", invitations.calendar(repeated, maker=maker)))
    return found


def mutations(found: list[Sample], count: int, dice: random.Random) -> Iterator[Sample]:
    """`count` spoilt files, spread evenly over the samples."""
    for number in range(count):
        sample = found[number % len(found)]
        yield Sample(sample.kind, sample.name, _spoilt(sample, dice))


def _spoilt(sample: Sample, dice: random.Random) -> bytes:
    if dice.random() < 0.25:
        return other_bytes(sample.data, dice)
    if sample.data.startswith(b"PK"):
        return _other_parts(sample.data, dice)
    if sample.kind == "bundle":
        return _signed_again(sample.data, dice)
    if sample.kind == "keyring":
        return _checked_again(other_json(sample.data, dice), dice)
    if sample.name.endswith((".msg", ".pdf")):
        return other_bytes(sample.data, dice)
    return _other_words(sample.data, dice)


def other_bytes(data: bytes, dice: random.Random) -> bytes:
    """Bytes changed, put in, taken out, repeated, and the rest cut off."""
    found = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(found) + 1)
        match dice.randrange(5):
            case 0 if at < len(found):
                found[at] = dice.randrange(256)
            case 1:
                found[at:at] = dice.choice(BYTES)
            case 2:
                del found[at : at + dice.randint(1, 60)]
            case 3:
                found[at:at] = dice.choice(HOSTILE).encode()
            case _:
                start = dice.randrange(len(found) + 1)
                found[at:at] = found[start : start + dice.randint(1, 400)]
    return bytes(found[: dice.randrange(len(found))] if dice.random() < 0.1 and found else found)


def _other_words(data: bytes, dice: random.Random) -> bytes:
    """A text whose values are hostile, whose lines stand elsewhere or a thousand times, in whatever coding."""
    parts = re.split(r"([,;:=\r\n<>\"]+)", data.decode("utf-8", "replace"))
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(parts))
        match dice.randrange(5):
            case 0 | 1:
                parts[at] = dice.choice(HOSTILE)
            case 2:
                parts[at] += dice.choice(HOSTILE)
            case 3:
                to = dice.randrange(len(parts))
                parts[at], parts[to] = parts[to], parts[at]
            case _:
                parts[at : at + 4] *= dice.choice((2, 30, 1_000))
    coding = dice.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-7"))
    return "".join(parts)[: 2**21].encode(coding, "replace")


_CLIMBING = (f"../../{CANARY}", f"/{CANARY}", f"C:\\{CANARY}", "xl/vbaProject.bin", "word/vbaProject.bin", "CON")


def _other_parts(data: bytes, dice: random.Random) -> bytes:
    """An Office file with parts torn, dropped, swapped, renamed to climb out, grown, or with an entity put before."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(dice.randint(1, 3)):
        name = dice.choice([*parts])
        content = parts[name]
        text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
        match dice.randrange(8):
            case 0:
                parts[name] = _other_words(text.encode(), dice)
            case 1 | 2 | 3:
                parts[name] = _torn(text, dice)
            case 4:
                parts[name] = other_bytes(text.encode(), dice)
            case 5:
                parts[dice.choice((*_CLIMBING, name * 9))] = parts.pop(name)
            case 6:
                parts[name] = parts[dice.choice([*parts])]
            case _:
                parts[name] = f"<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///{CANARY}'>]>{text}"
        if not parts:
            break
    return zipped(parts)


def _torn(text: str, dice: random.Random) -> str:
    """XML whose tags stand elsewhere, nested in themselves, or with values that no program wrote."""
    tags = re.split(r"(?=<)", text)
    for _ in range(dice.randint(1, 5)):
        at, to = dice.randrange(len(tags)), dice.randrange(len(tags))
        value = (
            dice.choice(HOSTILE).replace("\\", "/").replace("<", "&lt;").replace('"', "&quot;").replace("\0", "&#0;")
        )
        tags[at] = dice.choice(
            (
                "", tags[to], tags[at] * 3, tags[at] * 400, "<x/>", f"<!--{tags[at]}-->",
                re.sub(r'"[^"]*"', f'"{value}"', tags[at], count=2), re.sub(r">[^<]*$", f">{value}", tags[at]),
            )
        )  # fmt: skip
    return "".join(tags)


def _signed_again(data: bytes, dice: random.Random) -> bytes:
    """A signed chart with another inside or label, signed properly, as a council's own mistake would be."""
    inside = _other_words(charts.text().encode(), dice)
    if dice.random() < 0.5:
        label = Label(
            dice.choice(HOSTILE), dice.choice((-1, 0, 1, 2**53, 2**70)), date.min, date.max, dice.choice(HOSTILE)
        )
        return chart_bundle.seal(inside, label, _KEY)
    said = other_json(msgspec.json.encode(_LABEL), dice)
    body = len(said).to_bytes(4) + said + dice.choice((len(inside), 0, 2**32 - 1)).to_bytes(4) + inside
    signed = chart_bundle.MAGIC + body + _KEY.public_key().public_bytes_raw()
    return signed + _KEY.sign(signed)


def _checked_again(data: bytes, dice: random.Random) -> bytes:
    """Half of the time with the check that belongs to it, as whoever edits a keyring with care would write."""
    with contextlib.suppress(ValueError, TypeError, LookupError, RecursionError):
        content = json.loads(data)
        if dice.random() < 0.5:
            return json.dumps(content | {"check": legible.digest(content)}).encode()
    return data


_VALUES = (None, True, -1, 0, 2**31, 2**70, 1.5, "", "AAAA", "A" * 44, "\0", "recovery", "dsl", [], {}, [[]], {"x": 1})


def other_json(data: bytes, dice: random.Random) -> bytes:
    """JSON with values of other kinds, without some, with more, or nested deeper than anybody reads."""
    found = json.loads(data)
    for _ in range(dice.randint(1, 4)):
        holder, key = dice.choice(list(_places(found)))
        match dice.randrange(5):
            case 0 if isinstance(holder, dict):
                del holder[key]
            case 1:
                holder[key] = dice.choice(HOSTILE)
            case 2 if isinstance(holder[key], str):
                holder[key] = other_bytes(holder[key].encode(), dice).decode("latin-1")
            case _:
                holder[key] = dice.choice(_VALUES)
    if dice.random() < 0.05:
        return b"[" * 100_000
    return json.dumps(found).encode()


def _places(found: Any) -> Iterator[tuple[Any, Any]]:
    keys = list(found) if isinstance(found, Mapping) else range(len(found)) if isinstance(found, list) else ()
    for key in keys:
        yield found, key
        yield from _places(found[key])
