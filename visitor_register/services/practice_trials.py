"""What can be tried in the practice register: for every verdict of the ladder, what to scan or do to see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from visitor_register.domain.people import Person
from visitor_register.domain.verification import Verdict, Way
from visitor_register.files import badges
from visitor_register.files.badges import Badge
from visitor_register.services.practice_day import LOST_CODE, NEW_BADGE, NEW_CODE, OTHER_CODE, OTHER_COUNCIL, Others
from visitor_register.services.practice_people import Cast


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to try, before it is known who plays in it.

    `part` is a field of `Cast` or `Others`; `code` is None for the person's own staff number, and empty
    where nothing is scanned. In `do`, `{name}` is the person and `{badge}` the picture of the badge.
    """

    verdict: Verdict
    title: str
    do: str
    part: str = ""
    code: str | None = None
    way: Way | None = None


TRIALS = (
    Part(Verdict.KNOWN, "Known, expected now", "Scan {badge}. Press Enter: that is the whole sign-in.", "due"),
    Part(
        Verdict.KNOWN,
        "Known, two on one booking",
        "Scan {badge}. The card says how many of the two are here.",
        "first_of_two",
    ),
    Part(Verdict.KNOWN, "The other of the two", "Scan {badge} after that.", "second_of_two"),
    Part(Verdict.KNOWN, "Known, late", "Scan {badge}. The visit should have begun already.", "late"),
    Part(Verdict.ALREADY_HERE, "Already here", "Scan {badge}. The main button signs {name} out.", "here"),
    Part(Verdict.ALREADY_HERE, "Should have left", "Scan {badge}, or use the list.", "should_have_left"),
    Part(Verdict.NOT_BOOKED, "Known, not booked", "Scan {badge}. Say why it is not booked.", "not_booked"),
    Part(
        Verdict.NOT_BOOKED,
        "Badge code not confirmed yet",
        "Scan {badge}. It is a replaced badge; the card says that nobody confirmed its code yet.",
        "new_badge",
        NEW_BADGE,
    ),
    Part(Verdict.LEFT_THE_CHART, "No longer on the chart", "Scan {badge}. Ring whom the card names.", "leaver"),
    Part(
        Verdict.BADGE_WITHDRAWN, "Badge reported lost", "Scan {badge}. It was reported lost.", "lost_badge", LOST_CODE
    ),
    Part(
        Verdict.OTHER_SERVICE,
        "Other service",
        f"Scan {{badge}}. {OTHER_COUNCIL}'s letter of assurance is on file.",
        "council",
        OTHER_CODE,
    ),
    Part(Verdict.NEW_CODE, "New code", "Scan {badge}. Nobody holds it: find anybody by name.", "", NEW_CODE),
    Part(
        Verdict.NOT_ON_CHART,
        "Not on our copy of the chart",
        "Type {name}, who was here once and is on no chart. Or type any name and choose "
        "“Council badge, not on chart” (F5).",
        "newcomer",
        "",
    ),
    Part(Verdict.NO_BADGE, "No badge today", "Type {name}, then press F7.", "no_badge", "", Way.NO_BADGE),
    Part(
        Verdict.NOT_CONFIRMED,
        "Not confirmed",
        "As the line above, and answer the call-back with “Not confirmed”. Or type any name and press F7.",
        "no_badge",
        "",
        Way.CANNOT_VOUCH,
    ),
    Part(
        Verdict.PLEASE_WAIT,
        "Please wait",
        "Scan {badge}, then press F4: the photo is of somebody else.",
        "later",
        None,
        Way.WAIT,
    ),
    Part(
        Verdict.POLICE,
        "Police, emergency service",
        "Type two letters and choose “Police or emergency service”.",
        "",
        "",
        Way.POLICE,
    ),
    Part(
        Verdict.OTHER_VISITOR,
        "Other visitor",
        "Type two letters and choose “Other visitor” (F8).",
        "",
        "",
        Way.OTHER_VISITOR,
    ),
)
"""In the order in which they are best tried."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing to try. `code` is what the badge holds, `picture` its file; both empty where nothing is scanned."""

    verdict: Verdict
    title: str
    do: str
    code: str
    person: UUID | None
    way: Way | None
    picture: Path | None


def trials(cast: Cast, others: Others, people: dict[UUID, Person], folder: Path) -> tuple[Trial, ...]:
    """The list with names in it; writes the pictures of the badges into `folder`."""
    made: list[Trial] = []
    cards: list[Badge] = []
    for part in TRIALS:
        person = _who(part, cast, others, people)
        code = part.code if part.code is not None else person.staff_number if person else ""
        picture = None
        if code:
            file = f"{len(cards) + 1:02} {part.title}"
            picture = folder / f"{file}.png"
            name = person.name if person else "Nobody yet"
            line = "\n".join(filter(None, (person.job_title, person.team or person.organisation))) if person else ""
            cards.append(Badge(file, name, line, code))
        do = part.do.format(name=person.name if person else "", badge=f"badge {len(cards)}")
        made.append(Trial(part.verdict, part.title, do, code, person.id if person else None, part.way, picture))
    badges.write(folder, cards)
    return tuple(made)


def as_page(tried: Sequence[Trial]) -> str:
    """The list as a page for the guide, in Markdown."""
    lines = [
        "# What to try",
        "",
        "Everybody in this register is invented, and nothing of it is kept. Scan the practice badges: print their "
        "pictures, hold them before the camera, or open the camera panel and choose **Read a picture file**.",
        "",
    ]
    lines += [f"{number}. **{one.title}**. {one.do}" for number, one in enumerate(tried, 1)]
    return "\n".join([*lines, ""])


def _who(part: Part, cast: Cast, others: Others, people: dict[UUID, Person]) -> Person | None:
    if not part.part:
        return None
    if hasattr(others, part.part):
        return people[getattr(others, part.part)]
    found: Person = getattr(cast, part.part)
    return found
