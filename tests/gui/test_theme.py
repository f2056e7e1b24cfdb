"""The look: contrast computed again, every token known, fonts that can write every name."""

import re

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visitor_register.gui import fonts, icons, theme
from visitor_register.gui.metrics import LayoutClass, layout_class
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Shape, Tone
from visitor_register.resources_path import resource

SCHEMES = ("light", "dark")
GROUNDS = ("surface", "raised", "sunken", "hover", "accent_soft")
VERDICTS = ("known", "check", "not_known", "here")


def contrast(first: str, second: str) -> float:
    """As WCAG computes it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(first), light(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_what_is_read_stands_out(scheme: str, ground: str) -> None:
    colours = theme.tokens()[scheme]
    for ink in ("text", "muted", "accent", "danger"):
        assert contrast(colours[ink], colours[ground]) >= 4.5, ink
    for edge in ("control", "focus"):
        assert contrast(colours[edge], colours[ground]) >= 3, edge


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_stands_out_more(scheme: str, verdict: str) -> None:
    colours = theme.tokens()[scheme]
    assert contrast(colours[f"{verdict}_text"], colours[f"{verdict}_bg"]) >= 7
    assert contrast(colours[f"{verdict}_on"], colours[f"{verdict}_band"]) >= 7
    assert contrast(colours["focus"], colours[f"{verdict}_bg"]) >= 3
    assert contrast(colours["accent"], colours[f"{verdict}_bg"]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_on_buttons_and_pills_stand_out(scheme: str) -> None:
    colours = theme.tokens()[scheme]
    pairs = (("on_accent", "accent"), ("on_accent", "accent_hover"), ("danger", "danger_soft"), ("off_text", "off_bg"))
    for ink, ground in pairs:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_sheet_knows_every_token(scheme: str) -> None:
    made = theme.sheet(theme.tokens()[scheme], 1.0)
    assert "@" not in made
    assert theme.tokens()["light"].keys() == theme.tokens()["dark"].keys()


def test_a_token_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        theme.sheet({"surface": "#000000"}, 1.0)


def test_sizes_grow_with_the_text_and_hairlines_do_not() -> None:
    made = theme.sheet(theme.tokens()["light"], 1.3)
    assert re.search(r"t=\"name\"\] \{ font-size: 52px", made)
    assert "border: 1px solid" in made


def test_tones_have_colours_and_shapes() -> None:
    for tone in Tone:
        for token in (tone.soft, tone.text, tone.band, tone.on):
            assert token in theme.tokens()["light"], (tone, token)
        assert resource("shapes", f"{tone.shape}.svg").is_file()
    for shape in set(Shape) - {Shape.MACHINE}:
        assert resource("shapes", f"{shape.value}.svg").is_file()


def test_the_theme_changes_while_the_program_runs(look: Theme) -> None:
    assert look.color("surface") == QColor("#F2F4F7")
    look.use(Scheme.DARK, 1.15)
    try:
        assert look.dark
        assert look.color("surface") == QColor("#12181F")
        assert look.px(40) == 46
        assert QApplication.palette().color(QPalette.ColorRole.Window) == QColor("#12181F")
        assert QApplication.font().pixelSize() == 18
        label = PlainLabel("Today", t="h1")
        look.dress(label)
        label.ensurePolished()
        assert label.font().pixelSize() == 28
        label.deleteLater()
    finally:
        look.use(Scheme.LIGHT)


@pytest.mark.parametrize("shown", [True, False])
def test_a_dressed_window_follows_the_theme_with_all_that_is_put_into_it(
    qtbot: QtBot, look: Theme, shown: bool
) -> None:
    window, early, late = QWidget(), PlainLabel("Today", t="h1"), PlainLabel("Later", t="h1")
    rows = QVBoxLayout(window)
    rows.addWidget(early)
    look.dress(window)
    qtbot.addWidget(window)
    window.setVisible(shown)
    look.use(Scheme.DARK, 1.3)
    try:
        rows.addWidget(late)
        for label in (early, late):
            label.ensurePolished()
            assert label.font().pixelSize() == 31
            assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(look.colours["text"])
    finally:
        look.use(Scheme.LIGHT)
    assert early.font().pixelSize() == late.font().pixelSize() == 24


def test_a_high_contrast_theme_of_the_system_gives_all_colours() -> None:
    system = QPalette(QColor("black"))
    system.setColor(QPalette.ColorRole.WindowText, QColor("white"))
    system.setColor(QPalette.ColorRole.Window, QColor("black"))
    made = theme._from_system(system)
    assert made.keys() == theme.tokens()["light"].keys()
    assert (made["surface"], made["text"], made["focus"]) == ("#000000", "#ffffff", "#ffffff")
    for verdict in VERDICTS:
        assert contrast(made[f"{verdict}_text"], made[f"{verdict}_bg"]) >= 7


def test_our_typeface_is_the_one_that_is_used(look: Theme) -> None:
    for role in fonts.ROLES:
        assert fonts.real_family(look.font(role)) == fonts.FAMILY
    weights = {fonts.font(role).weight() for role in ("body", "label", "name")}
    assert {weight.value if hasattr(weight, "value") else weight for weight in weights} == {400, 600, 700}


def test_all_digits_have_the_same_width(look: Theme) -> None:
    for role in ("body", "time", "big"):
        metrics = QFontMetrics(look.font(role))
        assert len({metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Núñez-Łukasz", "Ștefan Țurcan", "ğışÇİ", "Nguyễn Thị Ánh", "Αλέξης", "Юлія Шевченко",
        "પટેલ", "தமிழ்செல்வி", "গৌতম", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "शर्मा", "محمد", "O’Neill – “Bo” · 1½",
    ],
)  # fmt: skip
def test_no_name_is_drawn_as_boxes(look: Theme, name: str) -> None:
    assert fonts.missing_glyphs(name) == set()


def test_a_box_is_noticed(look: Theme) -> None:
    assert fonts.missing_glyphs("A\U0010ffff") == {"\U0010ffff"}


def test_icons_are_sharp_and_in_the_colour_asked_for(look: Theme) -> None:
    for path in resource("icons").glob("*.svg"):
        assert "currentColor" in path.read_text("utf-8"), path.name
    picture = icons.pixmap("check", "danger", 20, 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (40, 2.0)
    image = picture.toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {look.colours["danger"].lower()}


@pytest.mark.parametrize(
    ("width", "height", "factor", "wanted"),
    [
        (911, 442, 1.0, LayoutClass.COMPACT),
        (1366, 639, 1.0, LayoutClass.COMPACT),
        (1280, 650, 1.0, LayoutClass.SNUG),
        (1366, 698, 1.0, LayoutClass.NORMAL),
        (1920, 1010, 1.0, LayoutClass.WIDE),
        (1366, 698, 1.3, LayoutClass.COMPACT),
    ],
)
def test_the_layout_follows_the_room_there_is(width: int, height: int, factor: float, wanted: LayoutClass) -> None:
    assert layout_class(width, height, factor) is wanted
