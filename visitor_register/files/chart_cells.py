"""Reads one row: the person or the post in it, by what each column means."""

import re
from dataclasses import replace

from visitor_register.domain import chart_ids, chart_text
from visitor_register.domain.chart import ChartPerson, Reports
from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.chart_fields import Field, speaks_of_pay
from visitor_register.domain.chart_table import Row
from visitor_register.domain.matching import ADDRESS
from visitor_register.domain.names import fold, words
from visitor_register.domain.names_clean import CleanName, clean_name, is_plausible
from visitor_register.files.phones import read_phones

_VACANT = re.compile(r"^(?:y|yes|true|1|x|v|vacant|vacancy|unfilled)\b", re.I)
_HELD = re.compile(r"^(?:n|no|false|0|filled|occupied)\b", re.I)
_LOST = re.compile(r"\?|\ufffd+")
_TWO_PEOPLE = re.compile(r"\s*(?:/|;|\+|&|\band\b)\s*", re.I)
_NAMES = (Field.NAME, Field.FORENAME, Field.SURNAME)


class Cells:
    """The cells of one row by canonical column."""

    def __init__(self, row: Row, mapping: ColumnMapping) -> None:
        self._by_field: dict[Field, list[str]] = {}
        for field, cell in zip(mapping.columns, row.cells, strict=False):
            if field is not None:
                self._by_field.setdefault(field, []).append(cell)
        self.name_struck = any(at < len(mapping.columns) and mapping.columns[at] in _NAMES for at in row.struck)

    def all(self, field: Field) -> list[str]:
        """Return the cells of every column of that kind, as they stand."""
        return self._by_field.get(field, [])

    def raw(self, field: Field) -> str:
        """Return the first such cell as it stands."""
        return next(iter(self.all(field)), "")

    def text(self, field: Field) -> str:
        """Return what such cells say, cleaned; "" where they say that there is nothing."""
        return "; ".join(self.texts(field))

    def texts(self, field: Field) -> list[str]:
        """Return what each such cell says, those left out that say nothing."""
        return list(filter(None, map(chart_text.value, self.all(field))))

    def written(self) -> str:
        """Return the name as it stands."""
        return chart_text.clean(self.raw(Field.NAME)) or chart_text.clean(
            f"{self.raw(Field.FORENAME)} {self.raw(Field.SURNAME)}"
        )

    def names(self) -> list[CleanName]:
        """Return who is named: one person, or two whose full names share the cell."""
        parts = [clean_name(part) for part in _TWO_PEOPLE.split(chart_text.clean(self.raw(Field.NAME)))]
        both = 1 < len(parts) <= 3 and all(len(part.name.split()) > 1 and is_plausible(part.name) for part in parts)
        return parts if both else [self.name()]

    def name(self) -> CleanName:
        """Return the name column, or forename and surname together."""
        if chart_text.clean(self.raw(Field.NAME)):
            return clean_name(self.raw(Field.NAME))
        forename, surname = clean_name(self.raw(Field.FORENAME)), clean_name(self.raw(Field.SURNAME))
        if (forename.vacant and not surname.name) or (surname.vacant and not forename.name):
            return CleanName("", flags=(*forename.flags, *surname.flags), vacant=True)
        # A surname beside its forename is never turned round, and "Lead" may be one.
        name = " ".join(filter(None, (forename.name, surname.name)))
        return CleanName(name, forename.known_as or surname.known_as, (*forename.flags, *surname.flags))

    def names_somebody_beside(self, said: str) -> bool:
        """Say whether a plausible name stands in the row, apart from that cell."""
        name = chart_text.clean(self.raw(Field.NAME) or self.raw(Field.SURNAME))
        return bool(name) and name != said and is_plausible(name)

    def emails(self) -> list[str]:
        """Return every address in the row's contact cells, lower case."""
        cells = [cell for field in (Field.EMAIL, Field.CONTACT, Field.PHONE, Field.MOBILE) for cell in self.all(field)]
        return [
            str(found).strip(".'") for cell in cells for found in ADDRESS.findall(cell.lower().replace("mailto:", ""))
        ]


def people_in(row: Row, cells: Cells, key: str, where: str) -> list[ChartPerson]:
    """Return the person or the empty post in a row, two people where two names share the cell, [] for neither."""
    names = cells.names()
    if len(names) == 1:
        return [person for person in (_person(row, cells, names[0], key, where),) if person is not None]
    shared = [_person(row, cells, name, key if at == 0 else f"{key}.{at + 1}", where) for at, name in enumerate(names)]
    doubt = "shares a cell with somebody else; numbers and addresses may belong to either"
    return [_of_one(person, cells, doubt) for person in shared if person is not None]


def _of_one(person: ChartPerson, cells: Cells, doubt: str) -> ChartPerson:
    """Give one of two people in a cell only the address that has their surname in it."""
    surname = "".join(words(person.name.split()[-1]))
    own = [address for address in cells.emails() if surname in re.sub(r"[^a-z@]", "", address).partition("@")[0]]
    return replace(person, email=own[0] if len(own) == 1 else "", staff_number="", doubts=(*person.doubts, doubt))


def _person(row: Row, cells: Cells, named: CleanName, key: str, where: str) -> ChartPerson | None:
    title = cells.text(Field.JOB_TITLE)
    said_vacant = cells.text(Field.VACANCY)
    nobody = not named.name and (named.vacant or bool(_VACANT.match(said_vacant)) or bool(title))
    if not named.name and (not nobody or not (title or cells.text(Field.POST_REF))):
        return None
    remarks = named.flags + ((said_vacant,) if said_vacant and not _HELD.match(said_vacant) else ())
    email = next(iter(cells.emails()), "")
    contact = [cell for field in (Field.PHONE, Field.CONTACT, Field.MOBILE) for cell in cells.all(field)]
    phones = [phone for cell in contact for phone in read_phones(ADDRESS.sub(" ", cell))]
    doubts = []
    if any(map(chart_text.hides_something, row.cells)):
        doubts.append("held characters that cannot be seen; they were taken out")
    if any(chart_text.is_formula(cell) for cell in row.cells):
        doubts.append("holds a formula, which is kept as plain text")
    if named.name and not is_plausible(named.name):
        doubts.append("is not a plausible name")
    name = named.name
    if _LOST.search(name):
        name = _with_lost_letters(name, email)
        completed = "" if _LOST.search(name) else f"; read as “{name}” after the e-mail address"
        doubts.append(f"has letters that were lost in an earlier export{completed}")
    return ChartPerson(
        key=key,
        person=key,
        where=where,
        name=name,
        written=cells.written(),
        job_title=title,
        known_as=_known_as(cells.text(Field.KNOWN_AS), name) or named.known_as,
        unit=cells.text(Field.UNIT),
        service=cells.text(Field.SERVICE),
        directorate=cells.text(Field.DIRECTORATE),
        organisation=cells.text(Field.ORGANISATION),
        level=cells.text(Field.LEVEL),
        staff_number=chart_ids.staff_number(cells.raw(Field.STAFF_NUMBER)),
        post_ref=chart_ids.reference(cells.raw(Field.POST_REF)),
        email=email,
        phones=tuple(phone for phone in phones if not phone.is_mobile),
        mobiles=tuple(dict.fromkeys(phone for phone in phones if phone.is_mobile)),
        contract=cells.text(Field.CONTRACT),
        notes="; ".join(
            note for note in map(chart_text.value, cells.all(Field.NOTES)) if note and not speaks_of_pay(note)
        ),
        vacant=not name,
        gone=row.gone or ("struck through" if cells.name_struck else ""),
        flags=remarks,
        doubts=tuple(doubts),
        reports=_reports(cells),
        box=cells.raw(Field.BOX),
        maybe_boxes=tuple(cells.raw(Field.MAY_REPORT_TO_BOX).split()),
    )


def _reports(cells: Cells) -> Reports:
    post, number, email, name = (
        chart_text.clean(cells.raw(field))
        for field in (
            Field.REPORTS_TO_POST,
            Field.REPORTS_TO_STAFF_NUMBER,
            Field.REPORTS_TO_EMAIL,
            Field.REPORTS_TO_NAME,
        )
    )
    return Reports(cells.raw(Field.REPORTS_TO_BOX), post, number, email, name)


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


def _known_as(said: str, name: str) -> str:
    """Return the short forename alone, also where the column repeats the surname or the whole name."""
    surname = name.split()[-1] if name else ""
    short = said[: -len(surname)].strip() if surname and fold(said).endswith(" " + fold(surname)) else said
    return "" if name and fold(short) in (fold(name), fold(name.split()[0])) else short
