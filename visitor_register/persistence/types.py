"""Column types that refuse what would be read back as something else."""

import enum
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, TypeDecorator
from sqlalchemy.engine import Dialect


def utc_text(moment: datetime) -> str:
    """A moment as text in UTC, with six decimals and no zone, four digits for every year."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


def utc_moment(stored: str) -> datetime:
    """A moment read back from such a text, with its zone."""
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored as ISO text in UTC so that it sorts as it happened. Refuses naive values."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write the moment with six decimals and no zone: equal moments are equal texts."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a moment needs a time zone")
        return utc_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read it back with its zone."""
        return None if value is None else utc_moment(value)


class Word(TypeDecorator[Any]):
    """One of a closed set of words, stored as the word itself: no numbers to look up in an old file."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[enum.StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the word; refuse any other."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> enum.StrEnum | None:
        """Read the word back as its own type."""
        return None if value is None else self.words(value)
