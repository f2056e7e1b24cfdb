"""The health page's words: what is well, what wants looking at, what is wrong, and which speaks for all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from visitor_register.domain.health import Facts, Level, findings, worst

AT = datetime(2026, 11, 24, 10, 24, tzinfo=UTC)
WELL = Facts(
    AT,
    free=80_000_000_000,
    encrypted=True,
    backup_at=AT - timedelta(minutes=9),
    second_place=True,
    second_at=AT - timedelta(hours=2),
    drill_at=AT - timedelta(days=40),
)

LOOKS: dict[str, tuple[Facts, str, Level, str]] = {
    "lost": (replace(WELL, records_lost=True), "records", Level.WRONG, "Restore the last backup"),
    "note unreadable": (replace(WELL, ending_unknown=True), "records", Level.WRONG, "Compare the newest sign-ins"),
    "no backup": (replace(WELL, backup_at=None), "backup", Level.LOOK, "There is no backup yet"),
    "backup failed": (replace(WELL, backup_trouble="The disk is full."), "backup", Level.WRONG, "The disk is full."),
    "backup old": (
        replace(WELL, backup_at=AT - timedelta(days=2), changed_since=True),
        "backup",
        Level.LOOK,
        "2 days ago. Lines were written since",
    ),
    "backup very old": (
        replace(WELL, backup_at=AT - timedelta(days=8), changed_since=True),
        "backup",
        Level.WRONG,
        "make one now",
    ),
    "holidays": (replace(WELL, backup_at=AT - timedelta(days=40)), "backup", Level.WELL, "Nothing is new since"),
    "dsl older": (replace(WELL, dsl_is_older=True), "backup", Level.WELL, "renewed when a DSL signs in"),
    "one place": (replace(WELL, second_place=False), "second", Level.ADVICE, "on this disk only"),
    "share away": (replace(WELL, second_trouble="It cannot be reached."), "second", Level.LOOK, "cannot be reached"),
    "nothing there": (replace(WELL, second_at=None), "second", Level.LOOK, "No backup lies there yet"),
    "share old": (replace(WELL, second_at=AT - timedelta(days=9)), "second", Level.LOOK, "9 days ago"),
    "never tried": (replace(WELL, drill_at=None), "drill", Level.ADVICE, "Try one each term"),
    "tried long ago": (replace(WELL, drill_at=AT - timedelta(days=130)), "drill", Level.ADVICE, "130 days ago"),
    "tried in vain": (replace(WELL, drill_sound=False), "drill", Level.WRONG, "was not sound"),
    "disk low": (replace(WELL, free=1_900_000_000), "disk", Level.LOOK, "1.9 GB"),
    "disk full": (replace(WELL, free=120_000_000), "disk", Level.WRONG, "120 MB are free. Make room now"),
    "disk untold": (replace(WELL, free=None), "disk", Level.WELL, "does not tell"),
    "plain disk": (replace(WELL, encrypted=False), "encryption", Level.ADVICE, "is not encrypted"),
    "encryption untold": (replace(WELL, encrypted=None), "encryption", Level.WELL, "does not tell"),
    "clock": (replace(WELL, clock=("It jumped.", "Before too.")), "clock", Level.LOOK, "It jumped. And 1 more"),
    "strangers": (replace(WELL, strangers=("Joan Mensah",)), "people", Level.ADVICE, "Joan Mensah"),
}


def test_all_is_well() -> None:
    found = findings(WELL)
    assert {one.level for one in found} == {Level.WELL}
    assert worst(found) is None
    assert "9 minutes ago" in next(one.words for one in found if one.key == "backup")


@pytest.mark.parametrize("name", LOOKS)
def test_each_fault_is_said_in_a_sentence(name: str) -> None:
    facts, key, level, words = LOOKS[name]
    found = findings(facts)
    one = next(one for one in found if one.key == key)
    assert one.level is level
    assert words in one.words
    if level > Level.ADVICE:
        assert worst(found) == one
        assert 0 < len(one.short) <= 12
    else:
        assert worst(found) is None
    assert {other.level for other in found if other.key != key} <= {Level.WELL}


def test_what_is_wrong_speaks_before_what_wants_looking_at() -> None:
    found = findings(replace(WELL, second_place=False, records_lost=True, free=1))
    said = worst(found)
    assert said is not None
    assert said.key == "records"
