"""The blank sheet for when the PC is off: the fields of "Add from paper", in the same order, ruled to write in."""

from visitor_register.gui.prints.fire_list import number_pages
from visitor_register.gui.prints.sheet import A4_ACROSS, MARGIN, Line, Page, face, lines, mm, width_of

TITLE = "Visitors: paper sheet"
FILE_NAME = "paper-sheet.pdf"

FIELDS: tuple[tuple[str, str, float], ...] = (
    ("Name", "as they say it, in capitals", 50),
    ("Organisation", "and team", 42),
    ("Here to see", "", 34),
    ("Where", "", 26),
    ("Arrived", "as 14:05", 18),
    ("Left", "as 14:05", 18),
    ("ID shown", "which kind, no number", 27),
    ("Face compared", "with the photo", 27),
    ("Needs assistance", "", 27),
)
"""Title, hint and width in millimetres. The order is that of the form into which a sheet is typed."""

_ROWS = 13
_HIGH = mm(11)
_ANSWERS = ("Face compared", "Needs assistance")


def pages(school: str, *, sheets: int = 1) -> tuple[Page, ...]:
    """Blank sheets; nothing on them names anybody."""
    made = [_sheet(school) for _ in range(sheets)]
    if sheets > 1:
        number_pages(made)
    return tuple(made)


def _sheet(school: str) -> Page:
    page = Page(A4_ACROSS)
    wide = page.size.width() - 2 * MARGIN
    y = page.write(lines(TITLE, face(24, bold=True), wide), MARGIN, MARGIN - mm(2))
    page.write(lines("Date:", face(14, bold=True), wide), MARGIN + mm(120), MARGIN + mm(1))
    page.rule(MARGIN + mm(8), left=MARGIN + mm(134), right=MARGIN + mm(190))
    y = page.write(lines(school, face(13), wide), MARGIN, y)
    rules = (
        "Nobody is turned away: write what you know, leave the rest empty. Write nothing about a child and no reason "
        "for the visit. Type the sheet in with “Add from paper” as soon as the PC works again."
    )
    top = page.write(lines(rules, face(11), wide), MARGIN, y + mm(1)) + mm(2)
    heads = [(_head(title, hint, width), width) for title, hint, width in FIELDS]
    head = top + max(sum(line.height for line in words) for words, _ in heads) + mm(2)
    end = head + _ROWS * _HIGH
    x = MARGIN
    for (words, width), (title, _, _) in zip(heads, FIELDS, strict=True):
        page.write(words, x + mm(1.5), top + mm(1))
        page.stroke(x, top, end)
        if title in _ANSWERS:
            _answers(page, x, mm(width), head)
        x += mm(width)
    page.stroke(x, top, end)
    page.rule(top, thick=4, right=x)
    for number in range(_ROWS + 1):
        page.rule(head + number * _HIGH, thick=2 if number else 4, right=x)
    return page


def _head(title: str, hint: str, width: float) -> list[Line]:
    room = mm(width - 3)
    return [*lines(title, face(10.5, bold=True), room), *lines(hint, face(8.5), room)]


def _answers(page: Page, x: float, wide: float, head: float) -> None:
    """Yes or no, to ring."""
    words, font = "yes   /   no", face(11)
    for number in range(_ROWS):
        y = head + number * _HIGH + mm(3)
        page.write(lines(words, font, wide), x + (wide - width_of(words, font)) / 2, y)
