"""Where a meeting takes place, from the words of its invitation."""

from collections.abc import Iterable

from visitor_register.domain.bookings import Place
from visitor_register.domain.names import fold

_WORDS = {
    Place.ONLINE: ("teams", "zoom", "webex", "skype", "meet.google", "http", "online", "virtual", "video", "remote"),
    Place.HOME: ("home visit", "family home", "at home", "home address"),
    Place.COUNCIL: ("civic", "council", "town hall", "family centre"),
}


def read_place(written: str, rooms: Iterable[str]) -> tuple[Place, str]:
    """Return where it is and the school's room, "" when none of `rooms` is named.

    What was written is not returned: it may be a family's address. A room of ours wins over a link to a video call,
    because somebody has to be let in; without any sign it is at school, where reception should expect it.
    """
    text = fold(written)
    room = next((room for room in sorted(rooms, key=len, reverse=True) if room and fold(room) in text), "")
    if room:
        return Place.SCHOOL, room
    return next((place for place, words in _WORDS.items() if any(word in text for word in words)), Place.SCHOOL), ""
