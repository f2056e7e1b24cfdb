"""The fire list on paper: large, black on white, a box to tick for each person, no name ever cut off.

Building, painting and writing touch no widget: all of it may run in a worker thread.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF

from visitor_register.domain import calendar
from visitor_register.gui.prints import pdf, proof_foot
from visitor_register.gui.prints.flow import Column, Flow, Part, parts
from visitor_register.gui.prints.sheet import A4, MARGIN, Page, face, lines, mm, paint, width_of
from visitor_register.services.fire_list import FireList, FireRow, Kind

__all__ = ["pages", "paint", "write_pdf"]

FILE_NAME = "fire-list.pdf"
_TICK = mm(9)
_NAME_AT, _NAME_WIDE = mm(14), mm(88)
_WHERE_AT, _WHERE_WIDE = mm(106), mm(50)
_SINCE_AT, _SINCE_WIDE = mm(160), mm(22)
_WIDE = A4.width() - 2 * MARGIN


def pages(fire_list: FireList) -> tuple[Page, ...]:
    """The list as pages, each with the header and its number."""
    flow = Flow(partial(_header, fire_list), size=A4)
    if not fire_list.people:
        flow.row((Column(0, parts("Nobody is signed in here.", 18, _WIDE, bold=True)),), lowest=mm(14))
    elif fire_list.kind is Kind.LOCKDOWN:
        for place, rows in fire_list.by_place:
            flow.title(lines(f"{place}: {people(sum(row.how_many for row in rows))}", face(16, bold=True), _WIDE))
            for row in rows:
                _row(flow, row, fire_list)
    else:
        for row in fire_list.people:
            _row(flow, row, fire_list)
    for title, rows in fire_list.asked_too:
        flow.title(lines(f"Ask about: {title[0].lower()}{title[1:]}", face(14, bold=True), _WIDE))
        for row in rows:
            _row(flow, row, fire_list)
    number_pages(flow.pages)
    proof_foot.put(flow.pages, fire_list.proof)
    return tuple(flow.pages)


def as_pdf(fire_list: FireList) -> bytes:
    """The list as the content of a PDF file. Its title names nobody."""
    return pdf.as_pdf(pages(fire_list), fire_list.kind.title)


def write_pdf(fire_list: FireList, path: Path) -> Path:
    """Write the list to a file, or to the second name while a reader holds the first; says which.

    Raises:
        OSError: neither name can be written.
    """
    return pdf.save(path, as_pdf(fire_list))


def people(count: int) -> str:
    """`1 person`, `3 people`."""
    return f"{count} person" if count == 1 else f"{count} people"


def number_pages(all_pages: list[Page]) -> None:
    """Write `page 2 of 3` at the right above, now that it is known how many there are."""
    font = face(13, bold=True)
    for number, page in enumerate(all_pages, 1):
        words = f"page {number} of {len(all_pages)}"
        page.write(lines(words, font, 1e6), page.size.width() - MARGIN - width_of(words, font), MARGIN + mm(3))


def _header(fire_list: FireList, page: Page) -> float:
    made = fire_list.made_at
    y = page.write(lines(fire_list.kind.title, face(28, bold=True), _WIDE), MARGIN, MARGIN - mm(2))
    if fire_list.drill:
        drill = lines("DRILL, not an emergency", face(16, bold=True), _WIDE)
        x = MARGIN + mm(76)
        page.write(drill, x, MARGIN + mm(1))
        wide = drill[0].layout.lineAt(0).naturalTextWidth()
        page.boxes.append((QRectF(x - mm(2.5), MARGIN, wide + mm(5), drill[0].height + mm(2)), 5))
    printed = f"{calendar.say_day(calendar.london_date(made))}, {calendar.say_time(made)}"
    y = page.write(lines(fire_list.school, face(14), _WIDE), MARGIN, y)
    y = page.write(lines(printed, face(14), _WIDE), MARGIN, y)
    y = page.write(lines(fire_list.heading, face(14, bold=True), _WIDE), MARGIN, y + mm(1.5)) + mm(3)
    for x, words in ((0.0, "Seen"), (_NAME_AT, "Name, from"), (_WHERE_AT, "Where, to see"), (_SINCE_AT, "In")):
        below = page.write(lines(words, face(11, bold=True), _NAME_WIDE), MARGIN + x, y)
    page.rule(below + mm(1), thick=6)
    return below + mm(1)


def _row(flow: Flow, row: FireRow, fire_list: FireList) -> None:
    name = list(parts(row.index_name, 18, _NAME_WIDE, bold=True))
    if row.needs_assistance:
        name += [Part(line, sign=True) for line in lines("NEEDS ASSISTANCE", face(14, bold=True), _NAME_WIDE)]
    if row.how_many > 1:
        name += parts(people(row.how_many), 14, _NAME_WIDE, bold=True)
    name += parts(row.organisation, 12, _NAME_WIDE)
    where = list(parts(row.where, 14, _WHERE_WIDE, bold=True))
    where += parts(f"to see {row.here_to_see}" if row.here_to_see else "", 12, _WHERE_WIDE)
    flow.row(
        (
            Column(_NAME_AT, tuple(name)),
            Column(_WHERE_AT, tuple(where)),
            Column(_SINCE_AT, _since(row, fire_list)),
        ),
        tick=_TICK,
        lowest=mm(11),
    )


def _since(row: FireRow, fire_list: FireList) -> tuple[Part, ...]:
    words = list(parts(calendar.say_time(row.since), 14, _SINCE_WIDE))
    day = calendar.london_date(row.since)
    if day != calendar.london_date(fire_list.made_at):
        words += parts(calendar.say_date(day), 11, _SINCE_WIDE)
    if row.gone_at is not None:
        words += parts(f"out {calendar.say_time(row.gone_at)}", 12, _SINCE_WIDE, bold=True)
    return tuple(words)
