"""A visitor is erased in the running program: no file holds a letter of them, and no backup brings them back."""

import contextlib
import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from PySide6.QtCore import Qt
from sqlalchemy import insert

from tests.factories import PASSWORD
from tests.persistence.test_erasure import plain_pages
from tests.stories.desk import DeskPage
from tests.stories.test_canary_child import _every_text
from visitor_register import settings
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.assurance import Compared
from visitor_register.domain.bookings import Invitation
from visitor_register.domain.contacts import ContactKind, Direction
from visitor_register.domain.events import ReasonRecorded
from visitor_register.domain.people import PersonKind
from visitor_register.domain.policy import FireListPlaces
from visitor_register.domain.verification import Verdict
from visitor_register.persistence import backup, restore, second_place
from visitor_register.persistence.backup_folder import Backup
from visitor_register.persistence.register import Register
from visitor_register.persistence.restore import Elsewhere, Opening
from visitor_register.persistence.tables import chart_draft
from visitor_register.persistence.verify import verify
from visitor_register.services import arrivals, bookings, contacts, drafts, policy, proof, sealed
from visitor_register.services.bookings import BookingForm
from visitor_register.services.contacts import ContactForm
from visitor_register.settings import Machine

NAME, FIRST = "Canary Quillfeather", "Quillfeather"
NOTE, CAR, CHILD, MET = "carries a cage", "CAN 4RY", "CANARY-REF-7719", "sang about the cage"
SIGNS = (FIRST, FIRST.casefold(), NOTE, CAR, CHILD, MET)
PAGE, LOG_HEADER, FRAME_HEADER = 4096, 32, 24


@dataclass
class Places:
    """Everywhere the program writes, and the keys that open what is encrypted."""

    folder: Path
    school: Path
    second: Path
    temporary: Path
    keys: dict[str, bytes]

    def all(self) -> list[Path]:
        """The folders to look through."""
        return [self.folder, self.school, self.second, self.temporary]

    def sung(self, *folders: Path, without: tuple[Path, ...] = ()) -> list[str]:
        """Every file in these folders that says something of the visitor, in plain or once it is decrypted."""
        found = []
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and not any(path.is_relative_to(left_out) for left_out in without):
                    content = self._content(path)
                    if any(sign.encode(code) in content for sign in SIGNS for code in ("utf-8", "utf-16-le")):
                        found.append(str(path.relative_to(folder)))
        return found

    def _content(self, path: Path) -> bytes:
        raw = path.read_bytes()
        key = self.keys.get("dsl" if "dsl" in str(path.relative_to(path.parents[1])) else "desk", b"")
        if path.suffix == ".db":
            return raw + b"".join(plain_pages(path, key))
        if path.suffix == ".db-wal":
            return raw + b"".join(_frames(raw, key))
        if path.suffix == ".pdf":
            with contextlib.closing(pypdfium2.PdfDocument(raw)) as document:
                return raw + "".join(page.get_textpage().get_text_bounded() for page in document).encode()
        return raw


def _frames(log: bytes, key: bytes) -> Iterator[bytes]:
    """Every page in a write-ahead log, decrypted. Source: SQLite's file format, 4.1, and SQLCipher 4."""
    for start in range(LOG_HEADER, len(log) - PAGE, FRAME_HEADER + PAGE):
        number = int.from_bytes(log[start : start + 4], "big")
        page = log[start + FRAME_HEADER : start + FRAME_HEADER + PAGE]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
        yield decryptor.update(page[16 if number == 1 else 0 : -80])


@pytest.fixture
def places(desk: DeskPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """The desk with folders of its own for what it writes beside the register."""
    made = [tmp_path / name for name in ("school", "second", "temporary")]
    for folder in made:
        folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made[2]))
    world = desk.world
    desk.program.pc.save(Machine(backup_folder=str(made[1])))
    with world.register.write() as session:
        policy.change(session, FireListPlaces((str(made[0]),)), by=world.dsl, at=world.clock())
    keys = world.register.keyring.open(world.dsl.id, PASSWORD)
    assert keys.dsl is not None
    return Places(world.register.folder, made[0], made[1], made[2], {"desk": keys.desk, "dsl": keys.dsl})


def _comes(desk: DeskPage) -> tuple[UUID, UUID]:
    """The visitor with all that is written down about somebody who comes, and a pass; the person and the visit."""
    world, at = desk.world, desk.world.clock()
    form = BookingForm(
        visitors=(NewVisitor(PersonKind.OTHER, NAME),),
        starts_at=at + timedelta(minutes=6),
        note_to_desk=NOTE,
        invitation=Invitation("42@harrow.example"),
    )
    with world.register.write() as session:
        booking = bookings.book(session, form, by=world.dsl, at=at)
        line = bookings.get(session, booking)
        assert line is not None
        person = line.visitors[0].id
        said = ReasonRecorded("CP plan visit", "", CHILD, MET)
        sealed.seal_reason(session, booking, said, world.register.keyring.seal_public, by=world.dsl, at=at)
        arrival = Arrival(
            person=person, booking=booking, verdict=Verdict.OTHER_VISITOR, compared=Compared.NO_PHOTO,
            car_registration=CAR, note=NOTE, here_to_see="Mrs Shah",
        )  # fmt: skip
        visit = arrivals.sign_in(session, arrival, by=world.reception, at=at)
        drafts.keep(session, Arrival(person=person, note=NOTE), NAME, at=at)
        row = {"authority": "Brent", "kept_at": at, "kept_by": world.dsl.id, "file_name": "brent.csv"}
        session.execute(insert(chart_draft).values(**row, left_to_decide=1, body=f'{{"held": "{NAME}"}}'.encode()))
    desk.session.today.presenter.refresh()
    desk.session.fire_writer.refresh()
    desk.session.passes.printer_for = lambda _: None
    desk.session.passes.print_visit(visit.id)
    desk.settle()
    return person, visit.id


def _is_met(desk: DeskPage, person: UUID) -> None:
    """The DSL takes the desk, what was sealed moves to her file, and she writes down that they met."""
    world = desk.world
    desk.become(world.dsl)
    with world.register.read() as session:
        assert sealed.boxes(session) == []
    met = ContactForm(ContactKind.EMAIL, Direction.SENT, person, world.clock(), MET, CHILD)
    with world.register.dsl_file().write() as session:
        contacts.log(session, met, by=world.dsl, at=world.clock())


def _backed_up(desk: DeskPage) -> Backup:
    """Make a backup as the schedule does, and wait until it lies in both places."""
    # Of one hour only the newest stays.
    desk.world.clock.move(hours=1)
    backups = desk.session.caretaker.backups
    backups.run_now()
    desk.qtbot.waitUntil(lambda: not backups.busy)
    assert backups.trouble == ""
    newest = backups.listed[0]
    desk.qtbot.waitUntil(lambda: any(one.path.name == newest.path.name for one in backups.elsewhere))
    return newest


def _erase(desk: DeskPage) -> None:
    """Settings, Keeping and erasing: the name, a reason without it, the password, the button."""
    desk.press("Ctrl+7")
    view: Any = desk.session.window.screen_named("settings")
    view.open("keeping")
    desk.settle()
    section = view.current
    holds = section.holds
    holds.search.setFocus()
    desk.types(FIRST)
    holds.found.setFocus()
    desk.press("Enter")
    for line, text in ((holds.reason, "by letter of 3 May"), (holds.password, PASSWORD)):
        line.setFocus()
        desk.types(text)
    desk.qtbot.mouseClick(holds.erase, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(section.result.isVisible)
    desk.settle()
    assert section.result.text() == "All about this person was erased."


def test_who_is_erased_is_nowhere_any_more_and_no_backup_brings_them_back(
    desk: DeskPage, places: Places, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, register = desk.world, desk.world.register
    with caplog.at_level(logging.DEBUG):
        person, visit = _comes(desk)
        _is_met(desk, person)
        older = _backed_up(desk)
        # The control: they are where they ought to be.
        assert {"fire-list.pdf"} == set(places.sung(places.school))
        beside = {name for name in places.sung(places.folder) if "/" not in name}
        assert beside >= {"fire-list.pdf", "visitor-pass.pdf"}
        assert beside & {"desk.db", "desk.db-wal"}
        assert beside & {"dsl.db", "dsl.db-wal"}
        assert {"desk.db", "dsl.db"} <= set(places.sung(older.path))

        with register.write() as session:
            arrivals.sign_out(session, visit, by=world.dsl, at=world.clock())
        _erase(desk)
        desk.qtbot.waitUntil(lambda: places.sung(places.school) == [])
        there = second_place.place_of(places.second, register.keyring.desk) / older.path.name
        earlier = (older.path, there)
        assert places.sung(*places.all(), without=earlier) == []
        assert [text for text in SIGNS if text in _every_text(desk)] == []
        newer = _backed_up(desk)
        # The last one, at the end of the program, is made by itself.
        monkeypatch.setattr(backup, "is_due", lambda *_: True)
        world.clock.move(hours=1)
        assert places.sung(*places.all(), without=earlier) == []
        desk.program.close()
        # The desk's own end takes it away once more.
        desk.program.wedge.install()
    left = backup.listed(places.folder)
    assert [one.path.name for one in left[1:]] == [newer.path.name, older.path.name]
    assert places.sung(*places.all(), without=earlier) == []
    assert [text for text in SIGNS if text in caplog.text] == []

    opening = Opening(name="Nadia Shah", password=PASSWORD)
    known = second_place.erased(places.second, register.keyring.desk)
    assert settings.load(places.folder).backup_folder == str(places.second)
    done = restore.restore(older.path, places.folder, opening, at=world.clock(), elsewhere=Elsewhere(erased=known))
    assert done.erased_again > 0
    assert places.sung(*places.all(), without=earlier) == []
    _reads_as_erased(places.folder, desk)


def _reads_as_erased(folder: Path, desk: DeskPage) -> None:
    """Both files of the restored register are sound, and say who erased something."""
    opened = Register.open(folder, desk.world.dsl, PASSWORD)
    try:
        for name, file in (("desk", opened.desk), ("DSL's", opened.dsl_file())):
            with file.read() as session, opened.read() as known:
                told = proof.told(name, verify(session), proof.names(known))
            assert told.sound
            assert told.lines[1].startswith("Ok, erased by Nadia Shah on ")
    finally:
        opened.close()
