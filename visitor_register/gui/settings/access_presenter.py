"""Changes who may sign in, one's own password and PIN, the recovery code and the keys."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.errors import RegisterError, WrongPasswordError
from visitor_register.gui.settings import entries
from visitor_register.gui.settings.forms import FieldError, Form, wanted
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.persistence.passwords import new_recovery_code, plain_code
from visitor_register.services import key_change, people
from visitor_register.services.members import Member

STEPS = {
    "begun": "The new keys are on the keyring.",
    "dsl copied": "The DSL's file is copied.",
    "dsl replaced": "The DSL's file has its new key.",
    "desk copied": "The desk's file is copied.",
    "desk replaced": "The desk's file has its new key.",
}
"""What is said of a change of keys while it is done."""


class AccessPresenter(QObject):
    """Each section that changes access has one. Refusals go to the field they are about.

    Signals:
        removed: Somebody was taken off the list (the name).
        code_kept: The new recovery code opens the register now.
        progress: How far the change of keys is; empty when nothing is being done.
        keys_changed: Both files have new keys.
    """

    removed = Signal(str)
    code_kept = Signal()
    progress = Signal(str)
    keys_changed = Signal()
    _stepped = Signal(str)

    def __init__(self, settings: SettingsPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._desk = settings, settings.desk
        self._stepped.connect(self._show_step, Qt.ConnectionType.QueuedConnection)

    def add(self, form: Form) -> None:
        """Let somebody sign in."""
        added = self._read("people", entries.person, form)
        if added is not None:
            job = partial(people.add, added=added, password=form["password"], own_password=form["own"], cost=self._cost)
            done = partial(self._changed, added.id, f"{added.name} can sign in now.")
            self._write("people", job, done, taken="name")

    def change(self, member: Member, form: Form) -> None:
        """Give somebody another role or a new password."""
        said = self._read("people", _change_of, form)
        if said is not None:
            role, password, own = said
            job = partial(
                people.change_role_or_password,
                changed=member.id,
                role=role,
                password=password,
                own_password=own,
                cost=self._cost,
            )
            done = partial(self._changed, member.id, f"{member.name} signs in with the new password from now on.")
            self._write("people", job, done, taken="role")

    def remove(self, member: Member, reason: str, own: str) -> None:
        """Take somebody off the list."""
        if self._read("people", partial(entries.own_password, field="remove_own"), {"remove_own": own}) is not None:
            job = partial(people.remove, removed=member.id, reason=reason, own_password=own)
            self._write("people", job, partial(self._removed, member), own="remove_own")

    def change_own_password(self, form: Form) -> None:
        """Set one's own password."""
        new = self._read("sign_in", _own_new_password, form)
        if new is not None:
            job = partial(people.change_own_password, old=form["old"], new=new, cost=self._cost)
            who = self._settings.operator.id
            self._write("sign_in", job, partial(self._changed, who, "Your new password counts from now on."), own="old")

    def set_pin(self, form: Form) -> None:
        """Set one's own PIN."""
        pin = self._read("sign_in", _pin, form)
        if pin is not None:
            self._keep_pin(pin, form["pin_own"], "Your PIN is set.")

    def take_pin_off(self, form: Form) -> None:
        """Take one's own PIN off."""
        own = self._read("sign_in", partial(entries.own_password, field="pin_own"), form)
        if own is not None:
            self._keep_pin(None, own, "Your PIN is off. Only your password unlocks the program.")

    def make_code(self) -> str:
        """A new recovery code, which is kept nowhere; the old one counts until this one was typed back."""
        return new_recovery_code()

    def keep_code(self, code: str, form: Form) -> None:
        """Let the new code open the register, if it was typed back as it is."""
        typed = self._read("keys", partial(_typed_back, code), form)
        if typed is not None:
            job = partial(people.keep_recovery_code, code=typed, own_password=form["code_own"], cost=self._cost)
            self._write("keys", job, self._code_kept, own="code_own")

    def change_keys(self, form: Form) -> None:
        """Write both files anew under new keys."""
        own = self._read("keys", entries.own_password, form)
        if own is None:
            return
        self.progress.emit("The keys are being changed. Signing in waits for a moment.")
        job = partial(
            _change_keys, self._settings, own, self._stepped.emit, by=self._settings.operator, at=self._desk.now()
        )
        self._desk.jobs.write(job, self._keys_changed, partial(self._failed, "keys", "own", ""))

    @property
    def _cost(self) -> Any:
        return self._settings.cost

    def _keep_pin(self, pin: str | None, own: str, words: str) -> None:
        job = partial(people.set_own_pin, password=own, pin=pin)
        self._write(
            "sign_in", job, partial(self._pin_changed, self._settings.operator.id, words), own="pin_own", taken="pin"
        )

    def _read(self, section: str, read: Callable[[Form], Any], form: Form) -> Any:
        try:
            return read(form)
        except FieldError as error:
            self._settings.refused.emit(section, error.field, str(error))
            return None

    def _write(
        self,
        section: str,
        job: Callable[..., Any],
        done: Callable[[str, Any], None],
        *,
        own: str = "own",
        taken: str = "",
    ) -> None:
        """Write something; a wrong password is said at the field `own`, what else is wrong at `taken`."""
        write = partial(job, keyring=self._settings.register.keyring, by=self._settings.operator, at=self._desk.now())
        self._desk.jobs.write(write, partial(done, section), partial(self._failed, section, own, taken))

    def _failed(self, section: str, own: str, taken: str, error: RegisterError) -> None:
        self.progress.emit("")
        if isinstance(error, WrongPasswordError):
            self._settings.refused.emit(section, own, "That is not your password. Type it again.")
        elif taken and type(error) is RegisterError:
            self._settings.refused.emit(section, taken, str(error))
        else:
            self._desk.explain(error)
            # A removal that was not saved has taken the way in all the same.
            self._settings.load()

    def _changed(self, who: UUID, words: str, section: str, _nothing: object) -> None:
        self._settings.saved.emit(section)
        self._desk.done(words)
        self._desk.access_changed.emit(who)

    def _removed(self, member: Member, section: str, _nothing: object) -> None:
        self.removed.emit(member.name)
        self._changed(member.id, f"{member.name} can no longer sign in.", section, None)

    def _pin_changed(self, who: UUID, words: str, section: str, held: bytes | None) -> None:
        self._settings.saved.emit(section)
        self._desk.done(words)
        self._desk.pin_changed.emit(who, held)

    def _code_kept(self, section: str, _nothing: object) -> None:
        self.code_kept.emit()
        self._settings.saved.emit(section)
        self._desk.done("The new recovery code counts from now on. Destroy the old paper.")

    def _keys_changed(self, _nothing: object) -> None:
        self.progress.emit("")
        self.keys_changed.emit()
        self._settings.saved.emit("keys")
        self._desk.done("The keys are changed. Everybody's password stays as it is.")
        for who in self._settings.register.keyring.people():
            self._desk.access_changed.emit(who.id)

    @Slot(str)
    def _show_step(self, done: str) -> None:
        if done in STEPS:
            self.progress.emit(STEPS[done])


def _change_of(form: Form) -> Any:
    return entries.role(form), entries.new_password(form, "password", "again"), entries.own_password(form)


def _own_new_password(form: Form) -> str:
    if not form["old"]:
        raise FieldError("old", "Type the password you use now.")
    return entries.new_password(form, "new", "again")


def _pin(form: Form) -> str:
    pin = wanted(form, "pin", "Type six digits.")
    if pin != form["pin_again"].strip():
        raise FieldError("pin_again", "The two PINs are not the same. Type it again.")
    entries.own_password(form, "pin_own")
    return pin


def _typed_back(code: str, form: Form) -> str:
    typed = wanted(form, "back", "Type the code from your paper. Spaces and small letters do not matter.")
    if plain_code(typed) != plain_code(code):
        raise FieldError(
            "back", "That is not the code on the paper. Codes have no I, L, O, Q or U: look for 1, 0 or V."
        )
    entries.own_password(form, "code_own")
    return typed


def _change_keys(
    settings: SettingsPresenter, own: str, step: Callable[[str], None], _session: Session, **said: Any
) -> None:
    key_change.change(settings.register, own_password=own, step=step, **said)
