"""Opens a PDF and hands over its pages one by one, with a limit on everything that a page can make us do."""

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pdfplumber
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, resolve1, stream_value
from pdfminer.psexceptions import PSException
from pdfminer.utils import Matrix, PathSegment, Rect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from visitor_register.errors import FileRefusedError
from visitor_register.files import limits, pdf_streams

_ASK = "ask for the list as an Excel workbook (.xlsx) or CSV"
_DAMAGED = "The PDF is incomplete or damaged: download it again, or ask for it to be sent again."
_PASSWORD = f"The PDF has a password: print it into a new PDF without one, or {_ASK}."
_NO_PAGES = f"The PDF has no pages: {_ASK}."
_TOO_MANY = f"The PDF has more than {limits.PDF_PAGES} pages: ask for the pages with the structure chart alone."
_TOO_MUCH = f"The PDF draws far more than a structure chart: {_ASK}."
# A drawing within a drawing costs as much as so many letters.
_CALL = 20
# What the two libraries raise on damaged files, besides their own: they take bytes for what they claim to be.
_FAULTS = (
    PSException,
    PdfminerException,
    MalformedPDFException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@contextmanager
def opened(data: bytes) -> Iterator[Iterator[Page]]:
    """Open a PDF. The pages come one by one, and each is forgotten when the next is asked for.

    Raises:
        FileRefusedError: it is damaged, has a password, or draws more than any chart; also while pages are read.
    """
    pdf_streams.check(data)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            yield _pages(pdf)
    except FileRefusedError:
        raise
    except _FAULTS as error:
        inner = error.args[0] if error.args else None
        if isinstance(inner, PDFPasswordIncorrect | PDFEncryptionError):
            raise FileRefusedError(_PASSWORD) from error
        raise FileRefusedError(_DAMAGED) from error


def _pages(pdf: PDF) -> Iterator[Page]:
    numbered = []
    for number, found in enumerate(PDFPage.create_pages(pdf.doc), 1):
        if number > limits.PDF_PAGES:
            raise FileRefusedError(_TOO_MANY)
        numbered.append(found)
    if not numbered:
        raise FileRefusedError(_NO_PAGES)
    budget = _Budget(limits.PDF_CONTENT_BYTES, limits.PDF_OBJECTS)
    contents = [resolve1(content) for found in numbered for content in found.contents]
    # The library passes over what it does not find, and half a chart would look like a whole one.
    if not all(isinstance(content, PDFStream) for content in contents) or len(numbered) < _count(pdf):
        raise FileRefusedError(_DAMAGED)
    _Budget(limits.PDF_CONTENT_BYTES, 0).read(contents)
    for number, found in enumerate(numbered, 1):
        page = _LimitedPage(pdf, found, number)
        page.budget = budget
        yield page
        page.close()


def _count(pdf: PDF) -> int:
    """How many pages the file says it has."""
    said = resolve1(dict_value(pdf.doc.catalog.get("Pages", {})).get("Count"))
    return said if isinstance(said, int) else 0


@dataclass(slots=True)
class _Budget:
    """What the pages of one file may still make us do."""

    content: int
    objects: int

    def read(self, streams: Sequence[PDFStream]) -> None:
        """Pay for reading drawing instructions."""
        for stream in streams:
            self.content -= pdf_streams.unpacked_size(stream, at_most=self.content)
            if self.content < 0:
                raise FileRefusedError(_TOO_MUCH)

    def draw(self, count: int = 1) -> None:
        """Pay for letters, lines and pictures."""
        self.objects -= count
        if self.objects < 0:
            raise FileRefusedError(_TOO_MUCH)


class _Device(PDFPageAggregator):
    """Collects what a page draws, and stops at the limit."""

    budget: _Budget

    def paint_path(
        self, gstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]
    ) -> None:
        self.budget.draw(1 + len(path) // 8)
        super().paint_path(gstate, stroke, fill, evenodd, path)

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        self.budget.draw(_CALL)
        super().begin_figure(name, bbox, matrix)

    def render_char(self, matrix: Matrix, font: PDFFont, *rest: object) -> float:
        self.budget.draw()
        return super().render_char(matrix, font, *rest)  # type: ignore[arg-type]


class _Interpreter(PDFPageInterpreter):
    """Carries out drawing instructions, also those that call others, and stops at the limit."""

    def execute(self, streams: Sequence[object]) -> None:
        if isinstance(self.device, _Device):
            self.device.budget.read([stream_value(stream) for stream in streams])
        super().execute(streams)


class _LimitedPage(Page):
    """A page whose layout is worked out within a budget."""

    budget: _Budget

    @property
    def layout(self) -> LTPage:
        if not hasattr(self, "_layout"):
            device = _Device(self.pdf.rsrcmgr, pageno=self.page_number)
            device.budget = self.budget
            _Interpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self._layout = device.get_result()
        return self._layout
