"""Twelve words for the journal's end: read back however they were typed, and slips are told from another register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitor_register.errors import RegisterError
from visitor_register.persistence.anchor import PREFIX, prefix_of, words_of

HASH = bytes(range(32))
WORDS = "abandon amount liar amount expire adjust cage candy arch gather drum buyer"


def test_the_words_are_those_everybody_else_would_make_of_the_same_bytes() -> None:
    assert words_of(HASH) == WORDS


@given(ending=st.binary(min_size=32, max_size=32))
def test_twelve_words_come_back_as_the_same_bytes(ending: bytes) -> None:
    words = words_of(ending)
    assert len(words.split()) == 12
    assert prefix_of(words) == ending[:PREFIX]


@pytest.mark.parametrize(
    "typed",
    [
        WORDS.upper(),
        WORDS.replace(" ", ", "),
        WORDS.replace(" ", "\n"),
        f"  {WORDS.replace(' ', '  ')}. ",
        f"Register proof: {WORDS} (24 Nov 2026 10:24)",
        " ".join(f"{number}. {word}" for number, word in enumerate(WORDS.split(), 1)),
    ],
)
def test_it_does_not_matter_how_they_are_typed(typed: str) -> None:
    assert prefix_of(typed) == HASH[:PREFIX]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (WORDS.replace("gather", "gathr"), "“gathr” is not one of the words that are used. Is it “gather”?"),
        (WORDS.replace("gather", "7"), "The proof has 12 words, and these are 11"),
        (f"{WORDS} drum", "and these are 13"),
        ("", "and these are 0"),
        ("amount abandon" + WORDS.removeprefix("abandon amount"), "two may be swapped"),
        (WORDS.replace("buyer", "bus"), "one is wrong"),
        ("<b>liar</b> " + WORDS, "“b” is not one of the words"),
    ],
)
def test_a_slip_is_said_to_be_one(typed: str, said: str) -> None:
    with pytest.raises(RegisterError) as refused:
        prefix_of(typed)
    assert said in str(refused.value)


def test_fifteen_of_sixteen_swapped_pairs_are_noticed() -> None:
    """Four bits check the words: what slips through is told as another register, so the sentence says to look twice."""
    words, passed = WORDS.split(), 0
    for at in range(len(words) - 1):
        swapped = [*words]
        swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]
        try:
            prefix_of(" ".join(swapped))
            passed += 1
        except RegisterError:
            pass
    assert passed <= 3
