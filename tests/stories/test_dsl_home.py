"""The DSL's home at the whole window: its buttons and the reminder lead there, and reception sees none of it."""

from tests.gui import pictures
from tests.gui.test_dsl_home import fill
from tests.gui.walkers import text_fits, unnamed_controls
from tests.stories.desk import DeskPage
from visitor_register.gui.settings.view import SettingsView
from visitor_register.gui.today.dsl_home import DslHome

REMINDER = "1 deadline is overdue, 1 is due soon."


def test_the_home_and_the_reminder_lead_there_and_go_with_the_dsl(desk: DeskPage) -> None:
    today, window = desk.session.today, desk.session.window
    desk.become(desk.world.dsl)
    fill(desk.world)
    today.home.refresh()
    desk.settle()
    assert desk.says() == REMINDER
    today.review_button.click()
    desk.settle()
    desk.program.window.resize(1024, 640)
    desk.settle()
    pictures.save(desk.program.window, "dsl-home")
    assert text_fits(today.review) == []
    assert unnamed_controls(today.review) == []
    today.home.wanted.emit("letters")
    settings = window.screen_named("settings")
    assert isinstance(settings, SettingsView)
    assert (window.current, settings.list.current_key()) == ("settings", "letters")
    window.notices.action.click()
    desk.settle()
    assert (window.current, desk.says()) == ("contacts", "")
    desk.world.clock.move(days=1)
    today.home.refresh()
    desk.settle()
    assert desk.says() == "2 deadlines are overdue."
    desk.become(desk.world.reception)
    assert desk.says() == ""
    assert not any(button.text() for button in today.review.findChildren(DslHome)[0].buttons.values())
