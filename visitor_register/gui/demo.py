"""The practice register in the window: invented people, every verdict to be tried, nothing left behind."""

from PySide6.QtCore import QObject, Slot

from visitor_register.domain.people import Role
from visitor_register.gui.desk import Notice
from visitor_register.gui.desk_session import DeskSession
from visitor_register.gui.program import Program
from visitor_register.persistence.keyring import PasswordCost
from visitor_register.services import practice

CHEAP = PasswordCost(memory_kib=8_192, passes=1)
"""The practice password is known to everybody: guessing it need not be made hard."""


def open_practice(program: Program) -> None:
    """Make the practice register in the program's folder and sit down at its desk as the receptionist."""
    made = practice.build(program.folder, now=program.now(), cost=CHEAP)
    program.start_with(made.open(Role.RECEPTION), made.somebody(Role.RECEPTION))
    if program.session is not None:
        program.session.help.pages.add_page("trials", made.page)
        _Welcome(program.session, made.password)


class _Welcome(QObject):
    """Says what this is, after the lists have asked their own questions: the newest line is the one that is read."""

    def __init__(self, session: DeskSession, password: str) -> None:
        super().__init__(session)
        self._session, self._password = session, password
        session.today.presenter.board.connect(self._say)

    @Slot(object)
    def _say(self, _board: object) -> None:
        self._session.today.presenter.board.disconnect(self._say)
        words = f"Practice: invented people, nothing is kept. Everybody's password is “{self._password}”."
        self._session.desk.said.emit(Notice("check", words, "What to try", self._session.help.open_trials))
