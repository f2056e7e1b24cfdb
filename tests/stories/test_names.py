"""Names as people have them: found by typing, in order, drawn with every letter, and printed."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout

from tests.factories import create_visit, create_worker
from tests.stories.desk import DeskPage
from visitor_register.domain.visits import Visit
from visitor_register.gui import fonts, theme
from visitor_register.gui.prints import fire_list as fire_sheet
from visitor_register.services import fire_list

GUJARATI, TAMIL = "જયેશ પટેલ", "சுப்பிரமணியன் ராமநாதன்"
LONG = "Maximiliana Wilhelmina Featherstonehaugh-Cholmondeley de la Tour du Pin Gouvernet"
NAMES = {
    "Madonna": "mado",
    "S. Ramanathan": "ramana",
    "Ada van der Berg": "van der",
    "Omar al-Hassan": "hassan",
    "Sean O'Brien": "obrien",
    "Łukasz Wójcik": "lukasz",
    "Ștefan Ionescu": "stefan",
    GUJARATI: "પટે",
    TAMIL: "ராமநா",
    LONG[:80]: "featherstone",
}
"""Each name, and what somebody types to find it."""

SORTED = (
    "O'Brien, Sean",
    "al-Hassan, Omar",
    "Ionescu, Ștefan",
    "Madonna",
    "Ramanathan, S.",
    "van der Berg, Ada",
    "Wójcik, Łukasz",
)


def boxes(text: str) -> list[str]:
    """The signs of a text that would be drawn as empty boxes, in any of the sizes and weights names are drawn in."""
    wrong = sorted(fonts.missing_glyphs(text))
    for role in ("name", "name2", "strong", "fire"):
        layout = QTextLayout(text, theme.current().font(role))
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        wrong += [f"{role}: {text}" for run in layout.glyphRuns() if 0 in run.glyphIndexes()]
    return wrong


@pytest.fixture
def visits(desk: DeskPage) -> list[Visit]:
    """Everybody is here, and two of them are called the same."""
    people = [create_worker(desk.world, name, badge=f"H5{number:05}") for number, name in enumerate(NAMES)]
    people += [
        create_worker(desk.world, "Amina Begum", badge=f"H6{number:05}", team=team)
        for number, team in enumerate(("CIN Team 3", "Early Help"))
    ]
    made = [create_visit(desk.world, person) for person in people]
    desk.session.today.presenter.refresh()
    desk.settle()
    return made


def test_every_name_is_found_by_typing_and_shown_letter_by_letter(desk: DeskPage, visits: list[Visit]) -> None:
    for name, typed in NAMES.items():
        desk.rest()
        desk.types(typed)
        rows = desk.view.found.list.rows
        assert [row.title for row in rows] == [name], typed
        desk.press("Enter")
        desk.shows("Already here", None, name)
        assert boxes(desk.view.card.name.text()) == []
        desk.press("Enter")
        assert desk.is_idle()
    desk.types("begum")
    rows = desk.view.found.list.rows
    assert [row.title for row in rows] == ["Amina Begum", "Amina Begum"]
    assert {row.second for row in rows} == {"Social Worker · CIN Team 3", "Social Worker · Early Help"}
    desk.press("Esc")
    here = [row.title for row in desk.view.idle.here.rows if not row.heading]
    assert set(here) == {*NAMES, "Amina Begum"}
    assert len(here) == len(visits)
    assert [sign for title in here for sign in boxes(title)] == []


def test_the_fire_list_has_them_all_in_order_on_the_screen_and_on_paper(desk: DeskPage, visits: list[Visit]) -> None:
    with desk.world.register.read() as session:
        listed = fire_list.read(session, at=desk.world.clock())
    names = [person.index_name for person in listed.people]
    assert len(names) == len(visits)
    assert names.count("Begum, Amina") == 2
    assert [name for name in names if name in SORTED] == sorted(SORTED, key=_as_filed)
    assert [sign for name in names for sign in boxes(name)] == []
    desk.press("F9")
    rows = desk.session.fire_list.rows
    said = [rows.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(len(names))]
    assert [(name, words) for name, words in zip(names, said, strict=True) if name not in words] == []
    pages = fire_sheet.pages(listed)
    runs = [run for page in pages for line, _, _ in page.words for run in line.layout.glyphRuns()]
    assert not any(0 in run.glyphIndexes() for run in runs), "a box on paper"
    # A long name is broken into lines, perhaps inside a word.
    paper = _tight(" ".join(page.text for page in pages))
    assert [name for name in names if _tight(name) not in paper] == []
    _printed(fire_sheet.write_pdf(listed, desk.world.register.folder / "names.pdf"))


def _as_filed(name: str) -> int:
    """Begum stands apart; the British order, accents and the Arabic article put aside."""
    order = ("al-Hassan", "Ionescu", "Madonna", "O'Brien", "Ramanathan", "van der Berg", "Wójcik")
    return next(number for number, start in enumerate(order) if name.startswith(start))


def _tight(text: str) -> str:
    return "".join(text.split())


def _printed(path: Path) -> None:
    """Read back by a library that did not write it: every name in Latin letters."""
    document = pypdfium2.PdfDocument(path)
    try:
        text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    finally:
        document.close()
    for name in SORTED:
        assert name in text


def test_a_sign_no_typeface_has_is_noticed(look: object) -> None:
    assert boxes("\U0001d173\uf8ff") != []
