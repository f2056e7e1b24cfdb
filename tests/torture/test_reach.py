"""Every byte string within reception's reach, at every place of every record, on the DSL's file and on sealed boxes."""

from pathlib import Path

import pytest

from tests.persistence.test_reach import make_folder, try_all


@pytest.mark.torture
def test_nothing_at_all_within_receptions_reach_opens_them(tmp_path: Path) -> None:
    try_all(make_folder(tmp_path / "register"), stride=1, passphrases=None)
