"""What the register itself says of its backups: the drills that were held."""

from datetime import datetime

from sqlalchemy.orm import Session

from visitor_register.domain.events import DrillDone
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.domain.school import REGISTER
from visitor_register.persistence import journal
from visitor_register.persistence.restore import Drill
from visitor_register.services.access import require


def drill_done(session: Session, drill: Drill, *, by: Operator, at: datetime) -> None:
    """Note that a backup was opened and proved as after a disaster.

    Raises:
        NotAllowedError: only the DSL and the head can open a whole backup.
    """
    require(by, SEES_CHILDREN)
    done = DrillDone(drill.made_at, drill.entries, drill.sound, round(drill.seconds))
    journal.append(session, REGISTER, done, by=by, at=at)
