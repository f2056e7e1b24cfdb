"""Telephone numbers as people ring them: from what a chart said to "020 7946 0112 ext 12"."""

from collections.abc import Iterable
from functools import lru_cache

import phonenumbers

from visitor_register.domain.chart import Phone
from visitor_register.files.phones import read_phones


def say_phones(phones: Iterable[Phone]) -> str:
    """Write numbers as a person in Britain reads them, several with a stroke between: what `read_again` reads back."""
    return " / ".join(dict.fromkeys(filter(None, map(say_phone, phones))))


def say_phone(phone: Phone) -> str:
    """Write one number: grouped as usual, abroad with its country code, as typed where it is no number."""
    extension = f"ext {phone.extension}" if phone.extension else ""
    number = _grouped(phone.number) if phone.number else "" if extension else phone.typed
    return f"{number} {extension}".strip()


@lru_cache(maxsize=4096)
def read_again(text: str) -> tuple[Phone, ...]:
    """Read what `say_phones` wrote; a person's numbers are read again at every import."""
    return read_phones(text)


@lru_cache(maxsize=4096)
def _grouped(number: str) -> str:
    parsed = phonenumbers.parse(number)
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, style.NATIONAL if parsed.country_code == 44 else style.INTERNATIONAL)
