"""Health in Settings: each thing looked at in words, the versions, and a bundle that is an ordinary zip file."""

import zipfile
from itertools import pairwise
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.gui.pictures import save
from tests.gui.settings_screen import Office, office
from visitor_register.domain.health import Facts, Level, findings
from visitor_register.gui.settings.health_section import HealthSection
from visitor_register.gui.theme import Scheme, Theme

__all__ = ["office"]


def _section(office: Office) -> HealthSection:
    section = office.opens("health")
    assert isinstance(section, HealthSection)
    office.qtbot.waitUntil(lambda: bool(section.rows) and bool(section.versions.words.text()))
    return section


def test_everything_that_was_looked_at_stands_in_a_row(office: Office) -> None:
    section = _section(office)
    assert "There is no backup yet" in section.rows["backup"].words.text()
    assert section.rows["second"].level.text() == "Advice"
    assert section.rows["backup"].accessibleName().startswith("Backups: Look at this. There is no backup yet")
    assert "SQLCipher 4" in section.versions.words.text()
    save(office.view, "settings-health")


def test_the_bundle_is_written_where_somebody_chose(office: Office, tmp_path: Path) -> None:
    section = _section(office)
    section.ask_where = lambda _parent, name: tmp_path / name
    office.presses(section.bundle)
    office.qtbot.waitUntil(lambda: "Saved as visitor-register-support-" in section.result.text())
    (made,) = tmp_path.glob("visitor-register-support-*.zip")
    with zipfile.ZipFile(made) as bundle:
        assert set(bundle.namelist()) == {"about.json", "log.txt"}


def test_what_is_wrong_looks_wrong_in_large_type_and_dark(office: Office, look: Theme) -> None:
    section = _section(office)
    wrong = Facts(office.desk.now(), records_lost=True, free=120_000_000, clock=("It jumped.",), strangers=("Jo",))
    look.use(Scheme.DARK, 1.3)
    section.show_findings(findings(wrong))
    assert section.rows["records"].level.text() == "Wrong"
    assert {one.level for one in findings(wrong)} == set(Level)
    QApplication.processEvents()
    save(office.view, "settings-health-dark-130")
    rows = sorted(section.rows.values(), key=lambda row: row.y())
    assert all(row.geometry().bottom() < after.y() for row, after in pairwise(rows))
