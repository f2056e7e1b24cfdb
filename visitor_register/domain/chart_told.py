"""What was changed by hand on a chart: put on records, taken off them again, and said once more. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from visitor_register.domain.directory import OF_PERSON, HandEdit, HandField, Post, posts_in
from visitor_register.domain.events import HandChange, PersonEdited, PostListed
from visitor_register.domain.people import Person

AnyPost = TypeVar("AnyPost", Post, PostListed)

_OF_POST = {HandField.JOB_TITLE: "title", HandField.TEAM: "team"}


@dataclass(frozen=True, slots=True)
class Told:
    """People, posts and who holds them, as a chart says."""

    people: Mapping[UUID, Person]
    posts: Mapping[UUID, Post]
    holders: Mapping[UUID, frozenset[UUID]]


def without_edits(
    people: Mapping[UUID, Person],
    posts: Mapping[UUID, Post],
    holders: Mapping[UUID, frozenset[UUID]],
    edits: Iterable[HandEdit],
) -> Told:
    """Return the same records as the chart in use says them."""
    people, posts, holders = dict(people), dict(posts), dict(holders)
    for edit in edits:
        people[edit.person] = said_of(people[edit.person], edit.field, edit.chart_says)
        if edit.post in posts:
            posts[edit.post] = post_with(posts[edit.post], edit.field, edit.chart_says)
        if edit.field is HandField.ON_CHART:
            for place in posts_in(edit.chart_says):
                if place in posts and posts[place].removed_by is None:
                    holders[place] = holders.get(place, frozenset()) | {edit.person}
    return Told(people, posts, holders)


def said_of(one: Person, field: HandField, value: str) -> Person:
    """Return a person of whom a field says something else."""
    if field in OF_PERSON:
        return replace(one, **{field.value: value})  # type: ignore[arg-type]
    if field is HandField.ON_CHART:
        # The chart that lists them is the one they are no longer taken to be on.
        return replace(one, left_version=None if value else one.version)
    return one


def post_with(place: AnyPost, field: HandField, value: str) -> AnyPost:
    """Return the post that was changed with a person, where a field of theirs says something else."""
    if field in _OF_POST:
        return replace(place, **{_OF_POST[field]: value})  # type: ignore[arg-type]
    if field is HandField.REPORTS_TO:
        return replace(place, reports_to=UUID(value) if value else None)
    return place


def said_again(edits: Iterable[HandEdit]) -> Iterator[tuple[UUID, PersonEdited]]:
    """Yield what says these edits of people once more, as of when and by whom they were made."""
    groups: dict[tuple[UUID, str, datetime, UUID], list[HandChange]] = {}
    for edit in edits:
        change = HandChange(edit.field, edit.value, edit.chart_says, edit.post)
        groups.setdefault((edit.person, edit.reason, edit.at, edit.by), []).append(change)
    for (person, reason, at, by), changes in groups.items():
        yield person, PersonEdited(reason, tuple(changes), at, by)
