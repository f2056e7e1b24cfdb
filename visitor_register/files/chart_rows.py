"""Turns the rows of one table into people and posts, by a mapping of its columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from visitor_register.domain import chart_ids, chart_text
from visitor_register.domain.chart import ChartPerson, Problem, Reports
from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.chart_fields import Field, heading_key
from visitor_register.domain.chart_table import Row, Table
from visitor_register.domain.matching import ADDRESS
from visitor_register.domain.names import words
from visitor_register.domain.names_clean import CleanName, clean_name, is_plausible
from visitor_register.files.phones import read_phones

_TOTAL = re.compile(r"^(?:sub ?|grand )?totals?\b|^number of (?:posts|staff|people)\b|^count\b|^end of (?:list|report)\b", re.I)
_VACANT = re.compile(r"^(?:y|yes|true|1|x|v|vacant|vacancy|unfilled)\b", re.I)
_LOST = re.compile(r"\?|\ufffd+")
_HELD = re.compile(r"^(?:n|no|false|0|filled|occupied)\b", re.I)


@dataclass(frozen=True, slots=True)
class TableReading:
    """The people of one table in file order, and what was noticed. `as_at` candidates are the texts of other rows."""

    people: tuple[ChartPerson, ...]
    problems: tuple[Problem, ...]
    other_lines: tuple[str, ...]
    dates: tuple[str, ...]


def read_rows(table: Table, mapping: ColumnMapping, prefix: str) -> TableReading:
    """Read all rows below the headings. Headings repeated, totals and section bands are no people."""
    start = mapping.first_row + mapping.heading_rows
    lines = [" ".join(row.cells) for row in table.rows[: mapping.first_row]]
    people: list[ChartPerson] = []
    problems: list[Problem] = []
    dates: list[str] = []
    section = ""
    for row in table.rows[start:]:
        where = _where(table, row)
        cells = _Cells(row, mapping)
        said = [text for text in (chart_text.clean(cell) for cell in row.cells) if text]
        if not said:
            continue
        if _repeats_headings(row, mapping):
            problems.append(Problem(where, f"Row {row.number} repeats the headings and was left out."))
        elif _TOTAL.match(said[0]) and not cells.names_somebody_beside(said[0]):
            problems.append(Problem(where, f"Row {row.number} is a total (“{said[0]}”) and was left out."))
            lines.append(" ".join(said))
        elif row.band or len(said) == 1:
            section = said[0]
            lines.append(section)
        elif (person := _person(row, cells, f"{prefix}r{row.number}", where)) is not None:
            in_section = section if Field.SERVICE not in mapping.columns else ""
            people.append(replace(person, service=person.service or in_section))
            dates.append(cells.text(Field.EFFECTIVE_DATE))
            problems += _doubts(people[-1])
        else:
            lines.append(" ".join(said))
            problems.append(Problem(where, f"Row {row.number} names nobody and was left out: “{said[0][:60]}”."))
    kept, repeated = _without_repeats(people)
    return TableReading(kept, (*problems, *repeated), tuple(lines), tuple(filter(None, dates)))


class _Cells:
    """The cells of one row by canonical column."""

    def __init__(self, row: Row, mapping: ColumnMapping) -> None:
        self._by_field: dict[Field, list[str]] = {}
        for field, cell in zip(mapping.columns, row.cells, strict=False):
            if field is not None:
                self._by_field.setdefault(field, []).append(cell)

    def all(self, field: Field) -> list[str]:
        return self._by_field.get(field, [])

    def raw(self, field: Field) -> str:
        return next(iter(self.all(field)), "")

    def text(self, field: Field) -> str:
        return "; ".join(filter(None, map(chart_text.value, self.all(field))))

    def name(self) -> CleanName:
        """The name column, or forename and surname together."""
        if chart_text.clean(self.raw(Field.NAME)):
            return clean_name(self.raw(Field.NAME))
        forename, surname = clean_name(self.raw(Field.FORENAME)), clean_name(self.raw(Field.SURNAME))
        if (forename.vacant and not surname.name) or (surname.vacant and not forename.name):
            return CleanName("", flags=(*forename.flags, *surname.flags), vacant=True)
        # A surname beside its forename is never turned round, and "Lead" may be one.
        name = " ".join(filter(None, (forename.name, surname.name)))
        return CleanName(name, forename.known_as or surname.known_as, (*forename.flags, *surname.flags))

    def names_somebody_beside(self, said: str) -> bool:
        name = chart_text.clean(self.raw(Field.NAME) or self.raw(Field.SURNAME))
        return bool(name) and name != said and is_plausible(name)

    def email(self) -> str:
        for field in (Field.EMAIL, Field.CONTACT, Field.PHONE, Field.MOBILE):
            for cell in self.all(field):
                if found := ADDRESS.findall(cell.lower().replace("mailto:", "")):
                    return str(found[0]).strip(".'")
        return ""


def _person(row: Row, cells: _Cells, key: str, where: str) -> ChartPerson | None:
    written = chart_text.clean(cells.raw(Field.NAME)) or chart_text.clean(
        f"{cells.raw(Field.FORENAME)} {cells.raw(Field.SURNAME)}"
    )
    named = cells.name()
    title = cells.text(Field.JOB_TITLE)
    said_vacant = cells.text(Field.VACANCY)
    nobody = not named.name and (named.vacant or bool(_VACANT.match(said_vacant)) or bool(title))
    if not named.name and (not nobody or not (title or cells.text(Field.POST_REF))):
        return None
    remarks = (named.flags + ((said_vacant,) if said_vacant and not _HELD.match(said_vacant) else ()))
    contact = [cell for field in (Field.PHONE, Field.CONTACT) for cell in cells.all(field)]
    doubts = []
    if any(map(chart_text.hides_something, row.cells)):
        doubts.append("held characters that cannot be seen; they were taken out")
    if any(chart_text.is_formula(cell) for cell in row.cells):
        doubts.append("holds a formula, which is kept as plain text")
    if named.name and not is_plausible(named.name):
        doubts.append("is not a plausible name")
    name = named.name
    if _LOST.search(name):
        name = _with_lost_letters(name, cells.email())
        completed = "" if _LOST.search(name) else f"; read as “{name}” after the e-mail address"
        doubts.append(f"has letters that were lost in an earlier export{completed}")
    return ChartPerson(
        key=key, person=key, where=where, name=name, written=written, job_title=title,
        known_as=cells.text(Field.KNOWN_AS) or named.known_as, unit=cells.text(Field.UNIT), service=cells.text(Field.SERVICE),
        directorate=cells.text(Field.DIRECTORATE), organisation=cells.text(Field.ORGANISATION), level=cells.text(Field.LEVEL),
        staff_number=chart_ids.staff_number(cells.raw(Field.STAFF_NUMBER)), post_ref=chart_ids.reference(cells.raw(Field.POST_REF)),
        email=cells.email(), phones=tuple(phone for cell in contact for phone in read_phones(_without_address(cell))),
        mobiles=tuple(phone for cell in cells.all(Field.MOBILE) for phone in read_phones(_without_address(cell))),
        contract=cells.text(Field.CONTRACT), notes=cells.text(Field.NOTES), vacant=not name, gone=row.gone,
        flags=remarks, doubts=tuple(doubts), reports=_reports(cells),
    )  # fmt: skip


def _reports(cells: _Cells) -> Reports:
    post, number, email, name = (
        chart_text.clean(cells.raw(field))
        for field in (Field.REPORTS_TO_POST, Field.REPORTS_TO_STAFF_NUMBER, Field.REPORTS_TO_EMAIL, Field.REPORTS_TO_NAME)
    )
    return Reports(post, number, email, name)


def _with_lost_letters(name: str, address: str) -> str:
    """Put a letter that an export turned into "?" back from the person's own address, where it fits exactly."""
    pieces = [piece for piece in re.split(r"[^a-z]+", address.partition("@")[0]) if piece]

    def restored(word: str) -> str:
        parts = _LOST.split(word)
        pattern = "(.{1,2})".join(re.escape("".join(words(part))) for part in parts)
        found = {match.groups() for piece in pieces if (match := re.fullmatch(pattern, piece))}
        if len(found) != 1:
            return word
        letters = [*next(iter(found)), ""]
        return "".join(part + letter for part, letter in zip(parts, letters, strict=True))

    return " ".join(restored(word) if _LOST.search(word) else word for word in name.split())


def _without_address(cell: str) -> str:
    return ADDRESS.sub(" ", cell)


def _doubts(person: ChartPerson) -> Iterator[Problem]:
    for doubt in person.doubts:
        yield Problem(person.where, f"“{_short(person.written)}” {doubt}.")
    if person.gone:
        yield Problem(person.where, f"“{_short(person.name or person.written)}” is listed apart: {person.gone}.")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}..."


def _without_repeats(people: list[ChartPerson]) -> tuple[tuple[ChartPerson, ...], list[Problem]]:
    """Merge rows that repeat another word for word. Vacant posts without a reference may well be several."""
    seen: dict[ChartPerson, ChartPerson] = {}
    kept, problems = [], []
    for person in people:
        same = replace(person, key="", person="", where="")
        if (person.name or person.post_ref) and same in seen:
            problems.append(Problem(person.where, f"“{person.name or person.job_title}” is listed twice with the same details; once is kept."))
            continue
        seen[same] = person
        kept.append(person)
    return tuple(kept), problems


def _repeats_headings(row: Row, mapping: ColumnMapping) -> bool:
    own = [(cell, heading) for cell, heading in zip(row.cells, mapping.headings, strict=False) if cell.strip()]
    same = sum(heading_key(cell) == heading_key(heading) or heading_key(heading).endswith(heading_key(cell)) for cell, heading in own)
    return len(own) >= 3 and same * 3 >= 2 * len(own)


def _where(table: Table, row: Row) -> str:
    return f"{table.name}, row {row.number}" if table.name else f"row {row.number}"


