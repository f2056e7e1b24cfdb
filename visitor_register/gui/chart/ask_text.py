"""The message that asks a council for an up-to-date chart: to copy into the mail program, never sent from here."""

from dataclasses import dataclass

from visitor_register.domain import calendar
from visitor_register.services.chart_age import Age


@dataclass(frozen=True, slots=True)
class AskText:
    """To, subject and text. `to` is whoever sent the last chart, as it was written down then."""

    to: str
    subject: str
    text: str


def ask_text(age: Age | None, school: str, operator: str) -> AskText:
    """Write the message for the chart in use, or for the first one."""
    name = school or "our school"
    if age is None:
        have = "We have no structure chart of your service yet."
    else:
        have = f"The structure chart we hold is dated {calendar.say_date(age.day)} ({age.chart.people} people)."
    text = "\n\n".join(
        (
            "Hello,",
            f"{have} So that we can recognise your staff at the door and ring the right manager, please send us the "
            "present one.",
            "An Excel list is best, one row for each post: name, job title, team, service, telephone, e-mail, "
            "staff number as on the badge, and who the post reports to. Vacant posts too, please.",
            f"Thank you,\n{operator}\n{name}",
        )
    )
    return AskText(age.chart.from_whom if age is not None else "", f"Structure chart for {name}", text)
