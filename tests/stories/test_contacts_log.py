"""A contact logged in the whole window, from Ctrl+4 to what it stopped, in a small window too."""

from datetime import timedelta

from tests.factories import NOW, create_worker
from tests.gui import pictures, walkers
from tests.stories.desk import DeskPage
from visitor_register.domain.contacts import ContactKind, Direction
from visitor_register.gui.contacts.log_form import LogForm
from visitor_register.services import contacts
from visitor_register.services.contacts import ContactForm


def test_a_reply_is_logged_from_the_deadline_it_answers(desk: DeskPage) -> None:
    world = desk.world
    worker = create_worker(world)
    at = NOW - timedelta(hours=26)
    asked = ContactForm(ContactKind.EMAIL, Direction.SENT, worker, at, "Who attends?", "C-0417", asks_reply=True)
    desk.become(world.dsl)
    with world.register.dsl_file().write() as session:
        contacts.log(session, asked, by=world.dsl, at=at)
    for width, height in ((1366, 698), (1024, 600)):
        desk.program.window.resize(width, height)
        desk.press("Ctrl+4")
        desk.press("Ctrl+N")
        (form,) = desk.program.window.findChildren(LogForm)
        assert desk.focused() is form.fields.what.rows[0]
        for key in ("Alt+1", "Alt+1", "Alt+6"):
            desk.press(key)
        desk.types("leila")
        desk.press("Enter")
        desk.types("Ms Kaur attends")
        desk.press("Alt+8")
        pictures.save(desk.program.window, f"contacts-log-{width}")
        assert walkers.text_fits(form) == []
        if width > 1100:
            desk.press("Esc")
            assert desk.says() == "The contact you were writing was not saved."
    desk.press("Ctrl+S")
    assert desk.says() == "Logged. Reply to our e-mail: met, after 1 day 2 h."
    pictures.save(desk.program.window, "contacts-log-done")
    desk.become(world.reception)
    assert "Reply" not in desk.says()
    assert form.fields.summary.toPlainText() == ""
