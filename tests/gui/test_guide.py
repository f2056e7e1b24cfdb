"""The guide: a page for every screen, links that lead somewhere, words that may stand on a screen, and the keyboard."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCursor, QTextFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.pictures import save
from tests.gui.walkers import rich_text_labels, text_fits, unnamed_controls
from visitor_register.cli.main import COMMANDS
from visitor_register.domain.people import Role
from visitor_register.gui import wording
from visitor_register.gui.guide import pages
from visitor_register.gui.guide.presenter import GuidePresenter
from visitor_register.gui.guide.view import GuideView
from visitor_register.gui.main_window import ITEMS, SEES
from visitor_register.gui.settings.sections import GROUPS, SECTIONS
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.widgets.focus_ring import FocusRing
from visitor_register.resources_path import resource
from visitor_register.services import practice

NEVER = re.compile(
    r"\b(check-?in|host|tenant|entity|veil|matter|entry|journal|projection|epoch|unlisted|verified|valid)\b", re.I
)
"""Source: the rules, "Never on a screen", and hard rule 2."""

PAGES = pages.own_pages()


@pytest.fixture
def guide(qtbot: QtBot, look: Theme) -> GuideView:
    """The guide, open at its first page."""
    view = GuideView()
    FocusRing(view)
    qtbot.addWidget(view)
    view.resize(1366, 698)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.open_page("today")
    return view


def presses(*keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, modifier)


# ---- what the pages say


def test_every_file_is_a_page_and_every_page_a_file() -> None:
    assert {path.stem for path in resource("help").glob("*.md")} == set(PAGES)
    assert all(page.markdown.startswith("# ") and page.title and page.words for page in PAGES.values())


def test_every_screen_has_its_page() -> None:
    keys = {item.key for item in ITEMS}
    assert {pages.SCREENS[key] for key in keys} <= set(PAGES)
    assert set(pages.SCREENS.values()) <= set(PAGES)


@pytest.mark.parametrize("key", PAGES)
def test_links_lead_to_pages_of_the_guide(key: str) -> None:
    links = re.findall(r"\]\(([^)]*)\)", PAGES[key].markdown)
    assert all(link.removesuffix(".md") in PAGES for link in links), links


@pytest.mark.parametrize("key", PAGES)
def test_words_that_are_never_on_a_screen_are_not_in_the_guide(key: str) -> None:
    # The button has this name: it is the way into the building that is meant.
    text = PAGES[key].markdown.replace("**Decline entry**", "")
    assert NEVER.findall(text) == []
    assert "paragraph" not in text.casefold(), "paragraphs of the guidance change every year"


def test_the_table_of_verdicts_has_every_word_of_the_program() -> None:
    rows = [line for line in PAGES["verdicts"].markdown.splitlines() if line.startswith("| **")]
    assert len(rows) == len(wording.VERDICT)
    for word, more in wording.VERDICT.values():
        assert any(f"**{word}**" in row and more in row for row in rows), (word, more)
    for way in wording.WAY.values():
        if way in PAGES["verdicts"].markdown:
            continue
        assert way in (wording.WAY[key] for key in wording.WAY if key.value in ("wait", "cannot_vouch"))
    assert wording.SAY_AMBER in PAGES["verdicts"].markdown


def test_roles_commands_and_clauses_are_all_there() -> None:
    assert PAGES["who-sees-what"].markdown.count("| **") == len(Role)
    assert all(f"`visitor-register {name}" in PAGES["command-line"].markdown for name in COMMANDS)
    assert all(f"| P{number} |" in PAGES["protocol"].markdown for number in range(1, 14))


def test_every_part_of_settings_stands_under_its_heading() -> None:
    _, *told = PAGES["settings"].markdown.split("\n## ")
    listed = [
        (part.partition("\n")[0], re.findall(r"^\| (?!Part)([A-Z][^|]*) \|", part, re.MULTILINE)) for part in told
    ]
    assert listed == [(group.title, [title for title, _ in group.sections.values()]) for group in GROUPS]


def test_what_the_numbered_steps_tell_to_press_stands_on_a_screen() -> None:
    said = {word.casefold() for word in _words_of_the_screens()}
    pressed = [
        (key, name)
        for key, one in PAGES.items()
        for step in re.findall(r"^\d+\. .*", one.markdown, re.MULTILINE)
        for name in re.findall(r"\*\*([^*]+)\*\*", step)
        if not name.endswith(".") and not re.fullmatch(r"F\d+|(Ctrl|Alt)\+.+", name)
    ]
    assert len(pressed) > 50
    # What is counted stands between words of the program: `Erase 12`.
    parts = {(key, name): re.split(r"\d+", name.casefold()) for key, name in pressed}
    assert [name for name, words in parts.items() if not {word.strip() for word in words} <= said] == []


def _words_of_the_screens() -> Iterator[str]:
    """Every text in the code of the screens."""
    for path in Path(wording.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value.strip()


def test_whoever_has_a_part_of_settings_gets_to_it() -> None:
    assert all("settings" in SEES[role] for _, roles in SECTIONS.values() for role in roles)


def test_the_practice_page_names_everybody_who_may_sign_in_there() -> None:
    said = PAGES["practice"].markdown
    assert all(f"| {person.name} |" in said for person in practice.PEOPLE)
    assert f"**{practice.PASSWORD}**" in said


# ---- finding pages


def test_a_search_lists_the_pages_with_all_the_words_titles_first(qtbot: QtBot) -> None:
    presenter = GuidePresenter()
    presenter.search("Fire LIST")
    with qtbot.waitSignal(presenter.listed) as listed:
        presenter.search("fire list printer")
    assert listed.args[0][0].key == "fire-list"
    with qtbot.waitSignal(presenter.listed) as listed:
        presenter.search("zyzzyva")
    assert listed.args[0] == ()


def test_a_page_of_this_run_stands_first_and_can_be_searched(qtbot: QtBot) -> None:
    presenter = GuidePresenter()
    with qtbot.waitSignal(presenter.listed) as listed:
        presenter.add_page("trials", "# What to try\n\nScan badge 7.\n")
    assert listed.args[0][0].title == "What to try"
    with qtbot.waitSignal(presenter.listed) as listed:
        presenter.search("scan badge 7")
    assert "trials" in [line.key for line in listed.args[0]]
    with qtbot.waitSignal(presenter.opened) as opened:
        presenter.open_page("trials")
    assert opened.args[0].title == "What to try"


def test_a_link_to_anywhere_else_is_not_followed(guide: GuideView) -> None:
    for link in ("https://example.org/", "file:///etc/passwd", "../settings.toml"):
        guide.text.anchorClicked.emit(QUrl(link))
        assert guide.presenter.current == "today"


# ---- in the window


@pytest.mark.parametrize("key", ["today", "bookings", "chart", "history", "settings", "fire_list", "lock", "no-such"])
def test_it_opens_at_the_page_in_use(guide: GuideView, key: str) -> None:
    guide.open_page(key)
    wanted = pages.SCREENS.get(key, "today")
    assert guide.presenter.current == guide.list.current_key() == wanted
    assert guide.text.toPlainText().startswith(PAGES[wanted].title)
    assert guide.text.hasFocus()
    assert not guide.back.isEnabled()


def test_the_keyboard_alone_searches_reads_goes_back_and_closes(guide: GuideView, qtbot: QtBot) -> None:
    presses(Qt.Key.Key_F, modifier=Qt.KeyboardModifier.ControlModifier)
    assert guide.search.hasFocus()
    QTest.keyClicks(guide.search, "recovery code")
    assert {row.key for row in guide.list.rows} >= {"data", "first-start"}
    presses(Qt.Key.Key_Return)
    assert guide.text.hasFocus()
    assert guide.text.extraSelections(), "the words are marked on the page"
    found = guide.presenter.current
    assert found in ("data", "first-start", "keys")
    presses(Qt.Key.Key_Escape)
    assert guide.search.text() == ""
    assert len(guide.list.rows) > len(PAGES)
    assert guide.text.extraSelections() == []
    presses(Qt.Key.Key_Left, modifier=Qt.KeyboardModifier.AltModifier)
    assert guide.presenter.current == "today"
    with qtbot.waitSignal(guide.closed):
        presses(Qt.Key.Key_Escape)


def test_arrows_in_the_list_read_along_and_enter_goes_to_the_text(guide: GuideView) -> None:
    guide.list.setFocus()
    presses(Qt.Key.Key_Down)
    assert guide.presenter.current == "scan"
    presses(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert guide.presenter.current == "verdicts"
    assert guide.text.hasFocus()


def test_a_link_is_reached_with_tab_and_followed_with_enter(guide: GuideView) -> None:
    presses(Qt.Key.Key_Tab, Qt.Key.Key_Return)
    assert guide.presenter.current == "scan"
    guide.back.click()
    assert guide.presenter.current == "today"


def test_the_text_is_read_in_our_type_at_sixteen_pixels_and_loads_nothing(guide: GuideView, look: Theme) -> None:
    for key in PAGES:
        guide.presenter.open_page(key)
        block = guide.text.document().begin()
        while block.isValid():
            parts = block.begin()
            while not parts.atEnd():
                font = parts.fragment().charFormat().font()
                resolved = font.resolve(guide.text.document().defaultFont())
                assert resolved.pixelSize() >= 16, (key, block.text())
                assert resolved.family().startswith("Atkinson"), (key, block.text())
                parts += 1
            block = block.next()
    guide.open_page("today")
    title = guide.text.document().begin().begin().fragment().charFormat()
    assert title.font().pixelSize() == 24
    assert not title.hasProperty(QTextFormat.Property.FontSizeAdjustment.value), "it would win over the pixels"
    assert guide.text.loadResource(2, QUrl("https://example.org/a.png")) is None


def test_pages_are_as_wide_as_the_window_allows_and_controls_have_names(guide: GuideView, every_look: Theme) -> None:
    for width, height in ((1366, 698), (911, 442)):
        guide.resize(width, height)
        for key in ("verdicts", "protocol", "settings"):
            guide.open_page(key)
            QApplication.processEvents()
            assert guide.text.horizontalScrollBar().maximum() == 0, (key, width)
        assert text_fits(guide) == []
        assert rich_text_labels(guide) == []
        assert unnamed_controls(guide) == []


def test_no_word_of_a_table_is_broken_in_two(guide: GuideView, look: Theme) -> None:
    guide.resize(911, 442)
    for key in ("protocol", "verdicts", "contacts", "who-sees-what"):
        guide.open_page(key)
        block = guide.text.document().begin()
        while block.isValid():
            lines = [block.layout().lineAt(number) for number in range(block.layout().lineCount())]
            if QTextCursor(block).currentTable() is not None:
                ends = [block.text()[line.textStart() + line.textLength() - 1] for line in lines[:-1]]
                assert all(end in " -/" for end in ends), (key, block.text())
            block = block.next()


@pytest.mark.parametrize("size", [(1366, 698), (911, 442)], ids=lambda size: str(size[0]))
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK], ids=lambda scheme: scheme.value)
def test_pictures(guide: GuideView, look: Theme, scheme: Scheme, size: tuple[int, int]) -> None:
    look.use(scheme)
    guide.resize(*size)
    for key in ("today", "verdicts", "command-line"):
        guide.open_page(key)
        save(guide, f"guide-{key}-{size[0]}-{scheme.value}")
    QTest.keyClicks(guide.search, "badge")
    save(guide, f"guide-search-{size[0]}-{scheme.value}")
    look.use(Scheme.LIGHT)
