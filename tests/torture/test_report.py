"""The bound that torture runs print is the textbook's."""

import pytest

from tests.torture.report import report, upper_bound


@pytest.mark.parametrize(
    ("tries", "failures", "bound"),
    [
        (500, 0, 0.00597),  # 1 - 0.05 ** (1 / 500): the rule of three
        (2_000, 0, 0.0015),
        (1, 0, 0.95),
        (10, 1, 0.3942),  # printed in tables of Clopper and Pearson
        (10, 10, 1.0),
        (0, 0, 1.0),
    ],
)
def test_the_bound_is_exact(tries: int, failures: int, bound: float) -> None:
    assert upper_bound(tries, failures) == pytest.approx(bound, abs=0.00005)


def test_the_line_names_tries_failures_seed_and_bound() -> None:
    assert report("kill -9", 500, 0, 7, "every tick kept") == (
        "kill -9: 500 tries, 0 failures, seed 7, upper 95% bound 0.60% (every tick kept)"
    )
    assert "no seed: every step is tried" in report("every call", 20, 0, None)
