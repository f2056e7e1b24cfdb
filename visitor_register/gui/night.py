"""What the program does once when a day is over in London: yesterday's fire list does not lie about."""

from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.gui.desk import Desk
from visitor_register.gui.prints.fire_writer import FireListWriter


class Night(QObject):
    """Takes every list away after midnight and has today's written: nobody is on it but who was never signed out.

    `tick` is called every minute. A PC that slept through midnight does it with the first tick after waking.

    Signals:
        new_day: It is another day: lists on the screen are of yesterday.
    """

    new_day = Signal()

    def __init__(self, desk: Desk, writer: FireListWriter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._writer = desk, writer
        self._day = self._today()

    @Slot()
    def tick(self) -> None:
        """Look whether it is another day by now."""
        today = self._today()
        if today == self._day:
            return
        self._day = today
        self._writer.clear_for_night()
        # It is written by the thread that clears, after it.
        self._writer.refresh()
        self.new_day.emit()

    def _today(self) -> date:
        return calendar.london_date(self._desk.now())
