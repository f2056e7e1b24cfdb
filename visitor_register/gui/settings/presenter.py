"""Settings: which sections a role sees, what stands in them, and the saving of each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.domain.policy import Policy, Sounds, Telling
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.settings import entries, telling_form
from visitor_register.gui.settings.forms import CODECS, FieldError, Form
from visitor_register.gui.settings.machine import ThisPc
from visitor_register.gui.settings.sections import SECTIONS
from visitor_register.gui.settings.snapshot import Snapshot, read_snapshot
from visitor_register.persistence.keyring import PasswordCost
from visitor_register.persistence.register import Register
from visitor_register.scanning.camera import CameraChoice, list_cameras
from visitor_register.services import assurance, chart_trust, policy, telling


class SettingsPresenter(QObject):
    """Reads the settings, checks what was typed and writes it.

    Attributes:
        snapshot: What was read last; None before that.

    Signals:
        sections_changed: The keys of the sections this role sees; what was typed before is dropped.
        loaded: A `Snapshot` to show.
        refused: Section, field, and the sentence for it.
        saved: The section that was saved.
        cameras_found: The cameras of this PC.
    """

    sections_changed = Signal(object)
    loaded = Signal(object)
    refused = Signal(str, str, str)
    saved = Signal(str)
    cameras_found = Signal(object)

    def __init__(
        self,
        desk: Desk,
        pc: ThisPc,
        register: Register,
        *,
        find_cameras: Callable[[], list[CameraChoice]] = list_cameras,
        cost: PasswordCost | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self.pc, self.register = desk, pc, register
        self._find_cameras, self.cost = find_cameras, cost or PasswordCost()
        self._policy, self._following = Policy(), False
        self.snapshot: Snapshot | None = None
        desk.operator_changed.connect(self._operator_changed)

    @property
    def desk(self) -> Desk:
        """The desk in use, for a section that has work of its own."""
        return self._desk

    @property
    def operator(self) -> Operator:
        """Who is at the desk."""
        return self._desk.operator

    def sections(self) -> list[str]:
        """The sections this role sees, in their order."""
        return [key for key, (_, roles) in SECTIONS.items() if self.operator.role in roles]

    def follow(self, following: bool) -> None:
        """Read now and after every change while the screen is seen."""
        if following and not self._following:
            self._desk.jobs.changed.connect(self.load)
            self.load()
        elif not following and self._following:
            self._desk.jobs.changed.disconnect(self.load)
        self._following = following

    @Slot()
    def load(self) -> None:
        """Read everything again."""
        today = calendar.to_london(self._desk.now()).date()
        self._desk.jobs.read(partial(read_snapshot, self.register.keyring, today), self._show)

    @Slot()
    def look_for_cameras(self) -> None:
        """List the cameras; it may take some seconds."""
        self._desk.jobs.read(partial(_cameras, self._find_cameras), self.cameras_found.emit)

    def save(self, section: str, form: Form) -> None:
        """Save one of the school's own sections."""
        try:
            values = CODECS[section].from_form(form, self._policy)
        except FieldError as error:
            self.refused.emit(section, error.field, str(error))
            return
        self._change(section, values, f"{SECTIONS[section][0]}: saved.")

    def keep(
        self, section: str, read: Callable[[Form], object], form: Form, words: str, *, applies_from: date | None = None
    ) -> None:
        """Save one value of the school's, made of a form, from a day on; `words` say it in the notice bar."""
        value = self._read(section, read, form)
        if value is not None:
            job = partial(policy.change, value=value, applies_from=applies_from)
            self._write(section, job, words)

    def explain(self, error: RegisterError) -> None:
        """Show an error that a person can understand."""
        self._desk.explain(error)

    def read_telling(self, form: Form) -> Telling | None:
        """How arrivals are told, as the form says; None when a field was refused."""
        kept = self.snapshot is not None and self.snapshot.mail_password
        read = partial(telling_form.read, now=self._policy.telling, password_kept=kept)
        said: Telling | None = self._read("telling", read, form)
        return said

    def kept_password(self, done: Callable[[str], None]) -> None:
        """Read the mail server's password of this PC, for trying it."""
        self._desk.jobs.read(telling.password, done)

    def save_telling(self, form: Form) -> None:
        """Save how arrivals are told. The password goes into this PC's register and nowhere else."""
        said = self.read_telling(form)
        if said is not None:
            password = "" if not said.user else form["password"] or None
            self._write("telling", partial(telling.set_up, said=said, password=password), "Told on arrival: saved.")

    def save_number(self, form: Form, of: UUID | None) -> None:
        """Write down or confirm a published number."""
        said = self._read("numbers", entries.number, form)
        if said is not None:
            words = f"{said.body}: number {'saved' if of else 'added'}."
            self._write("numbers", partial(assurance.publish_number, number=said, of=of), words)

    def withdraw_number(self, number: UUID, reason: str) -> None:
        """Take a number off the list."""
        job = partial(assurance.withdraw_number, number=number, reason=reason.strip())
        self._write("numbers", job, "The number was taken off the list.")

    def file_letter(self, form: Form) -> None:
        """Note a letter of assurance."""
        said = self._read("letters", entries.letter, form)
        if said is not None:
            self._write("letters", partial(assurance.file_letter, filed=said), f"Letter of {said.authority} noted.")

    def replace_letter(self, letter: UUID) -> None:
        """Take a letter out of use."""
        job = partial(assurance.replace_letter, replaced=letter)
        self._write("letters", job, "The letter is out of use. It stays on record.")

    def withdraw_key(self, key: UUID, reason: str) -> None:
        """Take no more charts signed with a council's key."""
        job = partial(chart_trust.withdraw, pinned=key, reason=reason)
        self._write("charts", job, "Charts signed with this key are no longer taken.")

    def save_pc(self, section: str, words: str, *, sounds: bool | None = None, **changes: Any) -> None:
        """Save settings of this PC; `sounds` is the school's and None where the role may not change it."""
        try:
            self.pc.save(replace(self.pc.machine, **changes))
        except RegisterError as error:
            self._desk.explain(error)
            return
        if sounds is not None and sounds != self._policy.sounds.on:
            self._change(section, [Sounds(sounds)], words)
            return
        self.saved.emit(section)
        self._desk.tell(words)

    def leads(self) -> bool:
        """Whether this role changes what the others only read."""
        return self.operator.role in SEES_CHILDREN

    def remind(self, sections: list[str]) -> None:
        """Somebody left Settings with something unsaved in it."""
        names = ", ".join(SECTIONS[key][0] for key in sections)
        self._desk.said.emit(Notice("check", f"Not saved yet in Settings: {names}. What you typed is still there."))

    def _read(self, section: str, read: Callable[[Form], Any], form: Form) -> Any:
        try:
            return read(form)
        except FieldError as error:
            self.refused.emit(section, error.field, str(error))
            return None

    def _change(self, section: str, values: list[object], words: str) -> None:
        now = self._policy
        known = {type(old): old for old in (getattr(now, name) for name in now.__dataclass_fields__)}
        fresh = [value for value in values if known[type(value)] != value]
        self._write(section, partial(_change_all, values=fresh), words)

    def _write(self, section: str, job: Callable[..., Any], words: str) -> None:
        self._desk.jobs.write(
            partial(job, by=self.operator, at=self._desk.now()),
            partial(self._saved, section, words),
            partial(self._failed, section),
        )

    def _saved(self, section: str, words: str, _value: object) -> None:
        self.saved.emit(section)
        self._desk.done(words)

    def _failed(self, section: str, error: RegisterError) -> None:
        if isinstance(error, FieldError):
            self.refused.emit(section, error.field, str(error))
        else:
            self._desk.explain(error)

    def _show(self, snapshot: Snapshot) -> None:
        self._policy, self.snapshot = snapshot.policy, snapshot
        self.loaded.emit(snapshot)

    @Slot(object)
    def _operator_changed(self, _operator: Operator) -> None:
        self.sections_changed.emit(self.sections())
        self.load()


def _change_all(session: Session, values: list[object], **said: Any) -> None:
    for value in values:
        policy.change(session, value, **said)


def _cameras(find: Callable[[], list[CameraChoice]], _session: Session) -> list[CameraChoice]:
    return find()
