"""All entries of one chart version, council's key, post or joined pair of records; their rows out."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from visitor_register.domain.directory import ChartVersion, CouncilKey, Holding, Post, SamePerson
from visitor_register.domain.events import (
    ChartAccepted,
    ChartUndone,
    ChartWasSigned,
    CouncilKeyPinned,
    CouncilKeyWithdrawn,
    Entry,
    PostEdited,
    PostListed,
    PostRemoved,
    SamePersonFound,
    SamePersonWithdrawn,
)


def fold_version(entries: Iterable[Entry]) -> list[object]:
    """Say what an accepted chart was, and whether its import was undone."""
    version: ChartVersion | None = None
    for entry in entries:
        match entry.event:
            case ChartAccepted() as chart:
                version = ChartVersion(
                    id=entry.subject,
                    authority=chart.authority,
                    services="\n".join(chart.services),
                    file_name=chart.file_name,
                    sha256=chart.sha256,
                    format=chart.format,
                    issued_on=chart.issued_on,
                    received_on=chart.received_on,
                    from_whom=chart.from_whom,
                    accepted_at=entry.at,
                    accepted_by=entry.actor,
                    people=chart.people,
                    posts=chart.posts,
                    partial=chart.partial,
                )
            case ChartWasSigned(key=key, council_version=number, valid_until=until) if version is not None:
                version = replace(version, signed_with=key, council_version=number, valid_until=until)
            case ChartUndone(reason=reason) if version is not None:
                version = replace(version, undone=True, undone_because=reason)
    return [] if version is None else [version]


def fold_key(entries: Iterable[Entry]) -> list[object]:
    """Say which key of a council was confirmed, by whom, and whether it still counts."""
    key: CouncilKey | None = None
    for entry in entries:
        match entry.event:
            case CouncilKeyPinned() as pinned:
                key = CouncilKey(
                    entry.subject, pinned.authority, pinned.key, pinned.confirmed_with, entry.at, entry.actor
                )
            case CouncilKeyWithdrawn() if key is not None:
                key = replace(key, withdrawn=True)
    return [] if key is None else [key]


def fold_post(entries: Iterable[Entry]) -> list[object]:
    """Say what a post is now and who holds it; a removed post has no holders."""
    post: Post | None = None
    first: UUID | None = None
    holders: list[object] = []
    for entry in entries:
        match entry.event:
            case PostListed() as listed:
                first = first or listed.version
                post = Post(
                    id=entry.subject,
                    authority=listed.authority,
                    ref=listed.ref,
                    title=listed.title,
                    team=listed.team,
                    service=listed.service,
                    directorate=listed.directorate,
                    level=listed.level,
                    reports_to=listed.reports_to,
                    version=listed.version,
                )
                holders = [Holding(entry.subject, person) for person in listed.holders]
            case PostEdited() as edited if post is not None:
                post = replace(post, title=edited.title, team=edited.team, reports_to=edited.reports_to)
                holders = [Holding(entry.subject, person) for person in edited.holders]
            case PostRemoved(version=version) if version == first:
                # The chart that brought it was taken back: the post never was.
                post, first, holders = None, None, []
            case PostRemoved(version=version) if post is not None:
                post = replace(post, removed_by=version)
                holders = []
    return [] if post is None else [post, *holders]


def fold_same_person(entries: Iterable[Entry]) -> list[object]:
    """Say whether two records are still taken as one human being."""
    same: SamePerson | None = None
    for entry in entries:
        match entry.event:
            case SamePersonFound(first=first, second=second):
                same = SamePerson(entry.subject, first, second)
            case SamePersonWithdrawn(undone=undone) if same is not None:
                same = None if undone else replace(same, withdrawn=True)
    return [] if same is None else [same]
