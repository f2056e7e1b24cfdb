"""Reads a message as Outlook saves it (.msg): a compound file whose streams hold one property each.

Only the properties that answer who, when and what are looked at; attachments and formatting stay where they are.
Source: the published structure of Outlook's item files (MS-OXMSG) and their properties (MS-OXPROPS).
"""

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import olefile

from visitor_register.domain import mails
from visitor_register.domain.chart_text import clean
from visitor_register.domain.mails import Correspondent, MailRead
from visitor_register.errors import FileRefusedError
from visitor_register.files import limits, mail_eml, mail_html

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LARGE = "The message is larger than 40 MB: save it without its attachments, or log it by hand."
_BROKEN = "The message is damaged or incomplete: save it from Outlook again, or log it by hand."
_PROPERTIES = "__properties_version1.0"
_HEAD_BYTES, _RECIPIENT_HEAD_BYTES, _ENTRY_BYTES = 32, 8, 16

SUBJECT, MESSAGE_CLASS, BODY, HTML, HEADERS = 0x0037, 0x001A, 0x1000, 0x1013, 0x007D
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
DISPLAY_TO, DISPLAY_CC = 0x0E04, 0x0E03
SUBMITTED, DELIVERED = 0x0039, 0x0E06
NAME, ADDRESS, SMTP, RECIPIENT_TYPE = 0x3001, 0x3003, 0x39FE, 0x0C15
CODEPAGE, INTERNET_CODEPAGE = 0x3FFD, 0x3FDE
_UNICODE, _EIGHT_BIT, _BINARY = "001F", "001E", "0102"
_TO, _CC = 1, 2
_ATTACHED_MESSAGE = "__substg1.0_3701000D"
# Windows counts time in tenths of a microsecond from here.
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def read(path: Path) -> MailRead:
    """Read one message.

    Raises:
        FileRefusedError: it is no message, damaged, or larger or stranger than one.
    """
    try:
        whole = path.stat().st_size
        if whole > limits.MAIL_BYTES:
            raise FileRefusedError(_LARGE)
        with olefile.OleFileIO(str(path)) as file:
            if not file.exists(_PROPERTIES):
                raise FileRefusedError(mail_eml.NO_MAIL)
            return _Message(file, whole).read()
    except FileRefusedError:
        raise
    # The library answers a broken file with whatever its own parts raise.
    except Exception as error:
        raise FileRefusedError(_BROKEN) from error


class _Message:
    """One message of a file of so many bytes, with the notes that reading it leaves."""

    def __init__(self, file: olefile.OleFileIO, whole: int) -> None:
        self._file, self._whole = file, whole
        self._paths = file.listdir(streams=True, storages=True)
        self._numbers = self._fixed((), _HEAD_BYTES)
        page = self._number(INTERNET_CODEPAGE) or self._number(CODEPAGE)
        self._codec = "utf-8" if page == 65001 else f"cp{page}" if page else "cp1252"
        self._notes: list[str] = []

    def read(self) -> MailRead:
        """Everything that is asked of it."""
        headers = mail_eml.kept_marks(self._text((), HEADERS))
        subject = clean(self._text((), SUBJECT))[: mails.LONGEST_SUBJECT]
        text = self._body()
        to, cc = self._addressees()
        automatic = mails.is_automatic(subject, headers, self._text((), MESSAGE_CLASS))
        return MailRead(
            sender=self._sender(headers),
            to=to,
            cc=cc,
            sent_at=self._sent_at(headers),
            subject=subject,
            text=text,
            forwarded=not automatic and (self._carries() or mails.is_forward(subject, text)),
            automatic=automatic,
            notes=tuple(dict.fromkeys(self._notes)),
        )

    def _sender(self, headers: Mapping[str, str]) -> Correspondent | None:
        name = clean(self._text((), SENDER_NAME)).strip("'\"")
        written = [self._text((), tag) for tag in (SENDER_SMTP, SENDER_ADDRESS)]
        # Within one organisation the address is a path through its directory; the headers know the other one.
        written += [one.email for one in mail_eml.addressed(headers.get("from", ""))[:1]]
        found = Correspondent("" if "@" in name else name, _first_address([*written, name]))
        return found if found.said else None

    def _addressees(self) -> tuple[tuple[Correspondent, ...], tuple[Correspondent, ...]]:
        people: dict[int, list[Correspondent]] = {_TO: [], _CC: []}
        storages = [path for path in self._paths if len(path) == 1 and path[0].startswith("__recip_version1.0_#")]
        for storage in sorted(storages)[: mails.PEOPLE]:
            kind = self._fixed(storage, _RECIPIENT_HEAD_BYTES).get(RECIPIENT_TYPE, b"")
            name = clean(self._text(storage, NAME)).strip("'\"")
            email = _first_address([self._text(storage, tag) for tag in (SMTP, ADDRESS)] + [name])
            one = Correspondent("" if "@" in name else name, email)
            if one.said:
                people.get(int.from_bytes(kind[:4], "little"), []).append(one)
        if not any(people.values()):
            return self._displayed(DISPLAY_TO), self._displayed(DISPLAY_CC)
        return tuple(people[_TO]), tuple(people[_CC])

    def _displayed(self, tag: int) -> tuple[Correspondent, ...]:
        names = (clean(name).strip("'\"") for name in self._text((), tag).split(";")[: mails.PEOPLE])
        return tuple(Correspondent("" if "@" in name else name, _first_address([name])) for name in names if name)

    def _sent_at(self, headers: Mapping[str, str]) -> datetime | None:
        for tag in (SUBMITTED, DELIVERED):
            ticks = int.from_bytes(self._numbers.get(tag, b""), "little")
            # The clock of the year 9999 and more is how a program says that it does not know.
            if 0 < ticks < 2_500_000_000_000_000_000:
                return _EPOCH + timedelta(microseconds=ticks // 10)
        return mail_eml.sent_at(headers.get("date", ""), self._notes)

    def _body(self) -> str:
        text = mail_html.plain(self._text((), BODY))
        if not text:
            text = mail_html.words(self._html())
        if not text:
            self._notes.append(mails.NO_TEXT)
        if len(text) > mails.LONGEST_TEXT:
            self._notes.append(mails.ONLY_BEGINNING)
        return text[: mails.LONGEST_TEXT].rstrip()

    def _html(self) -> str:
        data = self._stream((), HTML, _BINARY)
        if data is None:
            return self._text((), HTML)
        text, lost = mail_eml.decoded(data, self._codec)
        if lost:
            self._notes.append(mails.LETTERS_LOST)
        return text

    def _carries(self) -> bool:
        """Whether another message is attached: it has properties of its own."""
        return any(path[1:] == [_ATTACHED_MESSAGE, _PROPERTIES] for path in self._paths)

    def _text(self, storage: Sequence[str], tag: int) -> str:
        data = self._stream(storage, tag, _UNICODE)
        if data is not None:
            return data.decode("utf-16-le", "replace").rstrip("\0")
        data = self._stream(storage, tag, _EIGHT_BIT)
        return "" if data is None else mail_eml.decoded(data, self._codec)[0].rstrip("\0")

    def _stream(self, storage: Sequence[str], tag: int, kind: str) -> bytes | None:
        path = [*storage, f"__substg1.0_{tag:04X}{kind}"]
        if not self._file.exists(path):
            return None
        size = self._file.get_size(path)
        if size > self._whole:
            raise FileRefusedError(_BROKEN)
        data: bytes = self._file.openstream(path).read(limits.MAIL_TEXT_BYTES)
        if size > limits.MAIL_TEXT_BYTES:
            self._notes.append(mails.ONLY_BEGINNING)
        elif len(data) < size:
            self._notes.append(mails.INCOMPLETE)
        return data

    def _fixed(self, storage: Sequence[str], head: int) -> dict[int, bytes]:
        """The properties of a fixed size: eight bytes each, behind a head."""
        path = [*storage, _PROPERTIES]
        if not self._file.exists(path):
            return {}
        data = self._file.openstream(path).read(limits.MAIL_TEXT_BYTES)[head:]
        whole = data[: len(data) // _ENTRY_BYTES * _ENTRY_BYTES]
        return {tag >> 16: value for tag, _, value in struct.iter_unpack("<II8s", whole)}

    def _number(self, tag: int) -> int:
        return int.from_bytes(self._numbers.get(tag, b"")[:4], "little")


def _first_address(written: Sequence[str]) -> str:
    return next((clean(one).casefold() for one in written if "@" in one), "")
