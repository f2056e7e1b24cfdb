"""The moment that decides everything: somebody stands at the desk, and a badge is scanned."""

from tests.factories import create_booking, create_worker
from tests.stories.desk import DeskPage


def test_a_booked_worker_is_in_with_a_scan_and_enter_and_out_with_the_same(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    create_booking(desk.world, worker)
    before = desk.entries()
    desk.scan("H194359", end="\r\r")
    desk.shows("Known", "Expected 10:30 to see Mrs Shah", "Leila Haddad")
    assert desk.on_site() == [], "a scanner that sends Return twice signs nobody in"
    desk.rest()
    desk.press("Enter")
    assert desk.on_site() == ["Leila Haddad"]
    assert desk.kinds(desk.entries() - before) == ["Arrived"]
    assert desk.says() == "Signed in: Leila Haddad at 10:24."
    desk.world.clock.move(minutes=30)
    desk.scan("H194359")
    desk.shows("Already here", "since 10:24, here to see Mrs Shah", "Leila Haddad")
    desk.rest()
    desk.press("Enter")
    assert desk.on_site() == []
    assert desk.kinds(2) == ["Arrived", "Left"]
    desk.verifies()
