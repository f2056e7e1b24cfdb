"""Reads a received message as mail programs save it (.eml): who, when, and its text; attachments are passed over.

Headers are taken as the letters they are: the parser of the standard library that knows their grammar can be kept
busy for minutes by a long one.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from visitor_register.domain import mails
from visitor_register.domain.calendar import LONDON
from visitor_register.domain.chart_text import clean
from visitor_register.domain.mails import Correspondent, MailRead
from visitor_register.errors import FileRefusedError
from visitor_register.files import limits, mail_html

NO_MAIL = "This is no e-mail: save the message from the mail program as an .eml or .msg file and drop that."
EMPTY = "The file is empty: save the message from the mail program again."
_LARGE = "The message is larger than 40 MB: save it without its attachments, or log it by hand."
_HEAD = "The lines before its text are longer than those of any message: log it by hand."
_BROKEN = "The message is damaged: save it from the mail program again, or log it by hand."
_LONGEST_HEADER = 20_000
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n|\r\r")
_NAMES = frozenset({"from", "to", "subject", "date", "received", "message-id", "mime-version"})
_ADDRESS = re.compile(r"[^\s<>,;:\"]{1,64}@[^\s<>,;:\"]{1,255}")
_CUT = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)


def read(path: Path) -> MailRead:
    """Read one message.

    Raises:
        FileRefusedError: it is no message, damaged, or larger or stranger than one.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limits.MAIL_BYTES + 1)
    except OSError as error:
        raise FileRefusedError(
            "The file cannot be opened: check that it is still there and choose it again."
        ) from error
    return parse(data)


def parse(data: bytes) -> MailRead:
    """Read a message from the bytes of a file. Raises as `read`."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if not data.strip():
        raise FileRefusedError(EMPTY)
    if len(data) > limits.MAIL_BYTES:
        raise FileRefusedError(_LARGE)
    head = _HEAD_ENDS.search(data, 0, limits.MAIL_HEAD_BYTES)
    if head is None and len(data) > limits.MAIL_HEAD_BYTES:
        raise FileRefusedError(_HEAD)
    try:
        message = message_from_bytes(data, policy=compat32)
        said = marks(message)
        if len(_NAMES & said.keys()) < 2:
            raise FileRefusedError(NO_MAIL)
        return _read(message, said)
    except FileRefusedError:
        raise
    # The library answers a broken message with whatever its own parts raise.
    except Exception as error:
        raise FileRefusedError(_BROKEN) from error


def marks(message: Message) -> dict[str, str]:
    """Return the headers as their letters, names in lower case; of one that comes twice the first."""
    found: dict[str, str] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), _letters(str(value)[:_LONGEST_HEADER]))
    return found


def kept_marks(head: str) -> dict[str, str]:
    """Return the headers of a message that are kept as text beside it; none from a text that is longer than a head."""
    if len(head) > limits.MAIL_HEAD_BYTES:
        return {}
    return marks(message_from_bytes(head.encode("utf-8", "replace"), policy=compat32))


def addressed(value: str) -> tuple[Correspondent, ...]:
    """Return the people of one header, at most `mails.PEOPLE`."""
    found: list[Correspondent] = []
    for name, address in getaddresses([value])[: mails.PEOPLE]:
        said, email = worded(name).strip("'\""), clean(address).casefold()
        # Some programs write the address where the name should be.
        one = Correspondent("" if "@" in said else said, email if "@" in email else "")
        if one.said:
            found.append(one)
    # A name with a comma that nobody quoted: the addresses alone are certain.
    return tuple(found) or tuple(
        Correspondent("", email.casefold()) for email in _ADDRESS.findall(value)[: mails.PEOPLE]
    )


def worded(value: str) -> str:
    """Return a header as it is meant, in one line: encoded words become letters, a wrong encoding what it can."""
    parts: list[str] = []
    try:
        for part, charset in decode_header(value):
            parts.append(decoded(part, charset or "ascii")[0] if isinstance(part, bytes) else part)
    except (ValueError, LookupError):
        return clean(value)
    return clean("".join(parts))


def sent_at(value: str, notes: list[str]) -> datetime | None:
    """Return when it was sent, in UTC; None, and a note, where that cannot be read."""
    try:
        said = parsedate_to_datetime(clean(value))
        if said.tzinfo is None:
            # "-0000" is how a program says that it only knows UTC.
            universal = clean(value).endswith("-0000")
            said = said.replace(tzinfo=UTC if universal else LONDON)
            if not universal:
                notes.append(mails.ASSUMED_LONDON)
        return said.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        notes.append(mails.NO_TIME)
        return None


def decoded(data: bytes, charset: str) -> tuple[str, bool]:
    """Return bytes as letters, by the encoding they claim, else by the likely ones; and whether any was lost."""
    for codec in (charset, "utf-8", "cp1252"):
        try:
            return data.decode(codec), False
        except (UnicodeError, LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace"), True


def _read(message: Message, said: Mapping[str, str]) -> MailRead:
    notes: list[str] = []
    sender = next(iter(addressed(said.get("from", "") or said.get("sender", ""))), None)
    when = sent_at(said.get("date", ""), notes)
    subject = worded(said.get("subject", ""))[: mails.LONGEST_SUBJECT]
    body = _Body(notes)
    text = body.of(message)
    if any(isinstance(defect, _CUT) for defect in message.defects):
        notes.append(mails.INCOMPLETE)
    if not text:
        notes.append(mails.ENCRYPTED if body.encrypted else mails.NO_TEXT)
    if len(text) > mails.LONGEST_TEXT:
        notes.append(mails.ONLY_BEGINNING)
    automatic = mails.is_automatic(subject, said)
    return MailRead(
        sender=sender,
        to=addressed(said.get("to", "")),
        cc=addressed(said.get("cc", "")),
        sent_at=when,
        subject=subject,
        text=text[: mails.LONGEST_TEXT].rstrip(),
        # A report of the mail server carries the message that it is about.
        forwarded=not automatic and (body.carries or mails.is_forward(subject, text)),
        automatic=automatic,
        notes=tuple(dict.fromkeys(notes)),
    )


class _Body:
    """Finds the text among the parts of a message; `carries`: another message is attached."""

    def __init__(self, notes: list[str]) -> None:
        self._notes = notes
        self._parts = 0
        self.carries = self.encrypted = False

    def of(self, message: Message, depth: int = 0) -> str:
        """The text of a part with everything in it; plain text before HTML where a message has both."""
        self._parts += 1
        if depth > limits.MAIL_DEPTH or self._parts > limits.MAIL_PARTS:
            self._notes.append(mails.TOO_NESTED)
            return ""
        kind = message.get_content_type()
        if message.get_content_maintype() == "message":
            self.carries = self.carries or kind == "message/rfc822"
            return ""
        if message.is_multipart():
            return self._joined(kind, [part for part in message.get_payload() if isinstance(part, Message)], depth)
        if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"):
            self.encrypted = True
        if kind == "text/calendar":
            self._notes.append(mails.INVITED)
        # A multipart without its parts is text that lost its marks.
        if kind not in ("text/plain", "text/html", "multipart/mixed", "multipart/alternative") or _attached(message):
            return ""
        text = self._text(message)
        return mail_html.words(text) if kind == "text/html" else mail_html.plain(text)

    def _joined(self, kind: str, parts: list[Message], depth: int) -> str:
        if kind == "multipart/alternative":
            if any(part.get_content_type() == "text/calendar" for part in parts):
                self._notes.append(mails.INVITED)
            # What is plain comes first in the file; a program that can show more takes the last.
            return next(filter(None, (self.of(part, depth + 1) for part in parts)), "")
        if kind == "multipart/related":
            parts = parts[:1]
        return "\n\n".join(filter(None, (self.of(part, depth + 1) for part in parts)))

    def _text(self, message: Message) -> str:
        data = message.get_payload(decode=True)
        data = data if isinstance(data, bytes) else b""
        if len(data) > limits.MAIL_TEXT_BYTES:
            self._notes.append(mails.ONLY_BEGINNING)
        text, lost = decoded(data[: limits.MAIL_TEXT_BYTES], message.get_content_charset() or "utf-8")
        if lost:
            self._notes.append(mails.LETTERS_LOST)
        return text


def _attached(message: Message) -> bool:
    return message.get_content_disposition() == "attachment" or message.get_filename() is not None


def _letters(raw: str) -> str:
    """A header as text: bytes that no header may hold are UTF-8, or what old programs wrote."""
    return decoded(raw.encode("utf-8", "surrogateescape"), "utf-8")[0]
