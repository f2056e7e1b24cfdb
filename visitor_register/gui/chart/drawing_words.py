"""What stands on the cards of the drawn chart, and what a screen reader says of each."""

from dataclasses import dataclass
from enum import Enum

from visitor_register.domain import names
from visitor_register.domain.chart_structure import ChartTree, Seat


class Frame(Enum):
    """How the edge of a card is drawn. The word on the card says the same."""

    PLAIN = "plain"
    VACANT = "vacant"
    AGENCY = "agency"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class CardWords:
    """One card in words.

    Attributes:
        name: Who holds the post, all in one line.
        names: The same, each by themselves.
        second: The job, and what is to be known of whoever holds it.
        shared: It is a job share.
        people: How many people stand under it, None where nobody could.
        spoken: All of it in one line.
        name_key, other_key: What a search for a name looks in, and what any search does.
    """

    name: str
    names: tuple[str, ...]
    second: str
    frame: Frame
    shared: bool
    people: int | None
    spoken: str
    name_key: str
    other_key: str

    @property
    def count(self) -> str:
        """The number of people under it, "" where nobody could stand."""
        return "" if self.people is None else f"{self.people:,}"


def words_of(tree: ChartTree) -> tuple[CardWords, ...]:
    """The words for every seat, in their order."""
    return tuple(_words(seat) for seat in tree.seats)


def crumb(seat: Seat) -> str:
    """Somebody on the way up, in one line."""
    return ", ".join(filter(None, (" / ".join(_names(seat)), _line(seat.title))))


def people(count: int) -> str:
    """A number of people in words."""
    return "1 person" if count == 1 else f"{count:,} people"


def _words(seat: Seat) -> CardWords:
    held = _names(seat)
    second = "Nobody above them on the chart" if seat.group else ", ".join(filter(None, _second(seat)))
    said = (*held, second, people(seat.people) if seat.leads else "")
    return CardWords(
        name=", ".join(held),
        names=held,
        second=second,
        frame=_frame(seat),
        shared=len(held) > 1,
        people=seat.people if seat.below else None,
        spoken=", ".join(filter(None, said)),
        name_key=" ".join(holder.search_key for holder in seat.holders),
        other_key=" " + " ".join(names.words(f"{'vacant ' if seat.vacant else ''}{seat.title} {seat.team}")),
    )


def _names(seat: Seat) -> tuple[str, ...]:
    if seat.group:
        return (f"{seat.title}: {len(seat.below):,}",)
    return tuple(_line(holder.name) for holder in seat.holders) or ("Vacant",)


def _second(seat: Seat) -> tuple[str, ...]:
    agency = [holder for holder in seat.holders if holder.agency]
    if not agency or len(agency) == len(seat.holders):
        said = "agency" if agency else ""
    else:
        said = f"agency: {' and '.join(_line(holder.name) for holder in agency)}"
    return _line(seat.title or seat.team), "job share" if len(seat.holders) > 1 else "", said


def _frame(seat: Seat) -> Frame:
    if seat.group:
        return Frame.GROUP
    if seat.vacant:
        return Frame.VACANT
    return Frame.AGENCY if any(holder.agency for holder in seat.holders) else Frame.PLAIN


def _line(text: str) -> str:
    """A text from a file as one line."""
    return " ".join(text.split())
