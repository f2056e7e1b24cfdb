"""What two people read to each other over the telephone to be sure that they have the same chart, or the same key."""

from visitor_register.domain.codes import ALPHABET

OF_CHART = 8
OF_KEY = 16
_GROUP = 4


def readable(sha256: str, signs: int = OF_CHART) -> str:
    """Return a hash as signs that nobody misreads, in fours: "K7MD-3FTX".

    Args:
        sha256: The hash, hexadecimal.
        signs: How many signs. Eight tell two charts of one council apart; a key, which somebody could search
            for a match with, needs sixteen (79 bits).
    """
    left, said = int(sha256, 16), ""
    for _ in range(signs):
        left, place = divmod(left, len(ALPHABET))
        said += ALPHABET[place]
    return "-".join(said[at : at + _GROUP] for at in range(0, signs, _GROUP))
