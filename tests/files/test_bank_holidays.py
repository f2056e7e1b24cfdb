"""England's bank holidays, as the library gives them to us."""

import subprocess
import sys
from datetime import date

from visitor_register.files.bank_holidays import LAST_YEAR, england


def days(year: int) -> list[str]:
    return [f"{day.day}/{day.month}" for day in england(range(year, year + 1)).names]


def test_the_years_of_the_worked_answers() -> None:
    assert days(2026) == ["1/1", "3/4", "6/4", "4/5", "25/5", "31/8", "25/12", "28/12"]
    assert days(2027) == ["1/1", "26/3", "29/3", "3/5", "31/5", "30/8", "27/12", "28/12"]
    assert days(2028) == ["3/1", "14/4", "17/4", "1/5", "29/5", "28/8", "25/12", "26/12"]


def test_bank_holidays_that_came_once_are_known() -> None:
    assert {date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)} <= england(range(2022, 2024)).names.keys()


def test_it_is_england_and_not_its_neighbours() -> None:
    named = england(range(2026, 2027)).names
    assert not {date(2026, 1, 2), date(2026, 3, 17), date(2026, 7, 13), date(2026, 8, 3)} & named.keys()


def test_a_substitute_day_says_so() -> None:
    assert england(range(2026, 2027)).names[date(2026, 12, 28)] == "Boxing Day (substitute day)"


def test_years_the_library_does_not_know_are_not_claimed() -> None:
    assert england(range(LAST_YEAR, LAST_YEAR + 3)).years == range(LAST_YEAR, LAST_YEAR + 1)
    assert not england(range(3000, 3003)).years
    assert not england(range(3000, 3003)).names


def test_the_library_is_imported_late_and_without_a_warning() -> None:
    code = (
        "import sys; from visitor_register.files.bank_holidays import england;"
        "assert 'holidays' not in sys.modules; print(len(england(range(2026, 2027)).names))"
    )
    asked = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (asked.stdout.strip(), asked.stderr, asked.returncode) == ("8", "", 0)
