"""The wedge by itself: keys and times in, decisions out."""

from hypothesis import given
from hypothesis import strategies as st

from visitor_register.scanning.wedge import Fate, Key, Wedge, WedgeSettings


class Desk:
    """Presses keys at given moments; keeps what was typed and what was scanned."""

    def __init__(self, settings: WedgeSettings | None = None) -> None:
        self.now = 50.0
        self.wedge: Wedge[str] = Wedge(settings, clock=lambda: self.now)
        self.typed: list[str] = []
        self.scans: list[str] = []

    def wait(self, seconds: float) -> None:
        end = self.now + seconds
        while self.wedge.due is not None and self.wedge.due <= end:
            self.now = max(self.now, self.wedge.due)
            self._take(self.wedge.tick())
        self.now = end

    def press(self, sign: str, key: Key | None = None, *, pressed: float | None = None) -> Fate:
        kind = key or (Key.END if sign in "\r\n\t" else Key.SIGN)
        decision = self.wedge.press(kind, sign, sign, pressed=pressed)
        self._take(decision)
        if decision.fate is Fate.PASSED:
            self.typed.append(sign)
        return decision.fate

    def types(self, text: str, between: float) -> None:
        for sign in text:
            self.press(sign)
            self.wait(between)

    def _take(self, decision: object) -> None:
        self.typed += decision.replay  # type: ignore[attr-defined]
        if decision.scan is not None:  # type: ignore[attr-defined]
            self.scans.append(decision.scan)  # type: ignore[attr-defined]


def test_a_key_is_held_for_forty_milliseconds_and_no_longer() -> None:
    desk = Desk()
    assert desk.press("a") is Fate.HELD
    desk.wait(0.039)
    assert desk.typed == []
    desk.wait(0.001)
    assert desk.typed == ["a"]


def test_three_at_once_are_a_person_and_four_a_scanner() -> None:
    person, scanner = Desk(), Desk()
    for sign in "abc":
        person.press(sign)
    for sign in "abcd":
        scanner.press(sign)
    person.wait(0.1)
    scanner.wait(0.1)
    assert (person.typed, person.scans) == (["a", "b", "c"], [])
    assert (scanner.typed, scanner.scans) == ([], ["abcd"])


def test_four_that_only_overlap_are_a_person() -> None:
    desk = Desk()
    desk.types("typing fast", between=0.014)
    desk.wait(0.1)
    assert "".join(desk.typed) == "typing fast"


def test_a_burst_lasts_as_long_as_its_keys_follow_each_other() -> None:
    desk = Desk()
    desk.types("S123", between=0.002)
    desk.types("4567", between=0.035)
    desk.press("\r")
    assert (desk.scans, desk.typed) == (["S1234567"], [])


def test_what_a_busy_program_sees_late_is_judged_by_when_it_was_pressed() -> None:
    desk = Desk()
    for at, sign in enumerate("busy"):
        desk.press(sign, pressed=7.0 + at * 0.15)
    desk.wait(0.1)
    assert ("".join(desk.typed), desk.scans) == ("busy", [])


def test_a_clock_that_jumps_does_not_make_return_deaf_for_good() -> None:
    desk = Desk()
    for sign in "S1234\r":
        desk.press(sign, pressed=9_000_000.0)
    desk.wait(1)
    desk.press("\r")
    desk.wait(0.1)
    assert (desk.scans, desk.typed) == (["S1234"], ["\r"])


def test_the_rest_of_a_code_with_a_line_end_in_it_is_not_typed() -> None:
    desk = Desk()
    for sign in "S1234\rAB\r":
        desk.press(sign)
    desk.wait(0.1)
    assert (desk.scans, desk.typed) == (["S1234", "AB"], [])


def test_a_shortcut_in_a_code_with_a_line_end_before_it_is_taken() -> None:
    desk = Desk()
    desk.types("S1234567A\r", 0.002)
    for sign in ("Ctrl+L", "\r", "F9"):
        assert desk.wedge.swallows(Key.OTHER)
        assert desk.press(sign, Key.END if sign == "\r" else Key.OTHER) is Fate.TAKEN
        desk.wait(0.03)
    desk.wait(0.02)
    assert not desk.wedge.swallows(Key.OTHER)
    assert desk.press("Ctrl+L", Key.OTHER) is Fate.PASSED
    assert desk.scans == ["S1234567A"]


def test_a_prefix_is_stripped_and_a_scan_has_an_end() -> None:
    desk = Desk(WedgeSettings(prefix="]C0"))
    for sign in "]C0" + "7" * 2000 + "\r":
        desk.press(sign)
    assert desk.scans == ["7" * 512]


def test_other_keys_come_after_those_held_before_them() -> None:
    desk = Desk()
    desk.press("a")
    desk.press("b")
    assert desk.press("<escape>", Key.OTHER) is Fate.PASSED
    assert desk.typed == ["a", "b", "<escape>"]


def test_a_line_feed_by_control_key_is_a_shortcut_unless_a_scanner_typed() -> None:
    desk = Desk()
    assert desk.press("^J", Key.END_CHORD) is Fate.PASSED
    desk.types("S1234\r", between=0.001)
    assert desk.wedge.swallows(Key.END_CHORD)
    assert desk.press("^J", Key.END_CHORD) is Fate.TAKEN
    desk.wait(0.7)
    assert not desk.wedge.swallows(Key.END_CHORD)


GAPS = st.floats(0, 0.2)
PERSON = st.tuples(st.just("person"), st.text("abcdefgh ", min_size=1, max_size=6), st.floats(0.05, 0.3), GAPS)
ROLL = st.tuples(st.just("roll"), st.text("abcdefgh ", min_size=1, max_size=3), st.floats(0, 0.01), st.just(0.05))
SCAN = st.tuples(st.just("scan"), st.text("0123456789", min_size=4, max_size=20), st.floats(0, 0.012), GAPS)


@given(st.lists(st.one_of(PERSON, ROLL, SCAN), max_size=12))
def test_people_and_scanners_by_turns_lose_nothing_and_double_nothing(
    turns: list[tuple[str, str, float, float]],
) -> None:
    desk = Desk()
    pressed: list[str] = []
    for number, (_who, text, between, after) in enumerate(turns):
        for sign in text:
            pressed.append(f"{sign}{number}.{len(pressed)};")
            desk.press(pressed[-1], Key.SIGN)
            desk.wait(between)
        desk.wait(after)
    desk.wait(1)
    scanned = [piece + ";" for scan in desk.scans for piece in scan.split(";") if piece]
    assert sorted(desk.typed + scanned) == sorted(pressed)
    order = {sign: at for at, sign in enumerate(pressed)}
    assert [order[sign] for sign in desk.typed] == sorted(order[sign] for sign in desk.typed)
    assert [order[sign] for sign in scanned] == sorted(order[sign] for sign in scanned)


@given(st.lists(st.one_of(PERSON, SCAN.map(lambda scan: (*scan[:3], 0.05))), max_size=12))
def test_with_a_breath_between_them_each_gets_what_is_theirs(turns: list[tuple[str, str, float, float]]) -> None:
    desk = Desk()
    for _who, text, between, after in turns:
        desk.types(text, between)
        desk.wait(after + 0.05)
    assert "".join(desk.typed) == "".join(text for who, text, *_ in turns if who == "person")
    assert desk.scans == [text for who, text, *_ in turns if who == "scan"]
