"""Contacts in the window: who has it in the rail, how many are overdue, and what is left of it for the next person."""

from datetime import date
from functools import partial
from typing import Any

from tests.factories import create_worker
from tests.gui import pictures
from tests.gui.walkers import primary_buttons, text_fits, unnamed_controls
from tests.stories.desk import DeskPage
from visitor_register.domain.contacts import AllocationKnown
from visitor_register.domain.people import Role
from visitor_register.gui.main_window import SEES
from visitor_register.services import contacts


def test_the_dsl_sees_what_is_overdue_from_any_screen_and_nobody_else_does(desk: DeskPage) -> None:
    world, window, rail = desk.world, desk.session.window, desk.session.window.rail
    worker, told = create_worker(world), AllocationKnown.TOLD_BY_LA
    assert {role for role, sees in SEES.items() if "contacts" in sees} == {Role.DSL, Role.HEAD}
    desk.press("Ctrl+4")
    assert window.current == "today"
    desk.become(world.dsl)
    assert rail.button("contacts").count == 0
    for day in (2, 20):
        job = partial(
            contacts.allocate, worker=worker, child_reference=f"C-04{day}", on=date(2026, 11, day), known=told
        )
        assert desk.session.desk.dsl_jobs is not None
        desk.session.desk.dsl_jobs.write(partial(job, by=world.dsl, at=world.clock()))
    desk.settle()
    assert (rail.button("contacts").count, rail.button("contacts").accessibleName()) == (1, "Contacts, 1")
    desk.press("Ctrl+4")
    view: Any = window.screen_named("contacts")
    assert [row.cells[0].pill.text for row in view.table.rows] == ["Overdue", "Running"]
    assert view.panel.told.title == "Leila Haddad: first contact after allocation"
    pictures.save(window, "contacts-window")
    assert text_fits(window) == []
    assert unnamed_controls(window) == []
    assert len(primary_buttons(window)) == 1
    desk.press("F1")
    assert window.covered_by is desk.session.help.guide
    desk.press("Esc")
    desk.become(world.reception)
    assert window.current == "today"
    assert (view.table.rows, view.panel.told) == ((), None)
