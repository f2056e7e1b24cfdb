"""The clauses of the protocol, and what the register does for each: the one source of the guide's table and its tests.

The words are read by a receptionist, a head teacher and the authority. No paragraph of the guidance is ever named:
its numbers change every year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Page(StrEnum):
    """A page of the guide that tells more; the value is its file's name."""

    BOOKINGS = "bookings"
    CALL_BACK = "call-back"
    CHART = "chart"
    CHART_VERSIONS = "chart-versions"
    CONTACTS = "contacts"
    COPY = "subject-copy"
    DATA = "data"
    ESCALATION = "escalation"
    EXPECTED = "expected"
    KEEPING = "keeping"
    LOG = "log-a-contact"
    RECEIVED = "received-mail"
    REPORT = "report"
    SCAN = "scan"
    TIMELINE = "timeline"
    TODAY = "today"
    VERDICTS = "verdicts"
    WHO = "who-sees-what"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the program, as the screen calls it, and the page of the guide about it."""

    words: str
    page: Page


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    Attributes:
        name: P1 to P13 in the order of the protocol, or KCSIE for the statutory guidance.
        asks: What it asks of the authority or the school, in our words.
        records: What a person writes down.
        prompts: What the program works out from that, and says unasked.
        where: Where in the program.
    """

    name: str
    asks: str
    records: str
    prompts: str
    where: tuple[Where, ...]


CLAUSES = (
    Clause(
        "P1",
        "Education is discussed together with the school, and nothing is promised falsely.",
        "Of a visit, meeting or contact: whether education was discussed, who of the school was there, what was "
        "promised.",
        "Education was discussed without the school: a line on the DSL's list until somebody says how it was followed "
        "up.",
        (Where("Log a contact", Page.LOG), Where("For the DSL", Page.TODAY)),
    ),
    Clause(
        "P2",
        "The worker contacts the school within 5 days of being allocated.",
        "Child reference, worker, the day of the allocation and how it is known, the first contact.",
        "Due day, on time or late. A day nobody knows is *not assessable* and never late.",
        (Where("Contacts", Page.CONTACTS),),
    ),
    Clause(
        "P3",
        "Structure charts are updated regularly and shared.",
        "Of every chart: fingerprint of the file, issued on, received on, from whom, imported by whom, how many people "
        "and posts.",
        "Its age, amber and then red; who joined, left and moved, and whose manager changed; the e-mail that asks for "
        "an up-to-date one.",
        (Where("Chart", Page.CHART), Where("Versions", Page.CHART_VERSIONS)),
    ),
    Clause(
        "P4",
        "The school copies managers into e-mails.",
        "To whom, whether the manager was copied in, when, child reference.",
        "To and Cc from the chart as it is that day; a vacant post gives way to the next level up; a warning when "
        "there is nobody to copy.",
        (Where("Write an e-mail", Page.WRITING),),
    ),
    Clause(
        "P5",
        "The worker or the manager replies to an e-mail within 48 hours.",
        "When it was sent, when and how the reply came, and from whom.",
        "Due moment, with the other reading beside it. The worker's or the manager's reply stops it; an automatic one "
        "does not.",
        (Where("Contacts", Page.CONTACTS), Where("Received messages", Page.RECEIVED)),
    ),
    Clause(
        "P6",
        "What is not dealt with in reasonable time goes to the Head of Service.",
        "Each step, to whom and why, and how it ended.",
        "The next step of the ladder from the chart, and since when; the Head of Service 5 working days after it was "
        "due; a letter with the facts and dates.",
        (Where("Escalation", Page.ESCALATION), Where("Timeline", Page.TIMELINE)),
    ),
    Clause(
        "P7",
        "Communication is courteous and respectful, on both sides.",
        "A factual note, in either direction, which only the DSL and the head see.",
        "Speak to the manager first. An allegation goes to the LADO, not here. No such note is in a timeline.",
        (Where("Log a contact", Page.LOG),),
    ),
    Clause(
        "P8",
        "Everybody keeps to data protection.",
        "Who wrote each line, and when. Two encrypted files; child references only in the DSL's. What was erased or "
        "copied out, by whom and when.",
        "Refuses whoever may not see it, and says whom to ask. Lists what was kept long enough; the DSL or the head "
        "confirms, and it is erased for good. Writes out all it holds about one person who asks.",
        (
            Where("Who sees what", Page.WHO),
            Where("Keeping and erasing", Page.KEEPING),
            Where("One person's data", Page.COPY),
            Where("Data and privacy", Page.DATA),
        ),
    ),
    Clause(
        "P9",
        "Chains of e-mails are not forwarded: a new message is better.",
        "Whether a logged message came with a forwarded chain.",
        "Every message starts fresh with only the facts that are needed; there is no forwarding. A forwarded chain is "
        "pointed out when it is logged.",
        (Where("Write an e-mail", Page.WRITING), Where("Received messages", Page.RECEIVED)),
    ),
    Clause(
        "P10",
        "Requests for information are answered within 24 hours.",
        "Which way, when, what was asked, urgent (s47) or not, when it was answered.",
        "Due moment: the next working day in the school's hours, or plain 24 hours when it is urgent. Overdue and "
        "urgent ones are shown at once.",
        (Where("Contacts", Page.CONTACTS), Where("For the DSL", Page.TODAY)),
    ),
    Clause(
        "P11",
        "The school hears of meetings five days before, unless circumstances are exceptional.",
        "When we heard, when it begins, and for the DSL the reason when the notice is short.",
        "Notice in working days and in school days; *short notice* on the booking. It never blocks.",
        (Where("Bookings", Page.BOOKINGS), Where("Report", Page.REPORT)),
    ),
    Clause(
        "P12",
        "Visits are arranged before, unless circumstances are exceptional.",
        "Whether it was booked, by whom and when; how it came about when it was not.",
        "A booking is found at the scan. Who comes without one is asked how it came about, and is let in.",
        (Where("Bookings", Page.BOOKINGS), Where("Expected today", Page.EXPECTED)),
    ),
    Clause(
        "P13",
        "The worker shows proof of identity. A Harrow photo badge is accepted, also as evidence of the DBS check.",
        "What was shown, whether it is in date, whether face and photo were compared, and the basis of the DBS check. "
        "Never a certificate, its number or its date.",
        "The card for every scan with its next step. *Accepted under the protocol* only for a Harrow photo badge; for "
        "others the employer's letter or a call-back.",
        (Where("Scan", Page.SCAN), Where("Cards", Page.VERDICTS), Where("Call-back", Page.CALL_BACK)),
    ),
    Clause(
        "KCSIE",
        "Information is shared where a child needs it, and withheld only with a reason.",
        "What was shared or withheld, with whom, why, and by whom.",
        "Asks why, when something is withheld.",
        (Where("Log a contact", Page.LOG), Where("Timeline", Page.TIMELINE)),
    ),
)
"""P1 to P13 in their order, then the guidance on sharing. Source: the protocol, the guidance, and the rules."""

_HEADS = ("Clause", "What it asks", "The register records", "It works out and prompts")


def as_table() -> str:
    """The table as it stands in the guide, in Markdown, with links to the guide's own pages."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _row(*_HEADS)
    yield "|" + "---|" * len(_HEADS)
    for clause in CLAUSES:
        links = ", ".join(f"[{place.words}]({place.page}.md)" for place in clause.where)
        yield _row(clause.name, clause.asks, clause.records, f"{clause.prompts} See {links}.")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
