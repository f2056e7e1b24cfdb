"""The section of this PC: look, text size, camera and printers. It belongs to the machine, not to the school."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QCheckBox

from visitor_register.gui import theme
from visitor_register.gui.prints.pass_label import LabelSize
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import Section
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.scanning.camera import CameraChoice
from visitor_register.settings import A4_SHEET

_NO_CAMERA = "-1"
_LABELS = [*((f"{size} mm", size.value) for size in LabelSize), ("A4 sheet", A4_SHEET)]


def printer_names() -> list[str]:
    """The printers this PC knows."""
    return list(QPrinterInfo.availablePrinterNames())


class PcSection(Section):
    """Look, camera, printers, and where the register lies."""

    def __init__(self, presenter: SettingsPresenter, *, printers: Callable[[], list[str]]) -> None:
        super().__init__(presenter, "pc", "This PC", "What belongs to this PC alone, whoever signs in to it.")
        schemes = [("As the system", "system"), ("Light", "light"), ("Dark", "dark")]
        sizes = [(f"{round(factor * 100)} %", str(round(factor * 100))) for factor in theme.TEXT_SIZES]
        self.add_row(
            self.field("theme", "Colours", Chooser(schemes)), self.field("text_size", "Text size", Chooser(sizes))
        )
        self.camera = Chooser([("No camera", _NO_CAMERA)])
        self.content.addWidget(self.field("camera", "Camera", self.camera))
        names = [(name, name) for name in printers()]
        self.add_row(
            self.field("label_printer", "Printer for passes", Chooser(names, editable=True, placeholder="None")),
            self.field("label_size", "Size of passes", Chooser(_LABELS)),
        )
        self.content.addWidget(PlainLabel("With a printer for passes, one is printed at every sign-in.", t="cap"))
        self.content.addWidget(
            self.field("fire_printer", "Printer for the fire list", Chooser(names, editable=True, placeholder="None"))
        )
        self.sounds = QCheckBox("A sound with every verdict")
        self.watch("sounds", self.sounds)
        self.for_all = PlainLabel("Sounds are set for the whole school.", t="cap", wrap=True)
        self.content.addWidget(self.sounds)
        self.content.addWidget(self.for_all)
        folder = line_edit(str(presenter.pc.folder), longest=4000)
        folder.setReadOnly(True)
        folder.setCursorPosition(0)
        self.folder = self.field("folder", "The register lies in", folder)
        self.content.addWidget(self.folder)
        self.content.addStretch(1)
        presenter.cameras_found.connect(self._offer_cameras)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """What is set on this PC."""
        machine = self.presenter.pc.machine
        for widget in (self.sounds, self.for_all):
            widget.setVisible(self.presenter.leads())
        if self.camera.findData(str(machine.camera)) < 0:
            self.camera.add_option(f"Camera {machine.camera + 1}", str(machine.camera))
        return {
            "theme": machine.theme,
            "text_size": str(machine.text_size),
            "camera": str(machine.camera),
            "label_printer": machine.label_printer,
            "label_size": machine.label_size,
            "fire_printer": machine.fire_printer,
            "sounds": "on" if snapshot.policy.sounds.on else "",
        }

    def showEvent(self, event: QShowEvent) -> None:
        """Look which cameras there are now."""
        super().showEvent(event)
        self.presenter.look_for_cameras()

    @Slot()
    def save(self) -> None:
        """Save, and show it at once."""
        form = self.form()
        self.presenter.save_pc(
            self.key,
            "This PC: saved.",
            sounds=form["sounds"] == "on" if self.presenter.leads() else None,
            theme=form["theme"],
            text_size=int(form["text_size"]),
            camera=int(form["camera"]),
            label_printer=form["label_printer"],
            label_size=form["label_size"],
            fire_printer=form["fire_printer"],
        )

    @Slot(object)
    def _offer_cameras(self, cameras: Sequence[CameraChoice]) -> None:
        now = self.presenter.pc.machine.camera
        offered = [("No camera", _NO_CAMERA), *((camera.name, str(camera.number)) for camera in cameras)]
        if str(now) not in [value for _, value in offered]:
            offered.append((f"Camera {now + 1}, not connected", str(now)))
        self.camera.set_options(offered)
