"""Who plays what in the practice register: workers of the sample chart, chosen the same way every time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from visitor_register.domain.people import Person
from visitor_register.domain.verification import Listing
from visitor_register.services import directory

_SEED = 20261124
_LEADS = ("manager", "head of", "director")


@dataclass(frozen=True, slots=True)
class Cast:
    """The parts. All but `leaver` stand on the current chart and have a staff number, which is on their badge."""

    due: Person
    first_of_two: Person
    second_of_two: Person
    later: Person
    late: Person
    not_booked: Person
    here: Person
    here_too: Person
    should_have_left: Person
    left: Person
    left_too: Person
    no_sign_out: Person
    lost_badge: Person
    new_badge: Person
    half_done: Person
    no_badge: Person
    leaver: Person


def choose(session: Session) -> Cast:
    """Give out the parts: workers, no managers, spread over the teams."""
    everybody = [somebody for somebody, _ in directory.everybody(session, current_only=False) if somebody.staff_number]
    # A person may hold two posts; the ids are random, so the staff number says the order.
    people = {somebody.staff_number: somebody for somebody in everybody}
    listed = [people[number] for number in sorted(people)]
    workers = [one for one in listed if not any(word in one.job_title.casefold() for word in _LEADS)]
    random.Random(_SEED).shuffle(workers)
    now = _over_the_teams([one for one in workers if directory.listing(one) is Listing.CURRENT])
    gone = next(one for one in workers if directory.listing(one) is Listing.OLDER)
    return Cast(
        due=next(now),
        first_of_two=next(now),
        second_of_two=next(now),
        later=next(now),
        late=next(now),
        not_booked=next(now),
        here=next(now),
        here_too=next(now),
        should_have_left=next(now),
        left=next(now),
        left_too=next(now),
        no_sign_out=next(now),
        lost_badge=next(now),
        new_badge=next(now),
        half_done=next(now),
        no_badge=next(now),
        leaver=gone,
    )


def _over_the_teams(workers: list[Person]) -> Iterator[Person]:
    """One of each team first, then the others."""
    seen: set[str] = set()
    rest = []
    for one in workers:
        if one.team in seen:
            rest.append(one)
        else:
            seen.add(one.team)
            yield one
    yield from rest
