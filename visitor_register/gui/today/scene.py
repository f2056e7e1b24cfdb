"""What Today shows at one moment, as plain values: the presenter makes it, the view draws it."""

from dataclasses import dataclass
from enum import Enum

from visitor_register.domain.arrivals import Arrival
from visitor_register.domain.policy import Policy
from visitor_register.gui.widgets.result_card import CardContent
from visitor_register.services.front_desk import CallTarget, Finding


class Work(Enum):
    """What stands below the result card."""

    IDLE = "idle"
    SEARCH = "search"
    ARRIVAL = "arrival"
    VISITOR = "visitor"
    PAPER = "paper"
    HOME_TIME = "home time"


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of Today.

    `reasons` asks how an unbooked visit came about; `call` is whom to ring; `guidance` shows what to
    say, whom to tell and the red note instead of the lists.
    """

    work: Work
    card: CardContent | None = None
    finding: Finding | None = None
    arrival: Arrival | None = None
    rules: Policy | None = None
    reasons: bool = False
    call: CallTarget | None = None
    guidance: bool = False
    say: str = ""
    may_decline: bool = False
    stated: bool = True
    """Whether the main button states the whole comparison: nothing else was filled in."""
