"""How arrivals are told: from the setting to the texts of its form and back. The password is no part of the setting."""

from dataclasses import replace

from visitor_register.domain.policy import MailSecurity, TellBy, Telling
from visitor_register.files.mail_message import is_address
from visitor_register.gui.settings.forms import FieldError, Form, wanted

_HIGHEST_PORT = 65_535


def write(telling: Telling) -> dict[str, str]:
    """The texts of the form. The password is never shown again."""
    return {
        "by": telling.by.value,
        "server": telling.server,
        "port": str(telling.port),
        "security": telling.security.value,
        "sender": telling.sender,
        "user": telling.user,
        "password": "",
        "dsl_address": telling.dsl_address,
    }


def read(form: Form, now: Telling, *, password_kept: bool) -> Telling:
    """The setting as the form says. What belongs to sending is read, and must be right, only when it is chosen.

    Raises:
        FieldError: one field cannot be taken as it is.
    """
    by = TellBy(form["by"])
    if by is not TellBy.SEND:
        return replace(now, by=by)
    server = wanted(form, "server", "Write the mail server's name, such as smtp.school.example. Your IT knows it.")
    if len(server.split()) > 1:
        raise FieldError("server", "A server's name has no spaces.")
    port = form["port"].strip()
    if not port.isdecimal() or not 1 <= int(port) <= _HIGHEST_PORT:
        raise FieldError("port", "Write a number: usually 587 with STARTTLS, 465 with TLS.")
    security = MailSecurity(form["security"])
    sender = _address(form, "sender", wanted(form, "sender", "Write the address that messages come from."))
    user = form["user"].strip()
    if user and security is MailSecurity.NONE:
        raise FieldError("security", "A password is not sent without protection. Choose STARTTLS or TLS.")
    if user and not (form["password"] or password_kept):
        raise FieldError("password", "Write the password of this user.")
    dsl_address = _address(form, "dsl_address", form["dsl_address"].strip())
    return Telling(by, server, int(port), security, sender, user, dsl_address)


def _address(form: Form, field: str, text: str) -> str:
    if text and not is_address(text):
        raise FieldError(field, "Write one e-mail address, such as office@school.example.")
    return text
