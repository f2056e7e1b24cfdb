"""Who can vouch for a visitor, and the number to ring: from the chart or the published list, never from the visitor."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.assurance import NumberSource, PublishedNumber
from visitor_register.domain.directory import ChartVersion
from visitor_register.domain.people import Person
from visitor_register.domain.verification import NEEDS_CALL_BACK, Verdict
from visitor_register.services import assurance, chart_age, directory, working_days


@dataclass(frozen=True, slots=True)
class CallTarget:
    """Whom to ring, on which number, and where that number comes from. Never the badge, never the visitor."""

    whom: str
    number: str
    source: NumberSource
    source_text: str
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Manager:
    """Who manages the person now. `vacant` names posts that were passed on the way up."""

    name: str
    title: str
    number: str
    vacant: tuple[str, ...] = ()


def manager_of(
    session: Session, somebody: Person | None, same: set[UUID], charts: list[ChartVersion]
) -> tuple[Manager | None, CallTarget | None]:
    """Who vouches for somebody: the manager's post as it is filled now, climbing over vacancies.

    Nobody vouches for themselves, however many posts they hold.
    """
    if somebody is None:
        return None, None
    steps = directory.path_up(session, somebody.id)
    if not steps and somebody.team:
        above = directory.manager_of_team(session, somebody.team, somebody.service)
        steps = [above] if above else []
    passed = []
    for step in steps:
        if step.vacant:
            passed.append(step.post.title)
            continue
        others = [holder for holder in step.holders if holder.id not in same]
        if not others:
            continue
        holder = next((one for one in others if one.phone or one.mobile), others[0])
        number = holder.phone or holder.mobile
        manager = Manager(holder.name, step.post.title, number, tuple(passed))
        if not number:
            return manager, None
        # The newest chart of that service still says so, whichever one said it first.
        chart = chart_age.of_post(charts, step.post)
        dated = f"chart of {calendar.say_date(chart.day)}" if chart else "structure chart"
        return manager, CallTarget(f"{holder.name}, {step.post.title}", number, NumberSource.CHART, dated)
    return None, None


def call_to(
    session: Session, verdict: Verdict, somebody: Person | None, manager: CallTarget | None, at: datetime
) -> tuple[CallTarget, ...]:
    """Whom to ring for a verdict that asks for it: the manager or the body itself, then the council's front door."""
    if verdict not in NEEDS_CALL_BACK:
        return ()
    targets: list[CallTarget] = []
    if verdict is Verdict.OTHER_SERVICE and somebody is not None:
        published = assurance.number_for(session, somebody.organisation)
        targets += [_published(published)] if published else []
    elif manager is not None:
        targets.append(manager)
    order = (assurance.MASH, assurance.EDT) if _mash_answers(at) else (assurance.EDT, assurance.MASH)
    for body in order:
        number = assurance.number_for(session, body)
        if number is not None:
            targets.append(_published(number))
            break
    return tuple(targets)


def _mash_answers(at: datetime) -> bool:
    """Whether it is Monday to Friday, 09:00 to 17:00 in London, and no bank holiday."""
    london = calendar.to_london(at)
    if london.weekday() > 4 or not 9 <= london.hour < 17:
        return False
    return london.date() not in working_days.plain_holidays(london.year, london.year).names


def _published(said: PublishedNumber) -> CallTarget:
    if said.found_on is None:
        text = "published list, please confirm: nobody here has looked it up yet"
    else:
        text = f"published list ({said.found_where}), found {calendar.say_date(said.found_on)}"
    return CallTarget(said.body, said.number, NumberSource.PUBLISHED, text, unconfirmed=not said.confirmed)
