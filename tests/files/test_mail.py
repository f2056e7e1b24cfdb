"""Messages: no name can make another header of itself, and each way in which a mail server fails has its sentence."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from visitor_register.domain.policy import MailSecurity
from visitor_register.errors import MailNotSentError
from visitor_register.files import mail_send
from visitor_register.files.mail_message import LONGEST_LINK, Message, addresses, draft, is_address, link, ready
from visitor_register.files.mail_send import Account

PASSWORD = "Kanarienvogel"
NASTY = "Amara\r\nBcc: all@elmbrook.example\u2028X-Other: 1\x00\u202e Thistle"
ADDRESS = "n.shah@elmbrook.example"


def message(text: str = "Amara Thistle is here for you.") -> Message:
    return Message(ADDRESS, "Visitor at reception", text)


def account(port: int = 25, *, user: str = "", security: MailSecurity = MailSecurity.NONE) -> Account:
    return Account("127.0.0.1", port, security, "reception@elmbrook.example", user, PASSWORD)


def test_a_name_stays_in_its_line_wherever_it_is_written() -> None:
    nasty = Message(ADDRESS, f"Visitor {NASTY}", f"{NASTY} is here.\nWhere: {NASTY}")
    for made in (ready(nasty, f"reception@elmbrook.example{NASTY}"), message_from_bytes(draft(nasty), policy=default)):
        assert isinstance(made, EmailMessage)
        assert made["Bcc"] is None
        assert made["X-Other"] is None
        assert "\u202e" not in made.get_content()
        assert made["Cc"] is None
        assert made["Subject"] == "Visitor Amara Bcc: all@elmbrook.example X-Other: 1 Thistle"
    opened = urlsplit(link(nasty) or "")
    assert set(parse_qs(opened.query)) == {"subject", "body"}
    assert opened.path == ADDRESS


def test_who_is_copied_stands_in_a_line_of_its_own_and_nobody_else_gets_in_by_it() -> None:
    copied = Message(ADDRESS, "s", "t", cc=f"m@x.example,b&bcc=all@x.example{NASTY}")
    made = message_from_bytes(draft(copied), policy=default)
    assert made["Bcc"] is None
    assert made["Cc"].startswith("m@x.example")
    opened = urlsplit(link(copied) or "")
    assert set(parse_qs(opened.query)) == {"cc", "subject", "body"}
    assert addresses(" a@x.example; b@x.example,a@x.example\nc ") == ["a@x.example", "b@x.example", "c"]


@pytest.mark.parametrize(
    "text",
    ["", "Mrs Shah", "n.shah@elmbrook", f"{ADDRESS}, b@elmbrook.example", f"Mrs Shah <{ADDRESS}>", f"{ADDRESS}\nBcc: x",
     "ñ.shah@elmbrook.example", f"{'x' * 250}@elmbrook.example", " " + ADDRESS],
)  # fmt: skip
def test_what_is_no_single_address_is_none(text: str) -> None:
    assert is_address(ADDRESS)
    assert not is_address(text)
    for wrong in (Message(text, "", ""), message()):
        sender = "reception@elmbrook.example" if wrong.to == text else text
        with pytest.raises(MailNotSentError, match="is not an e-mail address"):
            mail_send.send(Account("127.0.0.1", 1, MailSecurity.NONE, sender), wrong)


def test_a_message_too_long_for_a_link_is_a_draft_that_opens_for_sending() -> None:
    assert len(link(message()) or "") < LONGEST_LINK
    long = message("名" * 300)
    assert link(long) is None
    made = message_from_bytes(draft(long), policy=default)
    assert made["X-Unsent"] == "1"
    assert made["To"] == ADDRESS
    assert isinstance(made, EmailMessage)
    assert made.get_content().strip() == "名" * 300


@contextmanager
def server(talk: Callable[[socket.socket], None], callers: int = 1) -> Iterator[int]:
    """A mail server in a thread that talks to so many callers, one by one; the port."""
    with socket.create_server(("127.0.0.1", 0)) as listens:

        def take() -> None:
            for _ in range(callers):
                caller, _ = listens.accept()
                with caller:
                    talk(caller)

        thread = threading.Thread(target=take)
        thread.start()
        yield listens.getsockname()[1]
        thread.join()


def answers(received: list[str], **said: bytes) -> Callable[[socket.socket], None]:
    """A server that takes everything, but answers some commands as told."""

    def talk(caller: socket.socket) -> None:
        caller.sendall(b"220 hello\r\n")
        reading_text = False
        for raw in caller.makefile("rb"):
            line = raw.decode().rstrip("\r\n")
            received.append(line)
            if reading_text:
                reading_text = line != "."
                if not reading_text:
                    caller.sendall(said.get("text", b"250 taken\r\n"))
                continue
            word = line[:4].upper()
            reading_text = word == "DATA"
            default = {"DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}.get(word, b"250 fine\r\n")
            answer = said.get(word.lower(), default)
            if not answer:
                return
            caller.sendall(answer)
            if word == "QUIT":
                return

    return talk


def test_a_server_takes_a_message_and_need_not_say_goodbye() -> None:
    received: list[str] = []
    with server(answers(received, quit=b"")) as port:
        mail_send.send(account(port), message())
    assert "rcpt TO:<n.shah@elmbrook.example>" in received
    assert "Amara Thistle is here for you." in received
    assert received[0] == "ehlo [127.0.0.1]", "the name of this PC is nobody's business"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"rcpt": b"550 no such user\r\n"}, f"The mail server takes no message for {ADDRESS}."),
        ({"mail": b"550 not you\r\n"}, "The mail server takes no message from reception@elmbrook.example."),
        ({"data": b"554 too bad\r\n"}, "The mail server refused the message."),
        ({"mail": b""}, "The mail server ended the connection."),
    ],
)
def test_a_server_that_refuses(said: dict[str, bytes], words: str) -> None:
    with server(answers([], **said)) as port, pytest.raises(MailNotSentError) as caught:
        mail_send.send(account(port), message())
    assert str(caught.value) == words


def test_a_silent_server_and_none_at_all() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(MailNotSentError, match=r"^The mail server did not answer within 0\.05 seconds\.$"):
            mail_send.send(account(port), message(), seconds=0.05)
    nowhere = Account("smtp..example", 25, MailSecurity.NONE, "reception@elmbrook.example")
    with pytest.raises(MailNotSentError, match=r"no connection to the mail server smtp\.\.example"):
        mail_send.send(nowhere, message())
    with pytest.raises(MailNotSentError, match=r"^There is no connection to the mail server 127\.0\.0\.1\.$"):
        mail_send.send(account(port), message(), seconds=0.05)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (smtplib.SMTPAuthenticationError(535, b"reception Kanarienvogel wrong"), "user name or the password"),
        (smtplib.SMTPNotSupportedError("no AUTH"), "takes no user name and password this way"),
        (ssl.SSLCertVerificationError("self-signed"), "could not be protected"),
        (UnicodeEncodeError("ascii", "Kanarienvögel", 7, 8, "no"), "only unaccented letters"),
    ],
)
def test_the_password_is_in_no_error_and_the_connection_is_closed(error: Exception, words: str) -> None:
    closed: list[bool] = []

    class Refusing:
        def login(self, _user: str, _password: str) -> None:
            raise error

        def close(self) -> None:
            closed.append(True)

    refusing: Any = Refusing()
    with pytest.raises(MailNotSentError, match=words) as caught:
        mail_send.send(account(user="reception"), message(), connect=lambda _account, _seconds: refusing)
    assert closed == [True]
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert PASSWORD not in f"{caught.value} {account(user='reception')!r}"


def test_a_server_without_starttls_gets_nothing() -> None:
    received: list[str] = []
    with server(answers(received)) as port, pytest.raises(MailNotSentError, match="does not offer STARTTLS"):
        mail_send.send(account(port, user="reception", security=MailSecurity.STARTTLS), message())
    assert received == ["ehlo [127.0.0.1]"]
