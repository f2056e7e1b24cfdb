"""The camera as a second scanner: folded away until wanted, and a picture file for where there is none."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QImage, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from visitor_register.errors import RegisterError
from visitor_register.gui import metrics, theme
from visitor_register.gui.camera_thread import CameraThread
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.today.camera_preview import Preview
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.scanning.camera import Camera, CameraChoice, list_cameras, open_camera
from visitor_register.scanning.decoder import Decoder, live_decoder
from visitor_register.scanning.pictures import read_picture
from visitor_register.scanning.reading import Reading

T = TypeVar("T")

_SIDE_BY_SIDE = 640
"""From this width on the picture stands beside the controls."""
_CONTROLS = 400
_OFF = "The camera is off."
_HOLD = "Hold the badge about a hand's width from the camera."
_NO_CAMERA = "No camera was found on this computer. A photograph of the badge can be read from a file."
_NO_CODE = "No code was found on that picture. Take it again, straight and from nearer."


def choose_picture(parent: QWidget) -> Path | None:
    """Ask for a picture file; None when nobody chose one."""
    name, _ = QFileDialog.getOpenFileName(
        parent, "Picture of a badge", "", "Pictures (*.png *.jpg *.jpeg *.bmp *.webp *.tif *.tiff)"
    )
    return Path(name) if name else None


class CameraPanel(Card):
    """Picture, which camera, on and off, and the picture file. It owns the camera's thread and always stops it.

    Signals:
        code: A code that was read. The thread's gate has let it through once per badge held up.
        camera_chosen: The number of the camera somebody chose, to be remembered for this computer.
        folded: It was closed here, by its cross or by Esc.
    """

    code = Signal(str)
    camera_chosen = Signal(int)
    folded = Signal()

    def __init__(
        self,
        jobs: JobRunner,
        *,
        preferred: int | None = None,
        cameras: Callable[[], list[CameraChoice]] = list_cameras,
        open_camera: Callable[[int], Camera] = open_camera,
        open_decoder: Callable[[], Decoder] = live_decoder,
        read_file: Callable[[Path], list[Reading]] = read_picture,
        choose_file: Callable[[QWidget], Path | None] = choose_picture,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Camera", " ", parent=parent)
        self._jobs, self._preferred = jobs, preferred
        self._cameras, self._open_camera, self._open_decoder = cameras, open_camera, open_decoder
        self._read_file, self._choose_file = read_file, choose_file
        self._thread: CameraThread | None = None
        self.preview = Preview()
        self.which = Chooser()
        self.which_field = Field("Camera", self.which, beside=True, label_width=64)
        self.switch = KeyButton("Turn the camera on", icon="camera")
        self.file_button = KeyButton("Read a picture file", icon="file-up")
        self.close_button = KeyButton(icon="x", kind="ghost", name="Close the camera panel")
        self.message = PlainLabel(wrap=True)
        self._lay_out()
        self.which.chosen.connect(self._chosen)
        self.switch.clicked.connect(self._switch)
        self.file_button.clicked.connect(self._ask_for_file)
        self.close_button.clicked.connect(self.fold)
        self.hide()

    @property
    def is_on(self) -> bool:
        """Whether the camera runs."""
        return self._thread is not None

    def unfold(self) -> None:
        """Show the panel. The camera itself stays off until somebody wants it."""
        self.show()

    @Slot()
    def fold(self) -> None:
        """Turn the camera off and put the panel away."""
        self.stop()
        self.hide()
        self.folded.emit()

    @Slot()
    def stop(self) -> None:
        """Turn the camera off; nothing happens when it is off."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.stop()
            thread.deleteLater()
        self.preview.show_image(None)
        self.switch.setText("Turn the camera on")

    def showEvent(self, event: QShowEvent) -> None:
        """Look which cameras there are, each time somebody opens the panel: one may have been plugged in."""
        super().showEvent(event)
        if not event.spontaneous():
            self._show_cameras([])
            self._say("Looking for a camera ...")
            look: Callable[[Session], list[CameraChoice]] = partial(_without_session, self._cameras)
            self._jobs.read(look, self._found, self._explain)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: the camera's light goes off."""
        self.stop()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The same when the window closes."""
        self.stop()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc folds it."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.fold()
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the controls alone: beside each other is a choice, not a need."""
        least = super().minimumSizeHint()
        return QSize(self._controls.minimumSizeHint().width() + 2 * metrics.CARD_MARGIN + 2, least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Picture beside the controls where there is room, else above them."""
        super().resizeEvent(event)
        look = theme.current()
        beside = self.width() >= look.px(_SIDE_BY_SIDE)
        self._controls.setMaximumWidth(look.px(_CONTROLS) if beside else self.width())
        self._parts.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _lay_out(self) -> None:
        self.head.addWidget(self.close_button)
        self._controls = QWidget()
        controls = QVBoxLayout(self._controls)
        controls.setContentsMargins(0, 0, 0, 0)
        controls.setSpacing(metrics.FIELD_GAP)
        for widget in (self.which_field, self.switch, self.file_button):
            controls.addWidget(widget)
        controls.addStretch(1)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._parts.setSpacing(metrics.CARD_GAP)
        self._parts.addWidget(self.preview, 3)
        self._parts.addWidget(self._controls, 2)
        self._parts.addStretch(0)
        self.body.addLayout(self._parts, 1)
        self.body.addWidget(self.message)

    def _found(self, cameras: list[CameraChoice]) -> None:
        self._show_cameras(cameras)
        self._say(_OFF if cameras else _NO_CAMERA)

    def _show_cameras(self, cameras: list[CameraChoice]) -> None:
        """Without a camera only the picture file is left."""
        self.which.set_options([(camera.name, camera.number) for camera in cameras])
        numbers = [camera.number for camera in cameras]
        self.which.set_value(self._preferred if self._preferred in numbers else next(iter(numbers), None))
        self.which_field.setVisible(len(cameras) > 1)
        for widget in (self.preview, self.switch):
            widget.setVisible(bool(cameras))

    @Slot(object)
    def _chosen(self, number: int) -> None:
        self._preferred = number
        self.camera_chosen.emit(number)
        if self.is_on:
            self.stop()
            self._start()

    @Slot()
    def _switch(self) -> None:
        if self.is_on:
            self.stop()
            self._say(_OFF)
        else:
            self._start()

    def _start(self) -> None:
        number = self.which.value()
        if number is None:
            return
        thread = CameraThread(partial(self._open_camera, number), self._open_decoder, parent=self)
        thread.frame.connect(self._frame)
        thread.code.connect(self._code)
        thread.failed.connect(self._failed)
        self._thread = thread
        self.switch.setText("Turn the camera off")
        self._say(_HOLD)
        thread.start()

    @Slot(QImage)
    def _frame(self, image: QImage) -> None:
        # What a thread sent before it was stopped may still arrive.
        if self.is_on and self.sender() is self._thread:
            self.preview.show_image(image)

    @Slot(str, str)
    def _code(self, text: str, _symbology: str) -> None:
        if self.is_on and self.sender() is self._thread:
            self._say(f"Read: {text}")
            self.code.emit(text)

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        if self.is_on and self.sender() is self._thread:
            self.stop()
            self._say(sentence)

    @Slot()
    def _ask_for_file(self) -> None:
        path = self._choose_file(self)
        if path is None:
            return
        self._say("Reading the picture ...")
        job: Callable[[Session], list[Reading]] = partial(_without_session, partial(self._read_file, path))
        self._jobs.read(job, self._read, self._explain)

    def _read(self, readings: list[Reading]) -> None:
        texts = list(dict.fromkeys(reading.text for reading in readings))
        if len(texts) == 1:
            self._say(f"Read: {texts[0]}")
            self.code.emit(texts[0])
        elif texts:
            self._say(f"That picture shows {len(texts)} different codes. Choose a picture of one badge.")
        else:
            self._say(_NO_CODE)

    def _explain(self, error: RegisterError) -> None:
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.message.setText(sentence)
        announce(self, sentence)


def _without_session(job: Callable[[], T], _session: Session) -> T:
    """The background reader, for work that needs no register."""
    return job()
