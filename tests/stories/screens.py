"""A walk through every screen of the program and every state of Today, with somebody in each list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex
from PySide6.QtWidgets import QAbstractItemView

from tests.factories import World, create_leaver, create_visit, create_worker
from tests.stories.desk import DeskPage
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.assurance import Basis, Compared
from visitor_register.domain.people import PersonKind
from visitor_register.domain.verification import Supervision, Verdict, Way
from visitor_register.domain.visits import Visit
from visitor_register.gui.guide.pages import SCREENS
from visitor_register.gui.settings.presenter import SECTIONS
from visitor_register.services import arrivals, bookings, drafts
from visitor_register.services.bookings import BookingForm
from visitor_register.services.fire_list import Kind


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is in the register: `here` and `left` are visits, the others are people."""

    known: UUID
    booking: UUID
    here: Visit
    left: Visit


def fill(world: World, said: Callable[[str], str] = str) -> Cast:
    """People due, here, gone, parked and forgotten. `said` decides what each of their texts is really."""
    known = create_worker(world, said("Leila Haddad"), team=said("CIN Team 3"))
    create_worker(world, said("Tobias Whitlock"), badge="H200001", team=said("CIN Team 3"))
    create_leaver(world, said("Ian Haddow"), team=said("CIN Team 3"))
    later = create_worker(world, said("Owen Pritchard"), badge="H300001", team=said("Early Help"))
    booking = _book(world, said, known, minutes=6)
    _book(world, said, later, minutes=150)
    here = create_visit(
        world, create_worker(world, said("Maria Lindqvist"), badge="H400001"), here_to_see=said("Ms Kaur")
    )
    left = _visitor(world, said, "Gary Gone")
    _visitor(world, said, "Pat Pipe")
    world.clock.move(days=-1)
    _visitor(world, said, "Olu Yesterday")
    world.clock.move(days=1)
    with world.register.write() as session:
        arrivals.sign_out(session, left.id, by=world.reception, at=world.clock())
        parked = Arrival(visitor=NewVisitor(PersonKind.OTHER, said("Dee Draft")), verdict=Verdict.OTHER_VISITOR)
        drafts.keep(session, parked, said("Dee Draft"), at=world.clock())
    world.clock.move(minutes=3)
    return Cast(known, booking, here, left)


def _book(world: World, said: Callable[[str], str], visitor: UUID, *, minutes: int) -> UUID:
    starts = world.clock() + timedelta(minutes=minutes)
    form = BookingForm(
        visitors=(visitor,),
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        here_to_see=said("Mrs Shah"),
        room=said("Meeting room 2"),
        notified_at=world.clock() - timedelta(days=10),
        note_to_desk=said("Step-free way in"),
    )
    with world.register.write() as session:
        return bookings.book(session, form, by=world.dsl, at=world.clock())


def _visitor(world: World, said: Callable[[str], str], name: str) -> Visit:
    arrival = Arrival(
        visitor=NewVisitor(PersonKind.OTHER, said(name), said("Harrow Boilers"), said("Fitter"), said("Boilers")),
        verdict=Verdict.OTHER_VISITOR,
        compared=Compared.NO_PHOTO,
        basis=Basis.NOT_REQUIRED,
        supervision=Supervision.ESCORTED,
        here_to_see=said("Mr Bello"),
        place=said("Boiler room"),
        note=said("Brought a ladder"),
    )
    with world.register.write() as session:
        return arrivals.sign_in(session, arrival, by=world.reception, at=world.clock())


def rows(view: QAbstractItemView) -> Iterator[list[QModelIndex]]:
    """Every row of a list or table, as its cells."""
    model, top = view.model(), QModelIndex()
    if model is not None:
        # A list model keeps its one column to itself.
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(top)
        for row in range(model.rowCount(top)):
            yield [model.index(row, column, top) for column in range(columns)]


def walk(desk: DeskPage, cast: Cast) -> Iterator[str]:
    """Go to every screen as reception and then as the DSL; the name of each, while it is shown."""
    desk.session.today.presenter.refresh()
    desk.settle()
    yield from _today(desk)
    yield from _panels(desk)
    yield from _covers(desk)
    desk.become(desk.world.dsl)
    yield from _other_screens(desk, cast)


def _today(desk: DeskPage) -> Iterator[str]:
    presenter = desk.session.today.presenter
    yield "lists"
    desk.scan("H194359")
    desk.shows("Known")
    yield "known"
    desk.rest()
    desk.press("F2")
    yield "known, panel"
    desk.press("F4")
    desk.shows("Please wait")
    yield "please wait"
    desk.press("Esc")
    assert desk.is_idle()
    yield "parked"
    desk.scan("H200001")
    desk.shows("Check", "Known, not booked today")
    yield "not booked"
    desk.scan("H170001")
    desk.shows("Check", "No longer on the chart")
    yield "no longer on the chart"
    desk.press("F2")
    yield "no longer on the chart, panel"
    desk.rest()
    desk.press("Esc")
    desk.press("Alt+2")
    desk.shows("Not confirmed")
    yield "not confirmed"
    desk.press("Esc")
    desk.scan("X-204-7731")
    desk.shows("New code")
    yield "new code"
    desk.rest()
    desk.types("ha")
    yield "people found"
    for way in (Way.COUNCIL_BADGE, Way.OTHER_SERVICE, Way.OTHER_VISITOR, Way.POLICE, Way.CANNOT_VOUCH):
        presenter.close_card()
        presenter.choose_way(way)
        desk.settle()
        yield f"visitor, {way.value}"
    presenter.close_card()
    desk.scan("H400001")
    desk.shows("Already here")
    yield "already here"
    desk.rest()
    desk.press("Enter")


def _panels(desk: DeskPage) -> Iterator[str]:
    today = desk.session.today
    desk.scan("H194359")
    desk.rest()
    desk.press("Enter")
    assert desk.says().startswith("Signed in: ")
    yield "signed in"
    today.view.idle.left.setFocus()
    desk.press("Down")
    desk.press("Enter")
    assert desk.view.ask.isVisible()
    yield "why put back"
    desk.press("Esc")
    for panel in (today.expected, today.recent, today.camera):
        today.view.side.toggle(panel)
        desk.settle()
        yield f"beside the lists: {type(panel).__name__}"
        today.view.side.toggle(panel)
    desk.press("Ctrl+P")
    yield "add from paper"
    desk.press("Esc")
    today.open_home_time()
    desk.settle()
    yield "home time"
    desk.press("Esc")


def _covers(desk: DeskPage) -> Iterator[str]:
    desk.press("F9")
    yield "fire list"
    desk.session.fire_presenter.use_kind(Kind.LOCKDOWN)
    desk.settle()
    yield "lockdown list"
    desk.press("Esc")
    for page in sorted(set(SCREENS.values())):
        desk.session.help.open_page(page)
        yield f"guide, {page}"
    desk.press("Esc")
    desk.press("Ctrl+L")
    assert desk.session.locked
    yield "locked"
    desk.press("F9")
    yield "fire list while locked"
    desk.press("Esc")

    desk.become(desk.world.reception)


def _screen(desk: DeskPage, key: str) -> Any:
    return desk.session.window.screen_named(key)


def _other_screens(desk: DeskPage, cast: Cast) -> Iterator[str]:
    window = desk.session.window
    desk.press("Ctrl+2")
    assert window.current == "bookings"
    yield "bookings"
    _screen(desk, "bookings").presenter.open(cast.booking)
    desk.settle()
    yield "bookings, form"
    desk.press("Ctrl+3")
    yield "chart"
    desk.session.chart.show_person(cast.known)
    desk.settle()
    yield "chart, person"
    desk.press("Ctrl+5")
    yield "history"
    for visit in (cast.here, cast.left):
        _screen(desk, "history").presenter.open(visit.id)
        desk.settle()
        yield "history, story"
    _screen(desk, "history").panel._correct()
    desk.settle()
    yield "history, correction"
    desk.press("Ctrl+7")
    assert window.current == "settings"
    settings = _screen(desk, "settings")
    for key in SECTIONS:
        settings.open(key)
        desk.settle()
        yield f"settings, {key}"
