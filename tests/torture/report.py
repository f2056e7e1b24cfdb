"""The one way to print what a torture run found: tries, failures, seed, and how often it may still fail."""

import math

CONFIDENCE = 0.95


def report(name: str, tries: int, failures: int, seed: int | None, details: str = "") -> str:
    """One line for one run. `seed` is None where nothing was left to chance, because every step was tried."""
    chance = f"seed {seed}" if seed is not None else "no seed: every step is tried"
    rest = f" ({details})" if details else ""
    return (
        f"{name}: {tries} tries, {failures} failures, {chance}, "
        f"upper {CONFIDENCE:.0%} bound {upper_bound(tries, failures):.2%}{rest}"
    )


def tell(name: str, tries: int, failures: int, seed: int | None, details: str = "") -> None:
    """Print the line of `report`; it shows under `-s`, as `make torture` runs."""
    print(f"\n{report(name, tries, failures, seed, details)}")  # noqa: T201


def upper_bound(tries: int, failures: int) -> float:
    """How often it fails at most, at 95 % confidence, one-sided and exact (Clopper and Pearson): 0 of 500 are 0.6 %."""
    if failures >= tries:
        return 1.0
    low, high = failures / tries, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        if _at_most(failures, tries, middle) > 1 - CONFIDENCE:
            low = middle
        else:
            high = middle
    return high


def _at_most(failures: int, tries: int, rate: float) -> float:
    """How likely it is to see no more failures than these, if each try fails at this rate."""
    if rate >= 1:
        return 0.0
    return sum(
        math.exp(
            math.lgamma(tries + 1)
            - math.lgamma(count + 1)
            - math.lgamma(tries - count + 1)
            + (count * math.log(rate) if count else 0.0)
            + (tries - count) * math.log1p(-rate)
        )
        for count in range(failures + 1)
    )
