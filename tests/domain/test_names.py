"""Names: compared without accents, found by any of their words, ordered as a British index orders them."""

import pytest

from visitor_register.domain.names import fold, search_key, sort_key, sort_name, words
from visitor_register.domain.names_clean import clean_name, is_plausible, names_nobody


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łukasz  Wiśniewski", "lukasz wisniewski"),
        ("Siobhán O’Fearnbog", "SIOBHAN O'FEARNBOG"),
        ("Bjørn Østergaard", "Bjorn Ostergaard"),
        ("Jürgen Groß", "Jurgen Gross"),
        ("Ștefan Țepeș", "Stefan Tepes"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("Anne\u00a0Marie\u2010Hill", "anne marie-hill"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("name", ["ગુજરાતી પટેલ", "தமிழ் செல்வி", "Дмитрий"])
def test_other_scripts_keep_their_vowel_signs(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert len(fold("ગુ")) == 2


@pytest.mark.parametrize(
    "typed", ["obrien", "O'Brien", "o brien", "Siobhan", "shiv", "smith", "brien-smith", "obriensmith"]
)
def test_a_search_forgives_hyphens_apostrophes_accents_and_nicknames(typed: str) -> None:
    key = search_key("Siobhán O’Brien-Smith", "Shiv")
    assert all(word in key for word in words(typed))


def test_names_stand_in_the_order_of_a_british_index() -> None:
    ordered = [
        "Zoë Adams",
        "Mohammed al-Hassan",
        "Joan Hill",
        "Joan Hillary",
        "Łukasz Łącki",
        "Madonna",
        "Bengt Öberg",
        "Sean O'Brien",
        "S. Ramanathan",
        "Ada Smith",
        "Bob Smith",
        "Al Smith Jones",
        "Ștefan Stan",
        "Piet van der Berg",
        "Ada Young",
        "મીરા પટેલ",
    ]
    by_key = sorted(ordered, key=lambda name: sort_key(name).encode())
    # "Al Smith Jones" has no hyphen, so Jones counts as the surname.
    ordered.remove("Al Smith Jones")
    ordered.insert(4, "Al Smith Jones")
    assert by_key == ordered


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Piet van der Berg", "van der Berg, Piet"),
        ("Ada de Souza", "de Souza, Ada"),
        ("de Souza", "de Souza"),
        ("Van Nguyen", "Nguyen, Van"),
        ("S. Ramanathan", "Ramanathan, S."),
        ("Madonna", "Madonna"),
        ("Ines St. John-Puddlewood", "St. John-Puddlewood, Ines"),
        ("Ada Hill MBE", "Hill, Ada MBE"),
        ("", ""),
    ],
)
def test_the_sort_name_puts_the_surname_first(name: str, shown: str) -> None:
    assert sort_name(name) == shown


@pytest.mark.parametrize(
    ("written", "name", "known_as", "flags"),
    [
        ("Ms Ada Hill", "Ada Hill", "", ()),
        ("HILL, Ada", "Ada HILL", "", ()),
        ("Hill, Dr Ada (Agency)", "Ada Hill", "", ("Agency",)),
        ("Ada Hill*", "Ada Hill", "", ("*",)),
        ("Ada Hill - Agency", "Ada Hill", "", ("Agency",)),
        ("Ada Hill (acting)", "Ada Hill", "", ("acting",)),
        ("Ada Hill (TM)", "Ada Hill", "", ("TM",)),
        ("Ada Hill, MBE", "Ada Hill", "", ("MBE",)),
        ("Katherine (Kate) Hill", "Katherine Hill", "Kate", ()),
        ('Katherine "Kate" Hill', "Katherine Hill", "Kate", ()),
        ("Emma Lindsell jobshare", "Emma Lindsell", "", ("jobshare",)),
        ("Ines St. John-Puddlewood", "Ines St. John-Puddlewood", "", ()),
        ("Ada\u200b Hill\u202e", "Ada Hill", "", ()),
        ('=HYPERLINK("http://x")', '=HYPERLINK("http://x")', "", ()),
    ],
)
def test_remarks_leave_the_name(written: str, name: str, known_as: str, flags: tuple[str, ...]) -> None:
    cleaned = clean_name(written)
    assert (cleaned.name, cleaned.known_as, cleaned.flags, cleaned.vacant) == (name, known_as, flags, False)


@pytest.mark.parametrize(
    "written",
    [
        "Vacant",
        "VACANT",
        "**VACANT** (advert closes 30/01)",
        "Vacant post",
        "N/D",
        "N/A",
        "TBC",
        "XX",
        "0",
        "Eliminated",
        "(vacant)",
    ],
)
def test_words_for_nobody_name_nobody(written: str) -> None:
    assert clean_name(written).vacant
    assert names_nobody(written)


@pytest.mark.parametrize("name", ["Na Li", "Xx Wu", "Noneen Hill", "Ó Sé"])
def test_short_names_are_names(name: str) -> None:
    assert clean_name(name).name == name


@pytest.mark.parametrize("name", ["<b>Ada</b>", "=1+1", "12345", "Аda Hill", "x" * 90])
def test_what_cannot_be_a_name_is_said(name: str) -> None:
    assert not is_plausible(name)
