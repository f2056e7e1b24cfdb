"""The camera panel: on only while somebody looks, one code for a badge held up, and sentences for all that fails."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import World
from tests.gui import pictures, walkers
from visitor_register.errors import FileRefusedError
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.theme import Theme
from visitor_register.gui.today.camera_panel import CameraPanel
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.scanning.camera import CameraChoice, CameraMissingError
from visitor_register.scanning.reading import Reading, Symbology

if TYPE_CHECKING:
    from visitor_register.scanning.frames import Frame

TWO = [CameraChoice(0, "Desk camera"), CameraChoice(2, "<b>Door</b> camera")]


class FakeCamera:
    """Gives grey frames as fast as it is asked, until it is pulled out."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.released = Event()
        self.pulled_out = Event()

    def read(self) -> "Frame | None":
        if self.pulled_out.is_set():
            return None
        Event().wait(0.002)
        return np.full((90, 160, 3), 128, np.uint8)

    def release(self) -> None:
        self.released.set()


class Badge:
    """A decoder that sees what is held up."""

    def __init__(self) -> None:
        self.readings: list[Reading] = []

    def read(self, frame: "Frame") -> list[Reading]:
        return list(self.readings)


class Corner:
    """The panel, its cameras, and somebody in front of it."""

    def __init__(self, qtbot: QtBot, jobs: JobRunner, cameras: list[CameraChoice], **more: object) -> None:
        self.qtbot, self.jobs = qtbot, jobs
        self.opened: list[FakeCamera] = []
        self.badge = Badge()
        self.broken = False
        self.picture: Path | None = None
        self.on_file: Callable[[], list[Reading]] = list
        self.window = QWidget()
        self.panel = CameraPanel(
            jobs,
            cameras=lambda: cameras,
            open_camera=self.open,
            open_decoder=lambda: self.badge,
            read_file=lambda path: self.on_file(),
            choose_file=lambda parent: self.picture,
            **more,  # type: ignore[arg-type]
        )
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        qtbot.addWidget(self.window)
        self.codes: list[str] = []
        self.panel.code.connect(self.codes.append)
        with qtbot.waitActive(self.window):
            pictures.show(self.window, 1150, 345)

    def open(self, number: int) -> FakeCamera:
        if self.broken:
            raise CameraMissingError("The camera is not connected, or another program is using it.")
        self.opened.append(FakeCamera(number))
        return self.opened[-1]

    def unfold(self) -> None:
        self.panel.unfold()
        self.qtbot.waitUntil(lambda: self.jobs.pending == 0)

    def presses(self, button: KeyButton) -> None:
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)

    def turns_on(self) -> None:
        self.presses(self.panel.switch)
        self.qtbot.waitUntil(lambda: self.panel.preview.is_showing)

    def reads(self, *codes: str) -> None:
        self.picture = Path("badge.png")
        self.on_file = lambda: [Reading(code, Symbology.QR) for code in codes]
        self.presses(self.panel.file_button)
        self.qtbot.waitUntil(lambda: self.jobs.pending == 0)

    def says(self) -> str:
        return self.panel.message.text()


@pytest.fixture
def jobs(world: World) -> Iterator[JobRunner]:
    crashes: list[BaseException] = []
    made = JobRunner(world.register.read, world.register.write, crashes.append)
    yield made
    made.close()
    assert not crashes


@pytest.fixture
def corner(qtbot: QtBot, jobs: JobRunner) -> Corner:
    return Corner(qtbot, jobs, TWO)


def test_it_is_folded_away_and_the_camera_off_until_wanted(corner: Corner) -> None:
    assert not corner.panel.isVisible()
    corner.unfold()
    assert corner.panel.isVisible()
    assert (corner.opened, corner.says()) == ([], "The camera is off.")


def test_a_badge_held_up_is_told_once(corner: Corner) -> None:
    corner.unfold()
    corner.badge.readings = [Reading("H194359", Symbology.QR)]
    corner.turns_on()
    corner.qtbot.waitUntil(lambda: corner.codes == ["H194359"])
    corner.badge.readings.append(Reading("H194360", Symbology.QR))
    corner.qtbot.waitUntil(lambda: len(corner.codes) > 1)
    assert corner.codes == ["H194359", "H194360"], "the first one is still held up and no news"
    assert corner.says() == "Read: H194360"
    corner.panel.stop()


def test_turned_off_folded_or_hidden_the_camera_is_given_back(corner: Corner) -> None:
    for end in (corner.panel.switch.click, corner.panel.fold, corner.window.hide, corner.window.close):
        corner.window.show()
        corner.unfold()
        corner.turns_on()
        end()
        assert corner.opened[-1].released.is_set()
        assert not corner.panel.is_on
        assert not corner.panel.preview.is_showing
    assert len(corner.opened) == 4


def test_esc_and_the_cross_fold_it(corner: Corner) -> None:
    folded: list[bool] = []
    corner.panel.folded.connect(lambda: folded.append(True))
    corner.unfold()
    corner.panel.switch.setFocus()
    QTest.keyClick(corner.panel.switch, Qt.Key.Key_Escape)
    assert not corner.panel.isVisible()
    corner.unfold()
    corner.presses(corner.panel.close_button)
    assert not corner.panel.isVisible()
    assert folded == [True, True]


def test_another_camera_can_be_chosen_while_one_runs(corner: Corner) -> None:
    numbers: list[int] = []
    corner.panel.camera_chosen.connect(numbers.append)
    corner.unfold()
    corner.turns_on()
    corner.panel.which.setFocus()
    QTest.keyClick(corner.panel.which, Qt.Key.Key_Down)
    corner.qtbot.waitUntil(lambda: len(corner.opened) == 2)
    assert [camera.number for camera in corner.opened] == [0, 2]
    assert corner.opened[0].released.is_set()
    assert numbers == [2]
    corner.panel.stop()


def test_the_camera_of_this_computer_is_remembered(qtbot: QtBot, jobs: JobRunner) -> None:
    corner = Corner(qtbot, jobs, TWO, preferred=2)
    corner.unfold()
    assert corner.panel.which.value() == 2


def test_a_camera_that_cannot_be_opened_is_a_sentence(corner: Corner) -> None:
    corner.unfold()
    corner.broken = True
    corner.presses(corner.panel.switch)
    corner.qtbot.waitUntil(lambda: not corner.panel.is_on)
    assert corner.says() == "The camera is not connected, or another program is using it."
    assert corner.panel.switch.text() == "Turn the camera on"
    corner.broken = False
    corner.turns_on()
    corner.panel.stop()


def test_without_a_camera_only_the_picture_file_is_left(qtbot: QtBot, jobs: JobRunner) -> None:
    corner = Corner(qtbot, jobs, [])
    corner.unfold()
    panel = corner.panel
    assert [panel.preview.isVisible(), panel.switch.isVisible(), panel.which.isVisible()] == [False] * 3
    assert corner.says().startswith("No camera was found on this computer.")
    corner.reads("H194359")
    assert corner.codes == ["H194359"]
    pictures.save(corner.window, "camera-none")


def test_one_camera_needs_no_choice(qtbot: QtBot, jobs: JobRunner) -> None:
    corner = Corner(qtbot, jobs, TWO[:1])
    corner.unfold()
    assert not corner.panel.which.isVisible()
    corner.turns_on()
    corner.panel.stop()


@pytest.mark.parametrize(
    ("codes", "told", "sentence"),
    [
        (("H1", "H1"), ["H1"], "Read: H1"),
        ((), [], "No code was found on that picture. Take it again, straight and from nearer."),
        (("H1", "H2"), [], "That picture shows 2 different codes. Choose a picture of one badge."),
    ],
)
def test_a_picture_file_is_read(corner: Corner, codes: tuple[str, ...], told: list[str], sentence: str) -> None:
    corner.unfold()
    corner.reads(*codes)
    assert (corner.codes, corner.says()) == (told, sentence)


def test_a_file_that_is_no_picture_is_explained_and_nobody_need_choose_one(corner: Corner) -> None:
    corner.unfold()
    corner.presses(corner.panel.file_button)
    assert corner.says() == "The camera is off."

    def refuse() -> list[Reading]:
        raise FileRefusedError("notes.txt is not a picture we can read. Save it as PNG or JPEG and try again.")

    corner.picture, corner.on_file = Path("notes.txt"), refuse
    corner.presses(corner.panel.file_button)
    corner.qtbot.waitUntil(lambda: corner.jobs.pending == 0)
    assert corner.says() == "notes.txt is not a picture we can read. Save it as PNG or JPEG and try again."


def test_it_looks_right_everywhere(qtbot: QtBot, jobs: JobRunner, every_look: Theme) -> None:
    corner = Corner(qtbot, jobs, TWO)
    corner.unfold()
    word = f"{'dark' if every_look.dark else 'light'}-{every_look.factor}"
    for width, height in ((1150, 345), (850, 300), (392, 440)):
        pictures.show(corner.window, width, height)
        pictures.save(corner.window, f"camera-off-{width}-{word}")
        assert not walkers.text_fits(corner.window)
        assert not walkers.unnamed_controls(corner.window)
        assert not walkers.rich_text_labels(corner.window)
    corner.badge.readings = [Reading("H194359", Symbology.QR)]
    pictures.show(corner.window, 1150, 345)
    corner.turns_on()
    corner.qtbot.waitUntil(lambda: bool(corner.codes))
    pictures.save(corner.window, f"camera-on-{word}")
    corner.panel.stop()
