"""Moves what the office sealed for the DSL into the DSL's own file, once a DSL is at the desk."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject
from sqlalchemy.orm import Session

from visitor_register.domain.people import SEES_CHILDREN
from visitor_register.gui.desk import Desk
from visitor_register.persistence.register import Register
from visitor_register.services import sealed

Boxes = list[tuple[UUID, int, bytes]]


class BoxMover(QObject):
    """Two commits, the DSL's file first: a box is marked as moved only when its content stands there."""

    def __init__(self, desk: Desk, register: Register, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._register = desk, register

    def move(self) -> None:
        """Look for boxes, if somebody who may open them is at the desk."""
        if self._desk.dsl_jobs is not None and self._desk.operator.role in SEES_CHILDREN:
            self._desk.jobs.read(sealed.boxes, self._found)

    def _found(self, boxes: Boxes) -> None:
        private, dsl_jobs = self._register.seal_private, self._desk.dsl_jobs
        if not boxes or private is None or dsl_jobs is None:
            return
        by, at = self._desk.operator, self._desk.now()
        mark = partial(sealed.mark_received, waiting=boxes, by=by, at=at)
        receive = partial(sealed.receive_boxes, waiting=boxes, private=private, by=by, at=at)
        dsl_jobs.write(receive, partial(self._received, mark))

    def _received(self, mark: Callable[[Session], None], _nothing: object) -> None:
        self._desk.jobs.write(mark)
