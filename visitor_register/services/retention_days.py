"""The London day on which an entry of the journal was written."""

from datetime import UTC, date, datetime

from visitor_register.domain.calendar import london_date


def day_written(at: str) -> date:
    """Read the moment as the journal writes it: UTC, without saying so."""
    return london_date(datetime.fromisoformat(at).replace(tzinfo=UTC))
