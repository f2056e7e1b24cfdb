"""One open register with its window: builds the screens, joins them, and takes them down again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.errors import NotAllowedError, RegisterError
from visitor_register.gui.box_mover import BoxMover
from visitor_register.gui.caretaker import Caretaker
from visitor_register.gui.chart.import_print import ChangesPrinter
from visitor_register.gui.chart.presenter import ChartPresenter
from visitor_register.gui.chart.view import ChartView
from visitor_register.gui.contacts.presenter import ContactsPresenter
from visitor_register.gui.contacts.write_presenter import FILE_NAME, WritePresenter
from visitor_register.gui.desk import Desk
from visitor_register.gui.dsl_ways import DslWays
from visitor_register.gui.fire_cover import FireCover
from visitor_register.gui.fire_list.presenter import FireListPresenter
from visitor_register.gui.fire_list.view import FireListView
from visitor_register.gui.help import Help
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.locking import Locking
from visitor_register.gui.mail_program import MailProgram
from visitor_register.gui.main_window import MainWindow
from visitor_register.gui.night import Night
from visitor_register.gui.prints.blank_sheet import BlankSheet
from visitor_register.gui.prints.fire_writer import FireListWriter
from visitor_register.gui.prints.pass_desk import PassDesk
from visitor_register.gui.screens import makers
from visitor_register.gui.settings.machine import ThisPc
from visitor_register.gui.settings.view import SettingsView
from visitor_register.gui.sounds import Sound, SoundPlayer
from visitor_register.gui.status import Status
from visitor_register.gui.today.screen import TodayScreen
from visitor_register.gui.today.tell_presenter import TellPresenter
from visitor_register.persistence.register import Register
from visitor_register.settings import Machine

ASK_A_LEAD = (
    "Only the DSL or the head restores a backup. Ask one of them to sign in here and press Restore, or close the "
    "program and choose Restore a backup where one signs in: the recovery code does it too."
)


class DeskSession(QObject):
    """The desk from signing in to closing the window."""

    def __init__(
        self,
        register: Register,
        operator: Operator,
        pc: ThisPc,
        crash: Callable[[BaseException], None],
        *,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.register, self._crash, self._pc = register, crash, pc
        self.jobs = JobRunner(register.read, register.write, crash)
        self.desk = Desk(self.jobs, operator, now=now, dsl_jobs=self._dsl_jobs())
        self.sounds = SoundPlayer()
        self.today = TodayScreen(self.desk, camera=pc.machine.camera, parent=self)
        self.passes = PassDesk(self.desk, register.folder, machine=partial(_machine, pc), parent=self)
        self.today.offer_passes(self.passes)
        self.telling = TellPresenter(self.desk, register.folder, parent=self)
        self.today.tell_arrivals(self.telling)
        self.chart_presenter = ChartPresenter(self.desk)
        fire_printer = partial(_fire_printer, pc)
        self.changes = ChangesPrinter(self.desk, register.folder, printer_name=fire_printer, parent=self)
        self.chart_presenter.importing.printer = self.changes
        self.contacts = ContactsPresenter(self.desk, self)
        self.writing = WritePresenter(self.desk, MailProgram(register.folder / FILE_NAME), self)
        self.caretaker = Caretaker(self.desk, register, partial(_backup_folder, pc), parent=self)
        screens = makers(
            self.desk,
            register,
            pc,
            today=self.today.view,
            chart=self.chart_presenter,
            contacts=self.contacts,
            writing=self.writing,
            passes=self.passes,
            caretaker=self.caretaker,
        )
        self.window = MainWindow(self.desk, screens)
        # Of the screens only Today is always there; the others are made when somebody goes to them.
        self.window.screen_named("today")
        self.fire_presenter = FireListPresenter(self.desk, register.folder, printer_name=pc.machine.fire_printer)
        self.fire_list = FireListView(self.fire_presenter)
        self.fire_writer = FireListWriter(self.desk, register.folder, parent=self)
        self.window.add_cover(self.fire_list)
        self.locking = Locking(
            register,
            self.desk,
            self.window,
            crash,
            open_dsl=self._dsl_jobs,
            today_is_private=self._today_is_private,
            parent=self,
        )
        self.sign_in, self.lock_view = self.locking.sign_in, self.locking.page
        self.help = Help(self.desk, self.window, self.fire_list, self.fire_presenter, self._is_asking, self)
        keep = self.today.presenter.keep_for_fire_list
        self.fire_cover = FireCover(self.window, self.fire_list, self.fire_presenter, self.locking, keep, self)
        self.fire_cover.listen_on(self.help.guide)
        self.status = Status(self.desk, self.window, self.sounds, self.today.open_home_time, parent=self)
        self.night = Night(self.desk, self.fire_writer, parent=self)
        self.night.new_day.connect(self.changes.clear)
        self.night.new_day.connect(self.passes.clear)
        self.dsl_ways = DslWays(self.desk, self.window, self.today.home, self._is_asking, parent=self)
        self.blank_sheet = BlankSheet(self.desk, register.folder, printer_name=fire_printer, parent=self)
        self.today.paper.offer_sheet(self.blank_sheet.print_now)
        self.boxes = BoxMover(self.desk, register, parent=self)
        self._connect()

    def start(self) -> None:
        """Show what the person at the desk needs first."""
        self.window.show_screen("today")
        self.today.presenter.refresh()
        self.fire_writer.refresh()
        self.status.start()
        self.contacts.refresh()
        self.dsl_ways.reminders.start()
        self.chart_presenter.start()
        self.locking.start()
        self.boxes.move()
        self.caretaker.start()

    @Slot(str)
    def read_code(self, code: str) -> None:
        """A badge was scanned, on whatever screen; while locked it is kept and shown afterwards."""
        if self.locking.is_asking:
            self.locking.keep_scan(code)
            return
        if self.window.covered_by is not None:
            self.window.uncover()
        left = self.window.current
        self.window.show_screen("today")
        self.today.read_code(code)
        if left != "today":
            back = partial(self.window.show_screen, left)
            self.desk.tell("The form is as you left it.", "Back to what you were doing", back)

    @property
    def chart(self) -> ChartView:
        """The Chart screen."""
        screen = self.window.screen_named("chart")
        if not isinstance(screen, ChartView):
            raise TypeError(type(screen).__name__)
        return screen

    @property
    def locked(self) -> bool:
        """Whether somebody has to sign in again."""
        return self.locking.is_locked

    def _is_asking(self) -> bool:
        return self.locking.is_asking

    def _today_is_private(self) -> bool:
        """Whether more stands on Today than names and times: the DSL's own list, folded out."""
        return self.today.review.isVisible()

    @Slot()
    def lock(self) -> None:
        """Cover everything at once; the fire list stays within reach."""
        self.locking.lock()

    def close(self, *, last_backup: bool = True) -> None:
        """Finish what is being written, and shut the register; a register that is put aside needs no last backup."""
        self.today.presenter.put_aside()
        self.locking.close()
        self.status.stop()
        self.dsl_ways.reminders.close()
        self.caretaker.stop()
        self.today.close()
        self.telling.close()
        self.writing.close()
        self.fire_writer.close()
        self.chart_presenter.close()
        for jobs in (self.jobs, self.desk.dsl_jobs):
            if jobs is not None:
                jobs.close()
        self.caretaker.close(last_backup=last_backup)
        self.register.close()

    def _connect(self) -> None:
        top, today = self.window.top, self.today
        self.jobs.failed.connect(self.desk.explain)
        for look_again in (today.presenter.refresh, self.night.tick, self.caretaker.health.tick):
            self.status.minute.connect(look_again)
        today.presenter.board.connect(self.status.show_board)
        today.presenter.sounded.connect(self._play)
        today.scanned_over.connect(self._offer_paper)
        self._pc.changed.connect(self._machine_changed)
        today.camera.camera_chosen.connect(self._keep_camera)
        today.view.search_moved.connect(self._move_search)
        self.caretaker.health.looked.connect(self.status.show_findings)
        top.signed_in_pressed.connect(self._show_today)
        top.health_pressed.connect(self._show_health)
        self.fire_writer.state_changed.connect(self.fire_presenter.use_copy)
        self.fire_writer.state_changed.connect(self.status.show_fire_list)
        self.contacts.overdue.connect(partial(self.window.rail.set_count, "contacts"))
        today.presenter.board.connect(self.locking.count_drafts)
        self.locking.covering.connect(today.presenter.keep_for_fire_list)
        self.locking.let_in.connect(self._go_on)
        self.locking.handed_over.connect(self._move_boxes)
        self.desk.person_wanted.connect(self._show_person)
        self.caretaker.restore_wanted.connect(self._show_backups)

    @Slot(str)
    def _go_on(self, code: str) -> None:
        # What became due while nobody was signed in.
        self.today.home.refresh()
        if code:
            self.read_code(code)

    @Slot()
    def _move_boxes(self) -> None:
        self.boxes.move()

    def _dsl_jobs(self) -> JobRunner | None:
        if self.register.dsl is None:
            return None
        return JobRunner(self.register.dsl.read, self.register.dsl.write, self._crash)

    @Slot(str)
    def _play(self, sound: str) -> None:
        self.sounds.play(Sound(sound))

    @Slot(object)
    def _machine_changed(self, machine: Machine) -> None:
        self.fire_presenter.use_printer(machine.fire_printer)

    @Slot(int)
    def _keep_camera(self, number: int) -> None:
        try:
            self._pc.save(replace(self._pc.machine, camera=number))
        except RegisterError as error:
            self.desk.explain(error)

    @Slot(object)
    def _offer_paper(self, _page: object) -> None:
        self.desk.tell("Add from paper is as you left it.", "Back to what you were doing", self.today.open_paper)

    @Slot()
    def _show_health(self) -> None:
        """The lamp leads to what is behind it."""
        self._open_settings("health")

    @Slot()
    def _show_backups(self) -> None:
        """RECORDS LOST leads to the backups, for those who may restore one."""
        if self.desk.operator.role in SEES_CHILDREN:
            self._open_settings("backups")
        else:
            self.desk.explain(NotAllowedError(ASK_A_LEAD))

    def _open_settings(self, section: str) -> None:
        self.window.show_screen("settings")
        settings = self.window.screen_named("settings")
        if isinstance(settings, SettingsView):
            settings.open(section)

    @Slot()
    def _show_today(self) -> None:
        self.window.show_screen("today")

    @Slot(object)
    def _show_person(self, person: UUID) -> None:
        self.window.show_screen("chart")
        self.chart.show_person(person)

    @Slot(bool)
    def _move_search(self, compact: bool) -> None:
        if compact:
            self.window.top.place_search(self.today.view.search)
        else:
            self.window.top.release_search()
            self.today.view.take_search_back()


def _machine(pc: ThisPc) -> Machine:
    return pc.machine


def _backup_folder(pc: ThisPc) -> str:
    return pc.machine.backup_folder


def _fire_printer(pc: ThisPc) -> str:
    return pc.machine.fire_printer
