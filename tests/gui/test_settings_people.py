"""People, My sign-in and Keys: what is asked before access changes, and that no password stays on a screen."""

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from tests.factories import PASSWORD
from tests.gui.settings_screen import Office, office, reception
from visitor_register.domain.people import Operator, Role
from visitor_register.gui.settings.keys_section import KeysSection
from visitor_register.gui.settings.people_section import PeopleSection
from visitor_register.gui.settings.sign_in_section import SignInSection
from visitor_register.services import members

__all__ = ["office", "reception"]

OTHER = "four other plain words"
PIN = "582014"
NAME = "Omar Bello"


class Heard(QObject):
    """What the desk was told about access."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.access: list[UUID] = []
        self.pins: list[tuple[UUID, bytes | None]] = []
        office.desk.access_changed.connect(self.hear)
        office.desk.pin_changed.connect(self.hear_pin)

    def hear(self, who: UUID) -> None:
        self.access.append(who)

    def hear_pin(self, who: UUID, held: bytes | None) -> None:
        self.pins.append((who, held))


class Paper:
    """A printer and a save dialog that answer themselves."""

    def __init__(self, path: Path | None = None) -> None:
        self.printed: list[str] = []
        self._path = path

    def ask_file(self, parent: QWidget) -> Path | None:
        return self._path

    def print_text(self, parent: QWidget, text: str) -> bool:
        self.printed.append(text)
        return True


def people_of(office: Office) -> PeopleSection:
    section = office.opens("people")
    assert isinstance(section, PeopleSection)
    return section


def keys_of(office: Office) -> KeysSection:
    section = office.opens("keys")
    assert isinstance(section, KeysSection)
    return section


def adds(office: Office, name: str = NAME, role: Role = Role.OFFICE) -> Operator:
    section = people_of(office)
    for field, text in {"name": name, "password": OTHER, "again": OTHER, "own": PASSWORD}.items():
        office.types(field, text)
    section.controls["role"].set_value(role.value)  # type: ignore[attr-defined]
    office.saves(f"{name} can sign in now.")
    return next(who for who in office.register.keyring.people() if who.name == name)


def listed(office: Office) -> dict[str, members.Member]:
    with office.register.read() as session:
        return {one.name: one for one in members.members(session, office.register.keyring)}


def nothing_secret_stays(section: QWidget) -> bool:
    lines = [line for line in section.findChildren(QLineEdit) if line.echoMode() is QLineEdit.EchoMode.Password]
    return bool(lines) and not any(line.text() for line in lines)


def test_somebody_is_added_with_ones_own_password(office: Office) -> None:
    heard = Heard(office)
    section = people_of(office)
    assert [row.title for row in section.list.rows] == ["Nadia Shah", "Joan Mensah"]
    assert section.list.rows[0].pill is not None
    assert section.list.rows[0].pill.text == "You"
    for field, text in {"name": NAME, "password": OTHER, "again": OTHER}.items():
        office.types(field, text)
    section.controls["role"].set_value("office")  # type: ignore[attr-defined]
    office.is_refused("own", "Type your own password")
    office.types("own", "not this one")
    office.is_refused("own", "That is not your password")
    office.types("own", PASSWORD)
    office.saves(f"{NAME} can sign in now.")
    added = listed(office)[NAME]
    assert added.may_sign_in
    assert heard.access == [added.id]
    assert nothing_secret_stays(section)


def test_a_name_that_is_taken_is_said_at_the_name(office: Office) -> None:
    section = people_of(office)
    for field, text in {"name": "joan mensah", "password": OTHER, "again": OTHER, "own": PASSWORD}.items():
        office.types(field, text)
    section.controls["role"].set_value("office")  # type: ignore[attr-defined]
    office.is_refused("name", "on the list already")


def test_another_role_and_a_new_password(office: Office) -> None:
    heard = Heard(office)
    section = people_of(office)
    office.acts(office.world.reception.id)
    assert section.form_title.text() == "Another role or a new password for Joan Mensah"
    section.controls["role"].set_value("head")  # type: ignore[attr-defined]
    office.is_refused("password", "at least 8 characters")
    for field, text in {"password": OTHER, "again": OTHER, "own": PASSWORD}.items():
        office.types(field, text)
    office.saves("Joan Mensah signs in with the new password from now on.")
    assert listed(office)["Joan Mensah"].role is Role.HEAD
    assert office.register.keyring.open(office.world.reception.id, OTHER).dsl is not None
    assert heard.access == [office.world.reception.id]


def test_somebody_is_removed_and_a_change_of_keys_is_offered_with_the_reason(office: Office) -> None:
    leaver = adds(office)
    heard = Heard(office)
    section = people_of(office)
    office.acts(leaver.id)
    office.presses(section.remove)
    question = section.remove_question
    assert question.words.text() == f"Remove {NAME}? Their password opens this register no more."
    QTest.keyClicks(question.reason, "left the school")
    office.presses(question.yes)
    assert "Type your own password" in question.own_field.error()
    QTest.keyClicks(question.own, "wrong password")
    office.presses(question.yes)
    office.qtbot.waitUntil(lambda: "That is not your password" in question.own_field.error())
    assert NAME in listed(office)
    question.own.clear()
    QTest.keyClicks(question.own, PASSWORD)
    office.presses(question.yes)
    office.qtbot.waitUntil(section.after.isVisible)
    office.settles()
    assert NAME not in listed(office)
    assert heard.access == [leaver.id]
    assert not question.isVisible()
    assert "may have a copy of the register's files" in section.after_words.text()
    assert nothing_secret_stays(section)
    office.presses(section.change_keys)
    keys = office.view.current
    assert isinstance(keys, KeysSection)
    assert keys.own.hasFocus()


def test_the_last_who_holds_all_keys_cannot_remove_themselves(office: Office) -> None:
    section = people_of(office)
    office.acts(office.world.dsl.id)
    QTest.keyClicks(section.remove_question.own, PASSWORD)
    office.presses(section.remove_question.yes)
    office.qtbot.waitUntil(lambda: any("Nobody else could open" in said.text for said in office.ear.said))
    assert "Nadia Shah" in listed(office)


def test_ones_own_password_and_pin(reception: Office) -> None:
    office, heard, ring, me = reception, Heard(reception), reception.register.keyring, reception.world.reception
    assert {"people", "keys"}.isdisjoint(office.presenter.sections())
    section = office.opens("sign_in")
    assert isinstance(section, SignInSection)
    assert section.pin_title.text() == "PIN: none"
    assert not section.take_off.isVisible()
    for field, text in {"old": "wrong password", "new": OTHER, "again": OTHER}.items():
        office.types(field, text)
    office.is_refused("old", "That is not your password")
    office.types("old", PASSWORD)
    office.saves("Your new password counts from now on.")
    assert ring.open(me.id, OTHER).desk
    assert heard.access == [me.id]
    for pin, again, own, field, words in (
        ("12", "12", OTHER, "pin", "six digits"),
        ("123456", "123456", OTHER, "pin", "first that anybody would try"),
        (PIN, PIN[::-1], OTHER, "pin_again", "not the same"),
        (PIN, PIN, "", "pin_own", "Type your own password"),
    ):
        for name, text in {"pin": pin, "pin_again": again, "pin_own": own}.items():
            office.types(name, text)
        office.presses(section.set_pin)
        office.settles()
        assert words in section.fields[field].error()
    office.types("pin_own", OTHER)
    QTest.keyClick(section.pin_own, Qt.Key.Key_Return)
    office.qtbot.waitUntil(lambda: section.pin_title.text() == "PIN: set")
    assert heard.pins[-1][0] == me.id
    assert heard.pins[-1][1] == ring.open(me.id, OTHER).pin is not None
    assert nothing_secret_stays(section)
    office.types("pin_own", OTHER)
    office.presses(section.take_off)
    office.qtbot.waitUntil(lambda: section.pin_title.text() == "PIN: none")
    assert heard.pins[-1] == (me.id, None)


def test_a_new_recovery_code_counts_only_after_it_was_typed_back(office: Office, tmp_path: Path) -> None:
    section, ring = keys_of(office), office.register.keyring
    paper = Paper(office.register.folder / "code.txt")
    section.paper = paper
    office.presses(section.make)
    code = section.code.text()
    office.presses(section.print)
    assert code in paper.printed[0]
    assert "Elmbrook" in paper.printed[0]
    office.presses(section.save_file)
    assert "Not in the register's own folder" in section.kept.text()
    section.paper = Paper(tmp_path / "stick.txt")
    office.presses(section.save_file)
    assert code in (tmp_path / "stick.txt").read_text(encoding="utf-8")
    office.types("back", code[:-1])
    office.types("code_own", PASSWORD)
    office.presses(section.use)
    assert "That is not the code on the paper" in section.fields["back"].error()
    assert ring.recover(office.world.recovery_code).dsl is not None
    office.types("back", code.lower().replace(" ", ""))
    QTest.keyClick(section.code_own, Qt.Key.Key_Return)
    office.qtbot.waitUntil(lambda: not section.box.isVisible())
    office.settles()
    assert ring.recover(code).dsl is not None
    with pytest.raises(Exception, match="not right"):
        ring.recover(office.world.recovery_code)
    assert section.code.text() == ""
    assert section.controls["back"].text() == ""  # type: ignore[attr-defined]
    assert nothing_secret_stays(section)


def test_the_keys_are_changed_with_progress_and_a_result(office: Office) -> None:
    heard, section, register = Heard(office), keys_of(office), office.register
    assert "DSL's file and notes for the DSL, with references of children: Nadia Shah." in section.holders.text()
    assert not section.note.isVisible()
    before = register.keyring.open(office.world.dsl.id, PASSWORD)
    office.presses(section.change_keys)
    assert "Type your own password" in section.fields["own"].error()
    office.types("own", "wrong password")
    office.presses(section.change_keys)
    office.qtbot.waitUntil(lambda: "That is not your password" in section.fields["own"].error())
    office.types("own", PASSWORD)
    QTest.keyClick(section.own, Qt.Key.Key_Return)
    office.qtbot.waitUntil(lambda: section.progress.text().startswith("Done."))
    office.settles()
    after = register.keyring.open(office.world.dsl.id, PASSWORD)
    assert before.desk != after.desk
    assert register.keys == after
    assert set(heard.access) == {who.id for who in register.keyring.people()}
    assert nothing_secret_stays(section)
    office.reopens()


def test_nothing_secret_stays_for_the_next_person_at_the_desk(office: Office) -> None:
    section = keys_of(office)
    office.presses(section.make)
    office.types("own", PASSWORD)
    people_section = people_of(office)
    office.types("own", PASSWORD)
    office.desk.hand_over(office.world.reception, None)
    office.settles()
    assert section.code.text() == ""
    assert nothing_secret_stays(section)
    assert nothing_secret_stays(people_section)
