"""Settles who each row reports to. A manager is set by an exact reference or a unique exact name, never by guess."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from visitor_register.domain import chart_humans, chart_ids
from visitor_register.domain.chart import ChartPerson, Problem
from visitor_register.domain.chart_rings import cut_rings, find_rings
from visitor_register.domain.chart_suggest import Suggestions, leads
from visitor_register.domain.names import fold
from visitor_register.domain.names_clean import clean_name, names_nobody

ADDRESS = re.compile(r"[^\s<>;,:()\"\[\]]+@[^\s<>;,:()\"\[\]]+\.[^\s<>;,:()\"\[\]]+")

_ROLE_AFTER = re.compile(
    r"\s+(?:TM|SM|HoS|DTM|ATM|PM|TL)$"
    r"|\s*(?:[,;:–—]|\s-\s)\s*(?=[^,]*\b(?:manager|head|director|lead|leader|principal|supervisor)\b)[^,]*$",
    re.I,
)
# These ways say which post is above; of several who hold it any one will do.
_POSTS = ("line of the drawing", "post reference")
_LEFT_OPEN = "is named as their own manager, so the manager is left open."


class Index:
    """All the exact ways by which a row can be named in one chart."""

    def __init__(self, people: Sequence[ChartPerson]) -> None:
        self.rows = {person.key: person for person in people}
        self.by_person = chart_humans.rows_by_person(people)
        present = [person for person in people if not person.gone]
        self.posts = chart_ids.References((person.post_ref, person.key) for person in present)
        self.boxes: dict[str, list[ChartPerson]] = defaultdict(list)
        for person in present:
            self.boxes[person.box].append(person)
        living = [person for person in present if not person.vacant]
        self.numbers = chart_ids.References((person.staff_number, person.key) for person in living)
        self.names: Mapping[str, set[str]] = _group(
            # As written too: letters lost in an export are lost in both places.
            (fold(name), person.person)
            for person in living
            for name in (person.name, clean_name(person.written).name)
        )
        own = chart_humans.own_addresses(people)
        self.emails = _group((person.email, person.person) for person in living if person.email in own)

    def exact(self, row: ChartPerson) -> Iterator[tuple[str, set[str]]]:
        """Yield (how, human beings) for each way the row names its manager, in the order in which they count."""
        said = row.reports
        if said.box:
            yield "line of the drawing", self._holders(self.boxes.get(said.box, ()))
        if holders := self._in_post(chart_ids.reference(said.post)):
            yield "post reference", holders
        yield "staff number", self._numbered(chart_ids.staff_number(said.staff_number))
        for text in (said.email, said.name):
            for address in ADDRESS.findall(text.lower())[:1]:
                yield "e-mail address", self.emails.get(address, set())
        if not names_nobody(said.name) and "@" not in said.name:
            yield (
                "name",
                next((who for name in _readings(said.name) if (who := self.names.get(fold(name), set()))), set()),
            )
            # Some lists put the number where the name should be.
            if (number := chart_ids.staff_number(said.name)) and " " not in said.name.strip():
                yield "staff number", self._numbered(number)
                yield "post reference", self._in_post(chart_ids.reference(said.name))

    def row_of(self, person: str, subject: ChartPerson) -> ChartPerson:
        """Choose the post of a human being that is meant: the one referred to, of the same team, or that leads."""
        rows = self.by_person.get(person) or (self.rows[person],)
        meant = set(self.posts.find(chart_ids.reference(subject.reports.post)))
        meant.update(row.key for row in self.boxes.get(subject.reports.box, ()) if subject.reports.box)
        return max(rows, key=lambda row: (row.key in meant, fold(row.unit) == fold(subject.unit), leads(row)))

    def _in_post(self, reference: str) -> set[str]:
        """Return who holds a post: the vacant post itself if nobody does. One reference on two posts names none."""
        return self._holders(
            [self.rows[key] for key in (self.posts if self.posts.any else self.numbers).find(reference)]
        )

    def _holders(self, rows: Sequence[ChartPerson]) -> set[str]:
        if len({(fold(row.job_title), fold(row.unit)) for row in rows}) > 1:
            return set()
        return {row.person for row in rows if row.living} or {row.person for row in rows[:1]}

    def _numbered(self, number: str) -> set[str]:
        """Return who has a staff number. A list with one kind of number only may call it by either name."""
        return {self.rows[key].person for key in (self.numbers if self.numbers.any else self.posts).find(number)}


def match_managers(people: Sequence[ChartPerson]) -> tuple[tuple[ChartPerson, ...], tuple[Problem, ...]]:
    """Set every manager that is certain, offer candidates for the others; say what is wrong.

    Returns the people in the same order with `person`, `manager` and `candidates` filled. It always
    ends, whatever the rows say: nobody is left above themselves.
    """
    joined = chart_humans.join_rows(people)
    index = Index(joined)
    problems = list(chart_humans.clashes(joined))
    first = [_settle(row, index, problems) for row in joined]
    settled, rings = cut_rings(first)
    problems += rings
    suggestions = Suggestions(settled, index.names)
    done = tuple(replace(row, candidates=_candidates(row, index, suggestions)) for row in settled)
    reported = {problem.where for problem in problems if problem.text.endswith(_LEFT_OPEN)}
    in_rings = {before.key for before, after in zip(first, settled, strict=True) if before.manager != after.manager}
    return done, (*problems, *_open(row for row in done if row.key not in in_rings and row.where not in reported))


def rings(people: Sequence[ChartPerson]) -> tuple[dict[str, str], ...]:
    """Return the rings that rows say they report in, and that are not settled: each row's key and its manager's.

    `match_managers` opens a ring, since nobody can know which line of it is wrong; a person can say it.
    """
    index = Index(people)
    said = {
        row.key: row.manager if row.manager is not None or row.left_open else _settle(row, index, []).manager
        for row in people
        if not row.gone
    }
    found = ([(key, said[key] or "") for key in ring] for ring in find_rings(said))
    return tuple(dict(ring) for ring in found)


def _settle(row: ChartPerson, index: Index, problems: list[Problem]) -> ChartPerson:
    chosen: str | None = None
    by = ""
    for how, people in index.exact(row):
        if chosen is None:
            if how in _POSTS and len(people) > 1:
                people = _holder(row, index, people)
            if len(people) == 1:
                chosen, by = next(iter(people)), how
        elif len(people) == 1 and chosen not in people and how not in _POSTS:
            other = index.rows[next(iter(people))]
            text = (
                f"The {by} and the {how} name different managers for {_who(row)}; the {by} counts, not {_who(other)}."
            )
            problems.append(Problem(row.where, text))
            break
    if chosen is None:
        return row
    if chosen == row.person:
        problems.append(Problem(row.where, f"{_who(row)} {_LEFT_OPEN}"))
        return row
    return replace(row, manager=index.row_of(chosen, row).key)


def _holder(row: ChartPerson, index: Index, holders: set[str]) -> set[str]:
    """Choose among the holders of a shared post: who else is named, else the first by name. The post is certain."""
    for how, people in index.exact(row):
        if how not in _POSTS and len(people & holders) == 1:
            return people & holders
    others = sorted(holders - {row.person}, key=lambda key: (fold(index.rows[key].name), index.rows[key].staff_number))
    return set(others[:1])


def _candidates(row: ChartPerson, index: Index, suggestions: Suggestions) -> tuple[str, ...]:
    if row.manager is not None:
        return ()
    exact = [
        index.row_of(person, row).key
        for how, people in index.exact(row)
        if how != "name"
        for person in sorted(people, key=lambda key: fold(index.rows[key].name))
        if person != row.person
    ]
    same_post = [key for key in index.posts.find(chart_ids.reference(row.reports.post)) if key != row.key]
    drawn = [other.key for box in row.maybe_boxes for other in index.boxes.get(box, ())]
    offered = dict.fromkeys([*drawn, *exact, *same_post, *suggestions.for_row(row)])
    return tuple(key for key in offered if index.rows[key].person != row.person)[:6]


def _open(people: Iterable[ChartPerson]) -> Iterator[Problem]:
    """Report the open managers: one sentence a spelling, and one for all that name nobody."""
    blank: list[ChartPerson] = []
    named = False
    spelt: dict[str, list[ChartPerson]] = defaultdict(list)
    for person in people:
        named = named or bool(person.manager_text)
        if person.manager is not None or person.gone:
            continue
        if names_nobody(person.manager_text):
            blank.append(person)
        else:
            spelt[fold(person.manager_text)].append(person)
    for rows in spelt.values():
        who = _who(rows[0]) if len(rows) == 1 else f"{len(rows)} rows"
        what = "needs a person to choose" if any(row.candidates for row in rows) else "is nobody on this chart"
        yield Problem(rows[0].where, f"The manager “{rows[0].manager_text}” of {who} {what}.", asked=True)
    # One row without a manager is the top of the chart.
    if len(blank) > 1 and named:
        yield Problem(blank[1].where, f"{len(blank)} rows name no manager.")


def _readings(text: str) -> Iterator[str]:
    """Yield a manager's name as written, then without the role that stands after it ("Ada Hill, Team Manager")."""
    yield clean_name(text).name
    before, mark, after = (part.strip() for part in _ROLE_AFTER.sub("|", text, count=1).partition("|"))
    if mark and not after and " " in before:
        yield clean_name(before).name


def _group(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return dict(found)


def _who(row: ChartPerson) -> str:
    return row.name or f"the post “{row.job_title}”"
