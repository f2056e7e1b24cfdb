"""A signed chart: every byte counts, and no part of one fits another."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from visitor_register.errors import FileRefusedError
from visitor_register.files import chart_bundle
from visitor_register.files.chart_bundle import Label, seal, unseal

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
LABEL = Label("London Borough of Harrow", 14, date(2026, 11, 2), date(2027, 2, 2), "chart.csv")
CHART = b"Name,Job Title,Reports to Name\nAda Hill,Social Worker,Bo Lake\n"


def test_an_untouched_bundle_gives_back_what_was_signed() -> None:
    found = unseal(seal(CHART, LABEL, KEY))
    assert (found.label, found.content) == (LABEL, CHART)
    assert found.key == chart_bundle.key_of(KEY.public_key().public_bytes_raw())


def test_a_bundle_with_any_byte_changed_is_refused() -> None:
    whole = seal(CHART, LABEL, KEY)
    for at in range(len(whole)):
        for change in (0x01, 0x80):
            broken = whole[:at] + bytes([whole[at] ^ change]) + whole[at + 1 :]
            with pytest.raises(FileRefusedError, match=r"^[^.]+\.$"):
                unseal(broken)


def test_a_bundle_cut_or_lengthened_anywhere_is_refused() -> None:
    whole = seal(CHART, LABEL, KEY)
    for broken in (*(whole[:at] for at in range(len(whole))), whole + b"\0", b"\0" + whole):
        with pytest.raises(FileRefusedError):
            unseal(broken)


def test_parts_of_two_valid_bundles_are_refused_together() -> None:
    other = Label("London Borough of Harrow", 15, date(2026, 12, 2), date(2027, 3, 2), "other.csv")
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(reversed(range(32))))
    whole = [seal(CHART, LABEL, KEY), seal(CHART.replace(b"Bo", b"Cy"), other, KEY), seal(CHART, LABEL, stranger)]
    split = [parts(bundle, CHART) for bundle in whole]
    for chosen in product(range(3), repeat=4):
        mixed = b"".join(split[source][part] for part, source in enumerate(chosen))
        if mixed not in whole:
            with pytest.raises(FileRefusedError):
                unseal(mixed)


def parts(bundle: bytes, chart: bytes) -> list[bytes]:
    """Label, chart, key and signature of a bundle, cut where they meet."""
    at_signature, at_key = len(bundle) - 64, len(bundle) - 96
    at_chart = at_key - len(chart) - 4
    return [bundle[:at_chart], bundle[at_chart:at_key], bundle[at_key:at_signature], bundle[at_signature:]]


@pytest.mark.parametrize(
    "label",
    [
        Label("  ", 1, date(2026, 1, 1), date(2026, 2, 1), ""),
        Label("Harrow", 0, date(2026, 1, 1), date(2026, 2, 1), ""),
    ],
)
def test_a_label_that_says_nothing_is_refused_although_it_is_signed(label: Label) -> None:
    with pytest.raises(FileRefusedError):
        unseal(seal(CHART, label, KEY))


def test_a_signed_chart_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    path = tmp_path / "chart.csv"
    path.write_bytes(seal(CHART, LABEL, KEY))
    assert chart_bundle.is_bundle(path)
    path.write_bytes(CHART)
    assert not chart_bundle.is_bundle(path)
    with pytest.raises(FileRefusedError, match="choose it again"):
        chart_bundle.is_bundle(tmp_path / "gone")
