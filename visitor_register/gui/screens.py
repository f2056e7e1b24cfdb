"""What makes the screens of a desk, each when somebody first goes to it."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from visitor_register.gui.bookings.presenter import BookingsPresenter
from visitor_register.gui.bookings.view import BookingsView
from visitor_register.gui.caretaker import Caretaker
from visitor_register.gui.chart.presenter import ChartPresenter
from visitor_register.gui.chart.view import ChartView
from visitor_register.gui.contacts.log_form import LogForm
from visitor_register.gui.contacts.log_presenter import LogPresenter
from visitor_register.gui.contacts.mail_page import MailPage
from visitor_register.gui.contacts.mail_presenter import MailPresenter
from visitor_register.gui.contacts.presenter import ContactsPresenter
from visitor_register.gui.contacts.timeline_panel import TimelinePanel
from visitor_register.gui.contacts.timeline_presenter import TimelinePresenter
from visitor_register.gui.contacts.view import ContactsView
from visitor_register.gui.contacts.write_panel import WritePanel
from visitor_register.gui.contacts.write_presenter import WritePresenter
from visitor_register.gui.desk import Desk
from visitor_register.gui.history.presenter import HistoryPresenter
from visitor_register.gui.history.view import HistoryView
from visitor_register.gui.prints.pass_desk import PassDesk
from visitor_register.gui.reports.presenter import ReportsPresenter
from visitor_register.gui.reports.view import ReportsView
from visitor_register.gui.settings.machine import ThisPc
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.view import SettingsView
from visitor_register.gui.today.view import TodayView
from visitor_register.persistence.register import Register

Makers = Mapping[str, Callable[[], QWidget]]


def makers(
    desk: Desk,
    register: Register,
    pc: ThisPc,
    *,
    today: TodayView,
    chart: ChartPresenter,
    contacts: ContactsPresenter,
    writing: WritePresenter,
    passes: PassDesk,
    caretaker: Caretaker,
) -> Makers:
    """What makes each screen, by its key. Today is made already: a scan may come before anything else."""

    def make_bookings() -> BookingsView:
        made = BookingsView(BookingsPresenter(desk, register.keyring.seal_public))
        made.form.passes.offer(desk, passes)
        return made

    def make_contacts() -> ContactsView:
        made, log = ContactsView(contacts), LogForm(LogPresenter(desk))
        contacts.log_wanted.connect(log.presenter.begin_answer)
        made.offer_log(log)
        log.presenter.brought_back.connect(partial(made.side.show_page, log))
        log.presenter.brought_back.connect(log.take_keyboard)
        made.offer_mail(MailPage(MailPresenter(desk, parent=made)))
        contacts.write_wanted.connect(writing.begin)
        made.offer_writing(WritePanel(writing))
        story = TimelinePresenter(desk, made)
        contacts.timeline_wanted.connect(story.open_line)
        made.offer_timeline(TimelinePanel(story))
        return made

    return {
        "today": lambda: today,
        "bookings": make_bookings,
        "chart": lambda: ChartView(chart),
        "contacts": make_contacts,
        "history": lambda: HistoryView(HistoryPresenter(desk)),
        "reports": lambda: ReportsView(ReportsPresenter(desk)),
        "settings": lambda: SettingsView(SettingsPresenter(desk, pc, register), caretaker),
    }
