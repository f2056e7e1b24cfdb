"""One whole day at the desk, of reception, office and DSL, on every screen; a test decides what each text is really."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.factories import create_booking, create_worker
from tests.files import invitations, mails
from tests.files.charts import text
from tests.stories import screens
from tests.stories.desk import DeskPage
from tests.stories.test_bookings import let_in
from tests.stories.test_first_day import _drop_chart
from visitor_register.domain.bookings import NotSeenWhy
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction, Rung
from visitor_register.domain.events import Escalated, NotSeen, ReasonRecorded
from visitor_register.domain.letters import LetterKind
from visitor_register.domain.policy import DslOnDuty, Duty, SchoolName, Staff, StaffContact, VisitorNotice
from visitor_register.gui.contacts.mail_page import MailPage
from visitor_register.gui.prints.pass_file import FileKind
from visitor_register.gui.reports.presenter import Copy
from visitor_register.services import bookings, clocks, contacts, not_seen, policy, sealed, today
from visitor_register.services.contacts import ContactForm

Said = Callable[[str], str]
COPIES = "copies"
"""The folder in which somebody keeps what they save on purpose."""


def whole_day(desk: DeskPage, folder: Path, said: Said) -> Iterator[str]:
    """Do everything that a day brings; the name of each screen, while it is shown.

    Args:
        folder: Where files come from ("files") and where somebody saves copies (`COPIES`).
        said: What a text is really: itself, a canary, markup.
    """
    (folder / "files").mkdir()
    (folder / COPIES).mkdir()
    _settings(desk, said)
    cast = screens.fill(desk.world, said)
    for number in range(18):
        screens._visitor(desk.world, said, f"Visitor {number}")
    yield from screens.walk(desk, cast)
    _child(desk, said)
    yield from _contacts(desk, folder, said)
    yield from _bookings(desk, folder, said)
    yield from _chart(desk, folder, said)
    yield from _copies(desk, folder, cast)
    office = let_in(desk)
    for operator in (office, desk.world.reception):
        desk.become(operator)
        for number in range(1, 8):
            desk.press(f"Ctrl+{number}")
            yield f"{operator.role.value}, Ctrl+{number}"
        desk.press("Ctrl+1")
    desk.press("F9")
    desk.press("F9")
    yield "fire list, printed"
    desk.press("Esc")


def _settings(desk: DeskPage, said: Said) -> None:
    world = desk.world
    staff = Staff(
        (said("Mrs Shah"), said("Mr Bello")),
        (said("Meeting room 2"),),
        (StaffContact(said("Mrs Shah"), said("Head of Year"), said("ext 201"), "shah@elmbrook.example"),),
    )
    values = (
        SchoolName(said("Elmbrook")), staff, VisitorNotice(2, said("Wear your lanyard.")),
        DslOnDuty((Duty(said("Nadia Shah"), said("DSL"), said("ext 202")),)),
    )  # fmt: skip
    with world.register.write() as session:
        for value in values:
            policy.change(session, value, by=world.dsl, at=world.clock())


def _child(desk: DeskPage, said: Said) -> None:
    """What only the DSL writes and reads: a child, why, what was said, who did not answer."""
    world, by, at = desk.world, desk.world.dsl, desk.world.clock()
    worker = create_worker(world, said("Priya Lindon"), badge="H500001")
    booking = create_booking(world, worker, minutes=-30, here_to_see=said("Mrs Shah"))
    with world.register.read() as session:
        met = bookings.get(session, booking)
    assert met is not None
    asked = ContactForm(
        ContactKind.EMAIL, Direction.SENT, worker, at - timedelta(hours=60), said("Who attends?"), said("C-0417"),
        asks_reply=True,
    )  # fmt: skip
    with world.register.dsl_file().write() as session:
        identity = contacts.log(session, asked, by=by, at=at)
        clocks.escalate(session, identity, Escalated(Rung.MANAGER, worker, at, None, said("No answer")), by=by, at=at)
        contacts.allocate(
            session, worker, said("C-0418"), on=date(2026, 11, 2), known=AllocationKnown.TOLD_BY_LA,
            note=said("Told on the telephone"), by=by, at=at,
        )  # fmt: skip
        contacts.ask(
            session, direction=Direction.RECEIVED, person=worker, asked_at=at, topic=said("Days of absence"),
            child_reference=said("C-0419"), urgent=True, by=by, at=at,
        )  # fmt: skip
        not_seen.record(session, met.booking, NotSeen(NotSeenWhy.OTHER, said("Hid in the library")), by=by, at=at)
    with world.register.write() as session:
        why = ReasonRecorded("", said("s47"), said("C-0420"))
        sealed.seal_reason(session, booking, why, world.register.keyring.seal_public, by=by, at=at)
    desk.session.contacts.refresh()
    desk.settle()


def _contacts(desk: DeskPage, folder: Path, said: Said) -> Iterator[str]:
    desk.press("Ctrl+4")
    yield "contacts"
    view: Any = desk.session.window.screen_named("contacts")
    desk.press("Enter")
    yield "contacts, deadline"
    desk.press("Alt+T")
    yield "contacts, timeline"
    desk.press("Esc")
    view.search.setText(said("Priya"))
    desk.settle()
    view.search.setText("")
    for kind in LetterKind:
        desk.session.writing.begin(kind)
        desk.settle()
        yield f"contacts, letter {kind.value}"
        desk.session.writing.close()
    desk.press("Ctrl+N")
    desk.press("Alt+1")
    yield "contacts, log"
    desk.press("Esc")
    path = folder / "files" / "answer.eml"
    path.write_bytes(mails.gmail(text=said("Attendance is fine.")).as_bytes())
    mail: Any = view.findChild(MailPage)
    mail.presenter.open([path])
    desk.qtbot.waitUntil(lambda: not mail.presenter.reader.busy, timeout=20_000)
    desk.settle()
    yield "contacts, mail"
    desk.press("Esc")


def _bookings(desk: DeskPage, folder: Path, said: Said) -> Iterator[str]:
    desk.press("Ctrl+2")
    view: Any = desk.session.window.screen_named("bookings")
    path = folder / "files" / "meeting.ics"
    data = invitations.calendar(invitations.event()).decode()
    for word in ("Child 17", "Please see the child alone."):
        data = data.replace(word, said(word).replace("\n", " "))
    path.write_text(data)
    view.presenter.invitation.open([path])
    desk.qtbot.waitUntil(lambda: not view.presenter.invitation.reader.busy, timeout=20_000)
    desk.settle()
    yield "bookings, invitation"
    desk.press("Esc")
    path = folder / "files" / "visits.csv"
    path.write_text(
        "Name,Organisation,Date,From,To,Here to see,Room,Notified\r\n"
        + ",".join(f'"{said(word)}"' for word in ("Amara Hill", "Northvale"))
        + f',01/12/2026,14:00,15:00,"{said("Mrs Shah")}","{said("Room 2")}",20/11/2026\r\n'
    )
    view.presenter.list.open(path)
    desk.qtbot.waitUntil(lambda: not view.presenter.list.reader.busy, timeout=20_000)
    desk.settle()
    yield "bookings, list"
    desk.press("Esc")


def _chart(desk: DeskPage, folder: Path, said: Said) -> Iterator[str]:
    desk.press("Ctrl+3")
    path = folder / "files" / "chart.csv"
    names = [said(f"{one} Thistlemere") for one in ("Amara", "Rufus", "Zoe", "Ines")]
    heads = ("Staff Number", "Name", "Job Title", "Unit", "Contact E-mail", "Reports to Staff Number")
    rows = [
        (f"H60000{at}", f'"{name}"', f'"{said("Social Worker")}"', f'"{said("MASH")}"', "", "H600000" if at else "")
        for at, name in enumerate(names)
    ]
    path.write_text(text((heads, *rows)))
    _drop_chart(desk, path)
    yield "chart, columns"
    page = desk.session.chart.importing.accept
    for _ in range(6):
        if page.isVisible():
            break
        desk.press("Ctrl+Enter")
        desk.qtbot.waitUntil(lambda: not desk.session.chart.presenter.importing.busy)
        desk.settle()
        yield "chart, next page"
    page.from_whom.setFocus()
    desk.types("business support")
    desk.press("Ctrl+Enter")
    desk.qtbot.waitUntil(lambda: not desk.session.chart.presenter.importing.busy)
    desk.settle()
    yield "chart, done"


def _copies(desk: DeskPage, folder: Path, cast: screens.Cast) -> Iterator[str]:
    """What is saved on purpose, and a print of each kind without a printer."""
    place = folder / COPIES
    history: Any = desk.session.window.screen_named("history")
    desk.press("Ctrl+5")
    history.presenter.export(place / history.presenter.suggested_name())
    desk.session.chart_presenter.sending.export(place / "chart.csv")
    desk.press("Ctrl+6")
    desk.settle()
    yield "reports"
    reports: Any = desk.session.window.screen_named("reports")
    for ending in (".pdf", ".xlsx"):
        name = reports.presenter.suggested_name(ending, sharing=False)
        reports.presenter.save(Copy(place / name, sharing=False))
        desk.settle()
    desk.session.passes.printer_for = lambda _name: None
    desk.session.passes.save_booking(cast.booking, place, FileKind.PDF)
    with desk.world.register.read() as session:
        here = today.board(session, at=desk.world.clock()).on_site[0]
    desk.session.passes.print_visit(here.visit.id)
    desk.session.blank_sheet.print_now()
    desk.settle()
    yield "printed"
