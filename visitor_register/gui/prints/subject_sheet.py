"""A person's copy of their data on paper: whose it is on every page, and every line with what it says.

Building and painting touch no widget: all of it may run in a worker thread.
"""

from functools import partial

from visitor_register.domain import calendar
from visitor_register.files import pdf_password
from visitor_register.gui.prints import pdf, proof_foot
from visitor_register.gui.prints.fire_list import number_pages
from visitor_register.gui.prints.flow import Column, Flow, Part, parts
from visitor_register.gui.prints.sheet import A4, MARGIN, Page, face, lines, mm
from visitor_register.services.proof import Proof
from visitor_register.services.subject_copy import SubjectCopy
from visitor_register.services.subject_copy_told import ABOUT, ToldLine, told

TITLE = "A copy of one person's data"
_WIDE = A4.width() - 2 * MARGIN
_WHAT_AT = mm(44)
_WHAT_WIDE = _WIDE - _WHAT_AT


def as_pdf(copy: SubjectCopy, school: str, proof: Proof | None = None, *, password: str = "") -> bytes:
    """All lines as the content of a PDF file. Its title names nobody.

    Raises:
        RegisterError: the password is too short.
    """
    if password:
        pdf_password.check(password)
    content = pdf.as_pdf(pages(copy, school, proof), TITLE)
    return pdf_password.with_password(content, password) if password else content


def pages(copy: SubjectCopy, school: str, proof: Proof | None = None) -> tuple[Page, ...]:
    """The copy as pages, each with its heading and number."""
    flow = Flow(partial(_header, copy, school), size=A4)
    flow.row((Column(0, parts(ABOUT, 10, _WIDE)),))
    for line in map(told, copy.lines):
        flow.row((Column(0, _written(line)), Column(_WHAT_AT, _what(line))))
    if not copy.lines:
        flow.row((Column(0, parts("The register holds nothing about this person.", 11, _WIDE)),))
    number_pages(flow.pages)
    proof_foot.put(flow.pages, proof)
    return tuple(flow.pages)


def _header(copy: SubjectCopy, school: str, page: Page) -> float:
    y = page.write(lines(f"{TITLE}: {copy.name}", face(15, bold=True), _WIDE - mm(38)), MARGIN, MARGIN)
    made = f"Made {calendar.say_date_time(copy.made_at)}"
    y = page.write(lines(" · ".join(part for part in (school, made) if part), face(10.5), _WIDE), MARGIN, y)
    page.rule(y + mm(2), thick=6)
    return y + mm(2)


def _written(line: ToldLine) -> tuple[Part, ...]:
    wide = _WHAT_AT - mm(3)
    return (*parts(line.written, 10, wide, bold=True), *parts(f"by {line.by}", 9, wide))


def _what(line: ToldLine) -> tuple[Part, ...]:
    said = [part for detail in line.details for part in parts(detail, 10, _WHAT_WIDE)]
    return (*parts(line.title, 11, _WHAT_WIDE, bold=True), *said)
