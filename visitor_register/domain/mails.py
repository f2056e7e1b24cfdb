"""A received message as its file says it, and what its words and marks tell: forwarded, automatic, or neither."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

LONGEST_SUBJECT = 500
LONGEST_TEXT = 20_000
"""Letters that are shown. The rest of a long chain is nobody's answer."""
PEOPLE = 200
"""Addressees that are read of one message."""

ASSUMED_LONDON = "Its time has no time zone, so it is taken as London time."
NO_TIME = "The file does not say when it was sent: write the day and the time yourself."
ONLY_BEGINNING = "The text is long: only its beginning is shown."
LETTERS_LOST = "Some letters could not be read and are shown as “\ufffd”."
INCOMPLETE = "The file is incomplete: the end of the message may be missing."
ENCRYPTED = "Its text is encrypted: read it in the mail program."
NO_TEXT = "It has no text that can be read here: read it in the mail program."
TOO_NESTED = "It holds messages within messages: only the outer one is read."
INVITED = "An invitation to a meeting comes with it: save that as an .ics file and drop it on Bookings."

_PREFIX = re.compile(r"\s*(?P<word>re|aw|antw|fw|fwd|wg|tr|rv)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
_FORWARDED = frozenset({"fw", "fwd", "wg", "tr", "rv"})
_FORWARD_LINE = re.compile(
    r"^[ \t]*(?:-{3,}[ \t]*Forwarded message[ \t]*-{3,}|Begin forwarded message:|-{2,}[ \t]*Forwarded by )",
    re.IGNORECASE | re.MULTILINE,
)
_AUTOMATIC_SUBJECT = re.compile(
    r"\s*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|undeliverable|"
    r"delivery status notification|mail delivery failed)\b",
    re.IGNORECASE,
)
_AUTOMATIC_CLASSES = ("report.", "ipm.note.rules.ooftemplate", "ipm.note.rules.replytemplate")
_AUTOMATIC_MARKS = ("x-auto-response-suppress", "x-autoreply", "x-autorespond")


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Who sent a message or got it: the name as written, and the e-mail address in lower case; each may be ""."""

    name: str
    email: str

    @property
    def said(self) -> str:
        """Both, as one reads them."""
        return " · ".join(part for part in (self.name, self.email) if part)


@dataclass(frozen=True, slots=True)
class MailRead:
    """One received message, before anybody decided what to make of it.

    Attributes:
        sender: None when the file does not say.
        to, cc: As written; at most `PEOPLE` together.
        sent_at: In UTC, as the sender's program says; None when it says nothing that can be read.
        subject: One line.
        text: Plain text, with links as their letters; no attachment, and nothing that was loaded from elsewhere.
        forwarded: Another message was sent on with it (P9).
        automatic: A machine wrote it.
        notes: Sentences a person should read.
    """

    sender: Correspondent | None
    to: tuple[Correspondent, ...] = ()
    cc: tuple[Correspondent, ...] = ()
    sent_at: datetime | None = None
    subject: str = ""
    text: str = ""
    forwarded: bool = False
    automatic: bool = False
    notes: tuple[str, ...] = ()

    @property
    def addressees(self) -> tuple[Correspondent, ...]:
        """Everybody it went to."""
        return (*self.to, *self.cc)


def is_forward(subject: str, text: str) -> bool:
    """Whether somebody sent an older message on: the first word before its subject says so, or a line of the text.

    An answer quotes what it answers and forwards nothing; nor does what stands in its quotation.
    """
    first = _PREFIX.match(subject)
    if first is not None:
        return first["word"].casefold() in _FORWARDED
    return _FORWARD_LINE.search(text) is not None


def own_subject(subject: str) -> str:
    """The subject without what mail programs put before it: "RE: FW: Friday" is "Friday"."""
    while (found := _PREFIX.match(subject)) is not None:
        subject = subject[found.end() :]
    return subject.strip()


def is_automatic(subject: str, marks: Mapping[str, str], message_class: str = "") -> bool:
    """Whether a machine wrote it: an acknowledgement, an absence note or a report of the mail server.

    Args:
        subject: As written.
        marks: The message's headers, their names in lower case.
        message_class: What Outlook calls this kind of message, or "".

    Source: RFC 3834 for Auto-Submitted; Outlook's own marks and classes. An automatic reply is no answer (P5).
    """
    submitted = marks.get("auto-submitted", "no").partition(";")[0].strip().casefold()
    return (
        submitted not in ("no", "")
        or any(marks.get(mark, "").strip().casefold() not in ("", "none") for mark in _AUTOMATIC_MARKS)
        or marks.get("precedence", "").strip().casefold() == "auto_reply"
        or marks.get("content-type", "").lstrip().casefold().startswith("multipart/report")
        or message_class.casefold().startswith(_AUTOMATIC_CLASSES)
        or _AUTOMATIC_SUBJECT.match(subject) is not None
    )
