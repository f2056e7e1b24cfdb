"""One person's card as it is shown: frozen values for the panel, made from what the services found."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from visitor_register.domain import calendar
from visitor_register.domain.directory import HandField
from visitor_register.domain.people import AT_THE_DESK, IMPORTS_CHARTS, SEES_CHILDREN, CodeState, Person, Role
from visitor_register.domain.verification import Listing
from visitor_register.gui.chart import rows
from visitor_register.gui.widgets.rows import Row
from visitor_register.services.chart_history import PersonThen
from visitor_register.services.chart_lines import FIELD_WORDS
from visitor_register.services.chart_view import ByHand, PersonCard


@dataclass(frozen=True, slots=True)
class Code:
    """A badge code of somebody, and what may be done with it by whoever is at the desk."""

    code: str
    state: CodeState
    may_confirm: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """Another record of the same human being: the join that can be withdrawn, and the name it is under."""

    join: UUID
    words: str
    may_part: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One person's card. `by_hand` says what was changed by hand, "" for nothing; `may_edit` whether one may now."""

    person: UUID
    name: str
    job: str
    where: str
    phones: tuple[str, ...]
    email: str
    number: str
    path: tuple[Row, ...]
    codes: tuple[Code, ...]
    past: tuple[Row, ...]
    joined: tuple[Joined, ...] = ()
    by_hand: str = ""
    may_edit: bool = False
    been_here: str = ""


def card_of(found: PersonCard, role: Role, now: datetime) -> Card:
    """Put one person's card into words for whoever is at the desk."""
    who = found.person
    edited = any(edit.field is HandField.ON_CHART for edit in found.edits)
    return Card(
        person=who.id,
        name=f"{who.name} ({who.known_as})" if who.known_as else who.name,
        job=", ".join(filter(None, (who.job_title, who.team or who.organisation, "agency" if who.agency else ""))),
        where=rows.where_words(found),
        phones=tuple(filter(None, (who.phone, f"mobile {who.mobile}" if who.mobile else ""))),
        email=who.email,
        number=who.staff_number,
        path=rows.path_rows(found),
        codes=tuple(
            Code(
                badge.code,
                badge.state,
                badge.state is CodeState.PROVISIONAL and role in SEES_CHILDREN,
                badge.state is not CodeState.WITHDRAWN and role in AT_THE_DESK,
            )
            for badge in found.codes
        ),
        past=rows.past_rows(found, now),
        joined=tuple(
            Joined(join.id, _also_recorded(other), may_part=role in IMPORTS_CHARTS) for join, other in found.joined
        ),
        by_hand=by_hand_words(found.edits),
        may_edit=role in SEES_CHILDREN and (found.listing is Listing.CURRENT or edited),
        been_here=_visits(found.visit_count),
    )


def by_hand_words(edits: tuple[ByHand, ...]) -> str:
    """Say what was changed by hand, a line for each change: when, by whom, what the chart says, and why."""
    groups: dict[tuple[datetime, str, str], list[str]] = {}
    for edit in edits:
        off = edit.field is HandField.ON_CHART
        words = "taken off" if off else f"{FIELD_WORDS[edit.field]} (chart: {edit.chart_says})"
        groups.setdefault((edit.at, edit.by, edit.reason), []).append(words)
    lines = []
    for (at, by, why), said in groups.items():
        what, day = ", ".join(said), calendar.say_date(calendar.london_date(at))
        lines.append(f"{what[0].upper()}{what[1:]}\n{day} by {by or 'somebody'}: {why}")
    return "\n".join(lines)


def then_words(then: PersonThen | None, day: str) -> str:
    """Say how somebody stood on the chart on a day."""
    if then is None:
        return f"{day}: on no chart yet."
    who = then.person
    filled = next((step for step in then.path if not step.vacant), None)
    vacant = ", post vacant, next up" if then.path and then.path[0].vacant else ""
    above = f"{filled.holders[0].name}, {filled.post.title}" if filled is not None else "not known"
    said = (
        who.name,
        ", ".join(filter(None, (who.job_title, who.team))),
        who.phone or who.mobile,
        f"Manager{vacant}: {above}" if then.on_chart else "",
    )
    lines = "\n".join(filter(None, said))
    return f"{day}{'' if then.on_chart else ', no longer on the chart'}:\n{lines}"


def _also_recorded(other: Person) -> str:
    return f"Also recorded as {other.name}, {other.team or other.organisation}"


def _visits(count: int) -> str:
    return "Here once so far" if count == 1 else f"Here {count:,} times so far" if count else ""
