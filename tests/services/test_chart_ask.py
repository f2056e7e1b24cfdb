"""The message that asks for a newer chart: what it says, and that it opens in a mail program as it is."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4

from tests.factories import World
from tests.golden import samples
from tests.services.chart_office import FIRST, Office, people
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.events import ChartAccepted
from visitor_register.services import chart_ask
from visitor_register.services.chart_ask import AskText
from visitor_register.services.chart_plan import Decisions

SURE = Decisions({}, confirmed=frozenset(Guard))


def ask(world: World, *, attached: bool = False) -> AskText:
    with world.register.read() as session:
        return chart_ask.compose(session, operator="Nadia Shah", at=world.clock(), attached=attached)


def test_the_first_message_asks_for_the_first_chart(world: World) -> None:
    said = ask(world, attached=True)
    assert (said.to, said.subject, said.sender) == ("", "Structure chart for Elmbrook Primary School", "")
    assert "no structure chart of your service yet" in said.text
    assert "attached" not in said.text
    assert said.text.endswith("Thank you,\nNadia Shah\nElmbrook Primary School")


def test_it_says_which_chart_we_hold_and_what_is_missing(office: Office) -> None:
    told = [("Ada Hill", "A", ""), ("Bo Young", "A", "Ada Hill"), ("Cy Moon", "A", "Nobody Known"), ("", "A", "")]
    office.accepts(people(*told), issued=date(2026, 11, 2))
    said = ask(office.world)
    assert "our version 1 of Mon 02/11/2026 (3 people), fingerprint 0000-0000." in said.text
    assert (
        "We do not know the manager of 1 person, a telephone number of 3 people, the staff number on the badge of "
        "3 people." in said.text
    )
    assert "An Excel list is best" in said.text
    assert "is attached. Please correct it" in ask(office.world, attached=True).text
    assert not [name for name, _, _ in told if name and name in said.text], "nobody is named in it"


def test_where_nothing_is_missing_nothing_is_said_of_it(office: Office) -> None:
    office.accepts(office.reads(FIRST))
    assert "We do not know" not in ask(office.world).text


def test_the_link_holds_the_message_as_it_is_and_is_short_enough(world: World) -> None:
    accepted = next(event for event in samples.ALL if isinstance(event, ChartAccepted))
    world.write((uuid4(), replace(accepted, from_whom="Jo O'Neil & co <jo.o'neil@harrow.example.gov.uk>, by e-mail")))
    said = replace(ask(world, attached=True), subject="50 % & more? #1")
    assert said.to == "jo.o'neil@harrow.example.gov.uk"
    assert said.link is not None
    link = urlsplit(said.link)
    assert (link.scheme, unquote(link.path)) == ("mailto", said.to)
    assert parse_qs(link.query) == {"subject": [said.subject], "body": [said.text.replace("\n", "\r\n")]}
    assert "+" not in said.link, "mail programs take a plus for a plus"
    assert len(said.link) < 2_000, "Windows opens no longer link"
