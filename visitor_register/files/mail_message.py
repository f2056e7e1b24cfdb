"""A short message: as a link that opens in the mail program, as a draft file, or ready for a mail server.

Whatever stands in a name, it stays in its line: a message never gets another header or another addressee by it.
"""

import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

LONGEST_LINK = 1_900
"""Characters. Windows hands no longer link to a mail program whole."""
LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Message:
    """What is written, and to whom. `to` and `cc` are an address each, or several with commas between."""

    to: str
    subject: str
    text: str
    cc: str = ""


def is_address(text: str) -> bool:
    """Whether this can be an e-mail address: one, without a name and without anything round it."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def addresses(text: str) -> list[str]:
    """The addresses in a line as a person types or pastes it, with commas or semicolons between.

    What is no address stands there too; ask `is_address`.
    """
    return list(dict.fromkeys(part for part in re.split(r"[,;\s]+", text) if part))


def one_line(text: str) -> str:
    """The text in one line, without characters that a person does not see."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def link(message: Message) -> str | None:
    """A link that opens the message in the mail program; None when it would be too long, then see `draft`."""
    subject, body = quote(one_line(message.subject), safe=""), quote(_body(message).replace("\n", "\r\n"), safe="")
    copied = f"cc={_listed(message.cc)}&" if message.cc else ""
    made = f"mailto:{_listed(message.to)}?{copied}subject={subject}&body={body}"
    return made if len(made) <= LONGEST_LINK else None


def draft(message: Message) -> bytes:
    """The message as an .eml file, which mail programs open as one that is still to be sent."""
    made = _headed(message)
    made["X-Unsent"] = "1"
    return made.as_bytes()


def ready(message: Message, sender: str) -> EmailMessage:
    """The message with who sends it, for a mail server."""
    made = _headed(message)
    made["From"] = one_line(sender)
    return made


def _headed(message: Message) -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["To"] = one_line(message.to)
    if message.cc:
        made["Cc"] = one_line(message.cc)
    made["Subject"] = one_line(message.subject)
    made.set_content(f"{_body(message)}\n")
    return made


def _listed(line: str) -> str:
    """Addresses as a link has them."""
    return ",".join(quote(one_line(part), safe="@") for part in line.split(","))


def _body(message: Message) -> str:
    return "\n".join(one_line(line) for line in message.text.split("\n"))
