"""Words that belong to the program's insides, or promise too much, stand on no screen and on no page of the guide."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import visitor_register.gui
from visitor_register.resources_path import resource

GUI = Path(visitor_register.gui.__file__).parent
HELP = Path(str(resource("help", "today.md"))).parent

FORBIDDEN = re.compile(
    r"\b(check(-| )?ins?|hosts?|tenants?|entit(y|ies)|veil(s|ed)?|matters?|entr(y|ies)|journals?|projections?"
    r"|epochs?|unlisted|verified|valid)\b",
    re.IGNORECASE,
)
"""Source: the rules, "Words" (never on a screen) and hard rule 2 (a scan is a look-up, not a proof)."""

ALLOWED = (
    "Decline entry",
    "Entry declined",
    # The verb, of spaces in a code that is typed back.
    "do not matter",
)
"""Phrases in which such a word means something else: letting somebody in is the rules' own word."""


def _docstrings(tree: ast.AST) -> set[int]:
    """The string of every statement that is nothing but a string: nobody at the desk reads it."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def shown_words(source: str) -> Iterator[tuple[int, str]]:
    """The texts in a source that a person may read: with a space in them, or beginning with a capital.

    What is one small word is a name inside the program (a key, an icon, a property).
    """
    tree = ast.parse(source)
    silent = _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            text = node.value.strip()
            if " " in text or text[:1].isupper():
                yield node.lineno, text


def forbidden_in(text: str) -> list[str]:
    """The words that may not stand there, once the phrases that may are taken out."""
    for phrase in ALLOWED:
        text = re.sub(re.escape(phrase), "", text, flags=re.IGNORECASE)
    return [found.group() for found in FORBIDDEN.finditer(text)]


def test_no_text_of_a_screen_holds_a_word_from_the_inside() -> None:
    wrong = [
        f"{path.relative_to(GUI)}, line {line}: {word!r} in {text!r}"
        for path in sorted(GUI.rglob("*.py"))
        for line, text in shown_words(path.read_text("utf-8"))
        for word in forbidden_in(text)
    ]
    assert wrong == []


def test_no_page_of_the_guide_holds_a_word_from_the_inside() -> None:
    wrong = [
        f"{path.name}, line {number}: {word!r}"
        for path in sorted(HELP.glob("*.md"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for word in forbidden_in(line)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("label.setText('Badge verified')", ["verified"]),
        ("label.setText(f'Valid until {day}')", ["Valid"]),
        ("KeyButton('Check-in')", ["Check-in"]),
        ("Field('Host', self.host)", ["Host"]),
        ("words = 'The journal has ' + 'two entries and an entity'", ["journal", "entries", "entity"]),
        ("KeyButton('Decline entry')", []),
        ("fields['host'] = Field('Here to see', host)", []),
        ("def f():\n    '''An entry of the journal.'''", []),
        ("NAME = 1\n'''The host of an entry.'''", []),
    ],
)
def test_the_search_itself_finds_what_it_should(source: str, words: list[str]) -> None:
    assert [word for _, text in shown_words(source) for word in forbidden_in(text)] == words
