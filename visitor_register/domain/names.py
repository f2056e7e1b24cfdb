"""How names are compared, found and put in order. The stored name keeps the spelling it came with."""

import re
import unicodedata

from visitor_register.domain.chart_text import phrases

# Letters that carry their stroke or ligature in themselves, so that taking accents off leaves them as they are.
_PLAIN = str.maketrans(
    {
        "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ħ": "h", "Ħ": "h",
        "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ı": "i", "ŧ": "t", "Ŧ": "t",
        "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u02bb": "'", "\u0060": "'", "\u00b4": "'", "\uff07": "'",
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    }
)  # fmt: skip
_PARTICLES = phrases(
    "van von vom zu zum zur den der de del della delle dei di da das do dos du des la le lo ter ten te af av "
    "bin ibn bint ben abu y e st st. mac mc ap ab ferch o ó ua ní ni nic uí"
)
_ARTICLE = re.compile(r"^(?:al|el|ul|as|ar|ad|at|an|az|ash)[- ](?=\w)")
_AFTER_NAME = phrases("jr jnr sr snr ii iii iv mbe obe cbe qc kc phd md ba bsc ma msc dip rgn rn cqsw")


def fold(text: str) -> str:
    """Return the matching key of a name: accents off, straight apostrophes, no case, single spaces.

    Only Latin, Greek and Cyrillic lose their marks: a vowel sign of Gujarati or Tamil is no accent.
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").casefold().split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
    kept = "".join(letter for letter in decomposed if not "\u0300" <= letter <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", kept.translate(_PLAIN)).split())


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a name, apostrophes and full stops gone, hyphens as word breaks."""
    joined = re.sub(r"['.]", "", fold(text))
    return tuple(re.sub(r"[-_/,()\"]", " ", joined).split())


def search_key(name: str, known_as: str = "") -> str:
    """Return what a search looks in: every word after a space, the nickname, then the name in one piece.

    A typed name is found when each of its `words` is a part of the key; put a space before a word
    to ask for its beginning only. "O Brien", "obrien" and "O'Brien" find one another.
    """
    parts = words(name)
    nickname = tuple(word for word in words(known_as) if word not in parts)
    return " " + " ".join((*parts, *nickname, "".join(parts)))


def sort_name(name: str) -> str:
    """Return a name as an index shows it: "van der Berg, Ada", "O'Brien, Sean", "Ramanathan, S.", "Madonna".

    British indexes keep a Dutch or French particle with the surname ("van der Berg" stands under V).
    A surname of two words without a hyphen cannot be told from a middle name, so the last word counts;
    the sort name of a person is therefore a field that may be edited.
    """
    surname, forenames = _split(name)
    return f"{surname}, {forenames}" if forenames else surname


def sort_key(name: str) -> str:
    """Return a plain string whose byte order is the order of a British index.

    Accents do not count (Ö stands with O, Ł with L), the Arabic article neither (al-Hassan under H);
    a shorter surname comes before a longer one; other scripts come after Latin.
    """
    return sort_key_of(sort_name(name))


def sort_key_of(index_name: str) -> str:
    """Return the sort key of a name that is already written as "Surname, Forenames" (an edited sort name)."""
    surname, _, forenames = index_name.partition(",")
    filed = _ARTICLE.sub("", fold(surname.strip()))
    # The tab is lower than the space: "smith" before "smith jones".
    return "\t".join((" ".join(words(filed)), " ".join(words(forenames))))


def _split(name: str) -> tuple[str, str]:
    """Divide a name into surname (with its particles) and the rest."""
    parts = name.split()
    tail: list[str] = []
    while len(parts) > 2 and fold(parts[-1]).strip(".,") in _AFTER_NAME:
        tail.insert(0, parts.pop())
    if len(parts) < 2:
        return " ".join((*parts, *tail)), ""
    first = len(parts) - 1
    while first > 0 and fold(parts[first - 1]) in _PARTICLES | {"al", "el"} and (first > 1 or _small(parts[0])):
        first -= 1
    return " ".join(parts[first:]), " ".join((*parts[:first], *tail))


def _small(word: str) -> bool:
    """Say whether a first word is a particle by its lower case ("de Souza", but "Ben Hur", "Van Nguyen")."""
    return word[:1].islower()
