"""A timeline on paper: whose it is on every page, what happened, when it was written and by whom.

Building and painting touch no widget: all of it may run in a worker thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from visitor_register.files import pdf_password
from visitor_register.files.timeline_csv import TimelineLine
from visitor_register.gui.prints import pdf, proof_foot
from visitor_register.gui.prints.fire_list import number_pages
from visitor_register.gui.prints.flow import Column, Flow, Part, parts
from visitor_register.gui.prints.sheet import A4, MARGIN, Page, face, lines, mm
from visitor_register.services.proof import Proof

TITLE = "Timeline"
_WIDE = A4.width() - 2 * MARGIN
_WHAT_AT, _WHAT_WIDE = mm(36), mm(104)
_BY_AT = mm(146)
_BY_WIDE = _WIDE - _BY_AT
_WHEN_WIDE = _WHAT_AT - mm(3)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above every page: whose timeline, from when to when, and who printed it when.

    `child` is the child whose timeline it is: not every line need name it again.
    """

    whose: str
    school: str
    span: str
    printed: str
    child: str = ""
    proof: Proof | None = None


def pages(heading: Heading, told: Sequence[TimelineLine]) -> tuple[Page, ...]:
    """The timeline as pages, each with its heading and number."""
    flow = Flow(partial(_header, heading), size=A4)
    if not told:
        flow.row((Column(0, parts("Nothing is written down yet.", 11, _WIDE)),))
    for line in told:
        flow.row((Column(0, _when(line)), Column(_WHAT_AT, _what(line, heading.child)), Column(_BY_AT, _by(line))))
    number_pages(flow.pages)
    proof_foot.put(flow.pages, heading.proof)
    return tuple(flow.pages)


def as_pdf(heading: Heading, told: Sequence[TimelineLine], *, password: str = "") -> bytes:
    """The timeline as the content of a PDF file. Its title names nobody.

    Raises:
        RegisterError: the password is too short.
    """
    if password:
        pdf_password.check(password)
    content = pdf.as_pdf(pages(heading, told), TITLE)
    return pdf_password.with_password(content, password) if password else content


def _header(heading: Heading, page: Page) -> float:
    y = page.write(lines(f"{TITLE}: {heading.whose}", face(17, bold=True), _WIDE - mm(38)), MARGIN, MARGIN)
    for words in (heading.school, heading.span, heading.printed):
        y = page.write(lines(words, face(10.5), _WIDE), MARGIN, y)
    y += mm(3)
    below = y
    for x, words in ((0.0, "When"), (_WHAT_AT, "What happened"), (_BY_AT, "Written")):
        below = page.write(lines(words, face(10, bold=True), _WHAT_WIDE), MARGIN + x, y)
    page.rule(below + mm(1), thick=6)
    return below + mm(1)


def _when(line: TimelineLine) -> tuple[Part, ...]:
    return (
        *parts(line.day, 10.5, _WHEN_WIDE, bold=True),
        *parts(line.time, 10.5, _WHEN_WIDE),
        *parts(line.what, 9, _WHEN_WIDE),
    )


def _what(line: TimelineLine, own: str) -> tuple[Part, ...]:
    said = list(parts(line.title, 11, _WHAT_WIDE, bold=True))
    for text in (*line.details, f"Child {line.child}" if line.child not in ("", own) else ""):
        said += parts(text, 10, _WHAT_WIDE)
    for mark in line.marks:
        said += parts(mark, 10, _WHAT_WIDE, bold=True)
    return tuple(said)


def _by(line: TimelineLine) -> tuple[Part, ...]:
    return (*parts(line.written, 9, _BY_WIDE), *parts(f"by {line.by}", 9, _BY_WIDE))
