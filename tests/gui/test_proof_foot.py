"""The twelve words at the foot of sheets: on every page, below everything else, and nothing moves for them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF

from tests.factories import NOW, World, create_visit, create_worker
from tests.gui.test_pass_sheet import SAID, SHORT
from tests.gui.test_prints import create_list, create_row, text_of
from visitor_register.domain.report import Facts, Span
from visitor_register.domain.report_tables import report
from visitor_register.gui.prints import fire_list as fire_sheet
from visitor_register.gui.prints import paper_sheet, pass_sheet, pdf, proof_foot, report_sheet, timeline_sheet
from visitor_register.gui.prints.sheet import MARGIN, Page, mm
from visitor_register.services import fire_list, pass_details, proof
from visitor_register.services.proof import Proof

LONG = Proof(
    "abstract accident business calendar champion children describe distance elephant favorite identify mountain", NOW
)
Make = Callable[[Proof | None], Sequence[Page]]


def _fire(proved: Proof | None) -> Sequence[Page]:
    return fire_sheet.pages(create_list(*(create_row(f"Ann Ash{n}") for n in range(30)), proof=proved))


def _paper(proved: Proof | None) -> Sequence[Page]:
    pages = paper_sheet.pages("Elmbrook Primary School", sheets=2)
    proof_foot.put(pages, proved)
    return pages


def _pass(proved: Proof | None) -> Sequence[Page]:
    return pass_sheet.sheet(SHORT, replace(SAID, proof=proved))


def _timeline(proved: Proof | None) -> Sequence[Page]:
    heading = timeline_sheet.Heading("Child C-0417", "Elmbrook Primary School", "", "Printed today", proof=proved)
    return timeline_sheet.pages(heading, ())


def _report(proved: Proof | None) -> Sequence[Page]:
    day = NOW.date()
    return report_sheet.sheet(report(Facts(Span(day, day), NOW)), "Elmbrook Primary School", 42, 90, proved)


def _box(page: Page, number: int) -> QRectF:
    line, x, y = page.words[number]
    at = line.layout.lineAt(line.number)
    return QRectF(x, y, at.naturalTextWidth(), line.height)


@pytest.mark.parametrize("make", [_fire, _paper, _pass, _timeline, _report])
def test_the_words_stand_below_everything_and_move_nothing(qapp: object, make: Make) -> None:
    bare, proved = make(None), make(LONG)
    assert len(bare) == len(proved)
    for before, after in zip(bare, proved, strict=True):
        assert after.text.replace(f"{LONG.foot}\n", "").removesuffix(f"\n{LONG.foot}") == before.text
        foot = _box(after, len(after.words) - 1)
        assert foot.right() <= after.size.width() - MARGIN
        assert foot.bottom() <= after.size.height() - mm(5)
        for number in range(len(before.words)):
            assert not foot.intersects(_box(after, number)), before.text
        assert all(max(start.y(), end.y()) <= foot.top() for start, end, _ in after.rules)


def test_another_program_finds_them_in_the_file(qapp: object) -> None:
    for text in text_of(pdf.as_pdf(_fire(LONG), "Fire list")):
        assert LONG.foot in text


def test_a_sheet_says_where_the_register_ended_when_it_was_read(world: World) -> None:
    visit = create_visit(world, create_worker(world))
    with world.register.write() as session:
        details = pass_details.at_desk(session, visit.id, by=world.dsl, at=NOW)
        # The pass itself is the newest line.
        assert details.proof == proof.of_today(session, at=NOW)
    with world.register.read() as session:
        listed = fire_list.read(session, at=NOW)
        assert listed.proof == details.proof
        assert listed.proof is not None
        assert proof.find(session, listed.proof.foot, by=world.dsl) is not None
