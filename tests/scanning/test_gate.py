"""A badge that is held up is told once, and only when it is sure."""

from tests.scanning.fakes import Hand
from visitor_register.scanning.gate import Gate
from visitor_register.scanning.reading import Reading, Symbology

QR = Reading("123456782", Symbology.QR)
C39 = Reading("S1234567A", Symbology.CODE_39)


def test_a_badge_held_up_for_long_is_one_reading() -> None:
    hand = Hand()
    gate = Gate(clock=hand)
    told = []
    for _ in range(300):
        told.append(gate.admit(QR))
        hand.now += 0.033
    assert told == [True] + [False] * 299


def test_the_same_badge_after_a_while_is_another_reading() -> None:
    hand = Hand()
    gate = Gate(clock=hand)
    assert gate.admit(QR)
    hand.now += 2.9
    assert not gate.admit(QR)
    hand.now += 3.0
    assert gate.admit(QR)


def test_code_39_needs_two_equal_readings_within_a_second() -> None:
    hand = Hand()
    gate = Gate(clock=hand)
    assert not gate.admit(C39)
    hand.now += 1.1
    assert not gate.admit(C39)
    assert not gate.admit(Reading("S1234577A", Symbology.CODE_39))
    hand.now += 0.1
    assert gate.admit(C39)


def test_two_badges_by_turns_are_two_readings() -> None:
    hand = Hand()
    gate = Gate(clock=hand)
    other = Reading("987654324", Symbology.QR)
    told = []
    for _ in range(20):
        told += [gate.admit(QR), gate.admit(other)]
        hand.now += 0.1
    assert told == [True, True] + [False] * 38


def test_no_more_than_five_a_second_and_those_left_over_come_later() -> None:
    hand = Hand()
    gate = Gate(clock=hand)
    many = [Reading(f"{number:09}", Symbology.QR) for number in range(8)]
    assert [gate.admit(reading) for reading in many] == [True] * 5 + [False] * 3
    hand.now += 1.0
    assert [gate.admit(reading) for reading in many] == [False] * 5 + [True] * 3


def test_a_flood_of_codes_is_forgotten_again() -> None:
    hand = Hand()
    gate = Gate(clock=hand)
    for number in range(2000):
        gate.admit(Reading(f"{number:09}", Symbology.QR))
        hand.now += 0.01
    assert len(gate._sights) <= 301
