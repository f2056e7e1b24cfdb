"""Sends one message through the school's mail server, and says plainly what went wrong. It waits seconds, not minutes.

Nothing here is called unless the school has chosen that messages are sent.
"""

import contextlib
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from visitor_register.domain.policy import MailSecurity, Telling
from visitor_register.errors import MailNotSentError
from visitor_register.files.mail_message import Message, is_address, ready

SECONDS = 10.0
"""For each answer of the server."""
# Looking up this PC's own name can take long, and the server need not know it.
_THIS_PC = "[127.0.0.1]"

Connect = Callable[["Account", float], smtplib.SMTP]


@dataclass(frozen=True, slots=True)
class Account:
    """The school's mail server and who writes. The password is in no text that is made of this."""

    server: str
    port: int
    security: MailSecurity
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, said: Telling, password: str) -> Self:
        """The server as the school set it, with the password that is no part of the setting."""
        return cls(said.server, said.port, said.security, said.sender, said.user, password)


def connect(account: Account, seconds: float) -> smtplib.SMTP:
    """Connect as the account says; protected connections check the server's certificate."""
    if account.security is MailSecurity.TLS:
        return smtplib.SMTP_SSL(
            account.server,
            account.port,
            local_hostname=_THIS_PC,
            timeout=seconds,
            context=ssl.create_default_context(),
        )
    made = smtplib.SMTP(account.server, account.port, local_hostname=_THIS_PC, timeout=seconds)
    if account.security is MailSecurity.STARTTLS:
        try:
            made.starttls(context=ssl.create_default_context())
        except BaseException:
            made.close()
            raise
    return made


def send(account: Account, message: Message, *, seconds: float = SECONDS, connect: Connect = connect) -> None:
    """Hand one message to the mail server.

    Raises:
        MailNotSentError: it was not taken; the sentence says why and names neither user nor password.
    """
    for address in (message.to, account.sender):
        if not is_address(address):
            raise MailNotSentError(f"“{address}” is not an e-mail address.")
    try:
        _hand_over(account, message, seconds, connect)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        # Without what the server said: nobody knows what it repeats.
        raise MailNotSentError(_why(error, account, message, seconds)) from None


def _hand_over(account: Account, message: Message, seconds: float, connect: Connect) -> None:
    server = connect(account, seconds)
    try:
        if account.user:
            server.login(account.user, account.password)
        server.send_message(ready(message, account.sender))
        with contextlib.suppress(smtplib.SMTPException, OSError):
            # It is on its way: a server that does not say goodbye has it all the same.
            server.quit()
    finally:
        server.close()


def _why(error: Exception, account: Account, message: Message, seconds: float) -> str:
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        # The library makes "the server hung up" of a silence between two lines.
        return f"The mail server did not answer within {seconds:g} seconds."
    match error:
        case smtplib.SMTPAuthenticationError():
            return "The mail server did not take the user name or the password."
        case UnicodeEncodeError():
            return "The mail server takes only unaccented letters, digits and signs in user name and password."
        case smtplib.SMTPNotSupportedError() if account.security is MailSecurity.STARTTLS:
            return "The mail server does not offer STARTTLS, or no sign-in with it. Choose TLS, or ask who runs it."
        case smtplib.SMTPNotSupportedError():
            return "The mail server takes no user name and password this way. Ask who runs it."
        case smtplib.SMTPRecipientsRefused():
            return f"The mail server takes no message for {message.to}."
        case smtplib.SMTPSenderRefused():
            return f"The mail server takes no message from {account.sender}."
        case ssl.SSLError():
            return "The connection to the mail server could not be protected. Look at Protection and Port in Settings."
        case smtplib.SMTPServerDisconnected():
            return "The mail server ended the connection."
        case smtplib.SMTPException():
            return "The mail server refused the message."
    return f"There is no connection to the mail server {account.server}."
