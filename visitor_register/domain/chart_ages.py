"""Which chart is the newest for each service: a chart of one service leaves the others as old as they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from visitor_register.domain.directory import ChartVersion
from visitor_register.domain.names import fold


@dataclass(frozen=True, slots=True)
class Part:
    """A service of an authority that is in use, and the newest chart that holds it."""

    authority: str
    service: str
    chart: ChartVersion


def newest_for(charts: Iterable[ChartVersion], authority: str, service: str) -> ChartVersion | None:
    """Return the newest chart in use that says something of a service; None when the authority has none.

    A chart that is not partial says something of every service, of one it does not list too: that nobody is in it.
    """
    own = sorted((one for one in charts if one.authority == authority and not one.undone), key=_accepted)
    holding = [one for one in own if not one.partial or fold(service) in map(fold, one.holds)]
    return next(reversed(holding or own), None)


def parts(charts: Sequence[ChartVersion], in_use: Iterable[tuple[str, str]]) -> tuple[Part, ...]:
    """Return what is in use, each (authority, service) with its chart, the oldest chart first."""
    found = [
        Part(authority, service, chart)
        for authority, service in set(in_use)
        if (chart := newest_for(charts, authority, service)) is not None
    ]
    return tuple(sorted(found, key=lambda part: (part.chart.day, part.authority, part.service)))


def oldest_words(found: Sequence[Part]) -> str:
    """Say which part the oldest chart is of: a service, or an authority; "" when it is the chart of everything."""
    if len({part.chart.id for part in found}) < 2:
        return ""
    first = found[0]
    same = [part for part in found if part.chart.id == first.chart.id]
    if all(part.authority != first.authority or part in same for part in found):
        return first.authority
    services = [part.service for part in same if part.service]
    if not services:
        return first.authority
    return services[0] if len(services) == 1 else f"{services[0]} and {len(services) - 1} more"


def _accepted(chart: ChartVersion) -> tuple[object, str]:
    return chart.accepted_at, str(chart.id)
