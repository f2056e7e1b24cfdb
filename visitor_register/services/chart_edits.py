"""Changing one person of the chart by hand, between two charts: with a reason, by a named person, and taken back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import chart_ids, chart_text, chart_told
from visitor_register.domain.directory import HandEdit, HandField, Post, on_chart_with, posts_in
from visitor_register.domain.events import HandChange, PersonEdited, PostEdited
from visitor_register.domain.names import fold
from visitor_register.domain.names_clean import names_nobody
from visitor_register.domain.people import SEES_CHILDREN, Operator, Person
from visitor_register.domain.verification import Listing
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.files.phones import read_phones
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import hand_edit, holding, person, post
from visitor_register.services import directory
from visitor_register.services.access import require
from visitor_register.services.chart_phones import say_phones

_TAKEN_BACK = "taken back: the chart is right"
_TEXTS = (HandField.NAME, HandField.KNOWN_AS, HandField.JOB_TITLE, HandField.TEAM)


@dataclass(frozen=True, slots=True)
class HandForm:
    """What one may change of a person, as it is typed. `reports_to` is the post above theirs; None for none known."""

    name: str
    known_as: str = ""
    job_title: str = ""
    team: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    staff_number: str = ""
    reports_to: UUID | None = None
    on_chart: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Editable:
    """A person as they stand, and what there is to choose from.

    Attributes:
        form: What the form begins with.
        post: The post that is changed with them; None for somebody who holds none.
        above: Posts that may be above theirs: each with the names of its holders and its title.
        teams: The teams of the chart.
        edits: What was changed by hand already.
    """

    who: Person
    form: HandForm
    post: Post | None
    above: tuple[tuple[UUID, str], ...]
    teams: tuple[str, ...]
    edits: tuple[HandEdit, ...]


def editable(session: Session, identity: UUID) -> Editable:
    """Read what may be changed of somebody.

    Raises:
        RegisterError: they are on no chart, or the council itself took them off it.
    """
    who = directory.get(session, identity)
    edits = of_person(session, identity)
    off = any(edit.field is HandField.ON_CHART for edit in edits)
    if who is None or (directory.listing(who) is not Listing.CURRENT and not off):
        raise RegisterError("Only people on the chart in use can be changed by hand. This one is not on it.")
    places = directory.posts_of(session, identity)
    place = directory.shown_post(places, who)
    posts = rows.select_all(session, Post, post.c.removed_by.is_(None), order_by=(post.c.title,))
    return Editable(
        who=who,
        form=_form_of(who, place, on_chart=not off),
        post=place,
        above=tuple(_choices(session, posts, place)) if place is not None else (),
        teams=tuple(sorted({one.team for one in posts if one.team})),
        edits=edits,
    )


def of_person(session: Session, identity: UUID) -> tuple[HandEdit, ...]:
    """What was changed by hand of somebody and no chart said since, in the order of the form."""
    found = {edit.field: edit for edit in rows.select_all(session, HandEdit, hand_edit.c.person == identity)}
    return tuple(found[field] for field in HandField if field in found)


def check(session: Session, found: Editable, form: HandForm) -> dict[str, str]:
    """Say for each field of the form what to write instead; nothing is wrong when it is empty."""
    wrong: dict[str, str] = {}
    if not form.reason.strip():
        wrong["reason"] = "Write how you know, for example: the team manager told us on the telephone."
    if not form.on_chart:
        return wrong
    name = chart_text.clean(form.name)
    if not name or names_nobody(name):
        wrong["name"] = "Write the name. If nobody is in the post any more, tick that this person has left."
    for field, typed in (("phone", form.phone), ("mobile", form.mobile)):
        if typed.strip() and not read_phones(typed):
            wrong[field] = "Write a telephone number, like 020 7946 0148 or ext 201."
    if form.email.strip() and ("@" not in form.email.strip(" @") or len(form.email.split()) > 1):
        wrong["email"] = "Write one e-mail address, like name@council.gov.uk."
    number = chart_ids.staff_number(form.staff_number)
    if form.staff_number.strip() and not number:
        wrong["staff_number"] = "Write the number as it stands on the badge, with its digits."
    elif number and _others_with(session, number, found.who.id):
        wrong["staff_number"] = "Somebody else on the chart has this number. A badge must lead to one person."
    if found.post is not None and form.reports_to not in {None, *(key for key, _ in found.above)}:
        wrong["reports_to"] = "This post stands under theirs. Choose one above it."
    return wrong


def edit(session: Session, identity: UUID, form: HandForm, *, by: Operator, at: datetime) -> tuple[HandField, ...]:
    """Change somebody by hand and return what was changed. The next chart is held against it.

    Raises:
        NotAllowedError: only the DSL and the head change what telephone numbers are taken from.
        AnswerMissingError: something in the form is wrong, or no reason was given.
        RegisterError: they are not on the chart in use.
    """
    require(by, SEES_CHILDREN)
    found = editable(session, identity)
    for sentence in check(session, found, form).values():
        raise AnswerMissingError(sentence)
    changes = tuple(_changes(session, found, _cleaned(form)))
    if changes:
        said = PersonEdited(" ".join(form.reason.split()), changes)
        journal.append_all(session, [(identity, said), *_posts(session, identity, changes)], by=by, at=at)
    return tuple(change.field for change in changes)


def take_back(session: Session, identity: UUID, *, by: Operator, at: datetime) -> None:
    """Let somebody read again as the chart says, whatever was changed by hand."""
    require(by, SEES_CHILDREN)
    edits = of_person(session, identity)
    changes = tuple(HandChange(edit.field, edit.chart_says, edit.chart_says, edit.post) for edit in edits)
    if changes:
        said = PersonEdited(_TAKEN_BACK, changes)
        journal.append_all(session, [(identity, said), *_posts(session, identity, changes)], by=by, at=at)


def _form_of(who: Person, place: Post | None, *, on_chart: bool) -> HandForm:
    return HandForm(
        name=who.name,
        known_as=who.known_as,
        job_title=who.job_title,
        team=who.team,
        phone=who.phone,
        mobile=who.mobile,
        email=who.email,
        staff_number=who.staff_number,
        reports_to=place.reports_to if place is not None else None,
        on_chart=on_chart,
    )


def _choices(session: Session, posts: Iterable[Post], place: Post) -> Iterator[tuple[UUID, str]]:
    """Yield the posts that may be above one: all but itself and those under it."""
    above = {one.id: one.reports_to for one in posts}
    names: dict[UUID, list[str]] = {}
    held = session.execute(holding.select().add_columns(person.c.name).join(person, person.c.id == holding.c.person))
    for row in held:
        names.setdefault(row.post, []).append(row.name)
    for one in posts:
        if not _under(above, one.id, place.id):
            team = "" if fold(one.team) in fold(one.title) else one.team
            yield one.id, ", ".join(filter(None, (" / ".join(names.get(one.id, ["Vacant"])), one.title, team)))


def _under(above: Mapping[UUID, UUID | None], one: UUID, top: UUID) -> bool:
    """Say whether a post is another one, or stands under it."""
    seen: set[UUID] = set()
    at: UUID | None = one
    while at is not None and at not in seen:
        if at == top:
            return True
        seen.add(at)
        at = above.get(at)
    return False


def _others_with(session: Session, number: str, identity: UUID) -> bool:
    same = directory.aliases(session, identity)
    listed = rows.select_all(session, Person, person.c.staff_number == number, person.c.left_version.is_(None))
    return any(one.id not in same for one in listed)


def _cleaned(form: HandForm) -> HandForm:
    phones = [*read_phones(form.phone), *read_phones(form.mobile)]
    return replace(
        form,
        **{field.value: chart_text.clean(getattr(form, field)) for field in _TEXTS},  # type: ignore[arg-type]
        phone=say_phones(one for one in phones if not one.is_mobile),
        mobile=say_phones(one for one in phones if one.is_mobile),
        email=form.email.strip().lower(),
        staff_number=chart_ids.staff_number(form.staff_number),
    )


def _changes(session: Session, found: Editable, form: HandForm) -> Iterator[HandChange]:
    """Yield what differs from how somebody stands, each with what the chart says of it."""
    says = {edit.field: edit.chart_says for edit in found.edits}
    if not form.on_chart:
        if found.form.on_chart:
            held = on_chart_with(one.id for one in directory.posts_of(session, found.who.id))
            yield HandChange(HandField.ON_CHART, "", held)
        return
    if not found.form.on_chart:
        yield HandChange(HandField.ON_CHART, says[HandField.ON_CHART], says[HandField.ON_CHART])
    place = found.post.id if found.post is not None else None
    for field in HandField:
        if field is HandField.ON_CHART:
            continue
        before, now = (_text(getattr(one, field)) for one in (found.form, form))
        of_post = field in (HandField.JOB_TITLE, HandField.TEAM, HandField.REPORTS_TO)
        if before != now and (place is not None or field is not HandField.REPORTS_TO):
            yield HandChange(field, now, says.get(field, before), place if of_post else None)


def _text(value: str | UUID | None) -> str:
    return "" if value is None else str(value)


def _posts(session: Session, identity: UUID, changes: Iterable[HandChange]) -> Iterator[tuple[UUID, PostEdited]]:
    """Yield the posts that change with somebody."""
    posts: dict[UUID, Post] = {}
    holders: dict[UUID, tuple[UUID, ...]] = {}

    def known(place: UUID) -> bool:
        if place not in posts and (found := rows.select_one(session, Post, post.c.id == place)) is not None:
            posts[place] = found
            holders[place] = tuple(one.id for one in directory.holders_of(session, place))
        return place in posts and posts[place].removed_by is None

    for change in changes:
        if change.post is not None and known(change.post):
            posts[change.post] = chart_told.post_with(posts[change.post], change.field, change.value)
        if change.field is HandField.ON_CHART:
            for place in filter(known, posts_in(change.chart_says)):
                others = tuple(one for one in holders[place] if one != identity)
                holders[place] = (*others, identity) if change.value else others
    for place, one in posts.items():
        if one.removed_by is None:
            yield place, PostEdited(one.title, one.team, one.reports_to, holders[place])
