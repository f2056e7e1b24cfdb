"""A finding and an arrival as the words of the result card. Pure: values in, words out."""

from datetime import timedelta

from visitor_register.domain import calendar, codes
from visitor_register.domain.arrivals import Arrival
from visitor_register.domain.bookings import STILL_ON
from visitor_register.domain.policy import ChartAges
from visitor_register.domain.verification import NEEDS_CALL_BACK, Verdict
from visitor_register.domain.visits import Visit
from visitor_register.gui import wording
from visitor_register.gui.today import booked_words
from visitor_register.gui.widgets.result_card import CardAction, CardContent, CardFact
from visitor_register.services.front_desk import Finding

CLOSE_FIRST = timedelta(minutes=2)
"""So long after an arrival a second reading of the badge is taken for the same reading."""

STATEMENT = "Harrow badge in date,\nface matches - sign in"


def content(finding: Finding, arrival: Arrival, *, stated: bool, ages: ChartAges) -> CardContent:
    """What the card says about a finding. `stated`: the main button states the comparison of face and badge."""
    verdict = finding.verdict
    if verdict is Verdict.NEW_CODE:
        return _new_code(finding)
    if verdict is Verdict.ALREADY_HERE and finding.open_visit is not None:
        return _already_here(finding, finding.open_visit)
    word, after = wording.VERDICT[verdict]
    return CardContent(
        tone=wording.TONE[verdict],
        verdict=word,
        fact=_fact(finding, after),
        name=_name(finding, arrival),
        lines=_lines(finding, arrival),
        facts=_facts(finding, ages),
        main=_main(finding, arrival, stated=stated),
        quiet=_quiet(finding),
        right=_scanned(finding),
    )


def _fact(finding: Finding, after: str) -> str:
    expected = booked_words.expected(finding.booking, finding.at) if finding.booking is not None else ""
    return ". ".join(part.rstrip(".") for part in (finding.pass_words, after, expected) if part)


def _name(finding: Finding, arrival: Arrival) -> str:
    if finding.person is not None:
        return finding.person.name
    return arrival.visitor.name if arrival.visitor is not None else "Somebody is at the desk"


def _lines(finding: Finding, arrival: Arrival) -> tuple[str, ...]:
    lines = []
    person, visitor = finding.person, arrival.visitor
    if person is not None:
        job = ", ".join(part for part in (person.job_title, person.team or person.organisation) if part)
        lines.append(f"{job}. Now in {finding.moved_to}" if finding.moved_to else job)
    elif visitor is not None:
        said = ", ".join(part for part in (visitor.job_title, visitor.team, visitor.organisation) if part)
        lines.append(f"Says: {said}" if said else "")
    # Where somebody is to be rung, the call-back below says whom.
    if finding.manager is not None and finding.verdict not in NEEDS_CALL_BACK:
        manager = f"Manager: {finding.manager.name}"
        manager += f", {finding.manager.number}" if finding.manager.number else ", no number on the chart"
        if finding.manager.vacant:
            manager += f" ({finding.manager.vacant[0]} is vacant, next up)"
        lines.append(manager)
    lines.append(booked_words.together(finding))
    if finding.otherwise is not None:
        lines.append(booked_words.otherwise(finding.otherwise, finding.at))
    if finding.verdict is Verdict.PLEASE_WAIT:
        lines.append("Stay polite. Only the DSL or head may decline.")
    return tuple(line for line in lines if line)


def _facts(finding: Finding, ages: ChartAges) -> tuple[CardFact, ...]:
    if finding.verdict is Verdict.PLEASE_WAIT:
        return ()
    facts = []
    today = calendar.london_date(finding.at)
    if finding.chart is not None:
        dated = finding.chart.issued_on or finding.chart.received_on
        words = f"Chart of {calendar.say_date(dated)}, {calendar.age(dated, today)}"
        if (today - dated).days >= ages.red_days:
            words += ", very old"
        elif (today - dated).days >= ages.amber_days:
            words += ", ask for a newer one"
        facts.append(CardFact("network", words))
    if finding.person is not None:
        last = finding.last_visit_at
        words = f"Last here {calendar.say_date(calendar.london_date(last))}" if last else "First visit here"
        facts.append(CardFact("history", words))
    if finding.provisional_code:
        facts.append(CardFact("id-card", "Badge code not confirmed yet"))
    if finding.inexact_code:
        facts.append(CardFact("id-card", "Code read with another keyboard layout"))
    return tuple(facts)


def _main(finding: Finding, arrival: Arrival, *, stated: bool) -> CardAction:
    if finding.verdict is Verdict.PLEASE_WAIT:
        whom = finding.duty[0].name if finding.duty else "the DSL"
        if arrival.told is None:
            return CardAction("told", f"I have told {whom}", "Enter", "check")
        return CardAction("sign_in", "Sign in, with staff", "Enter", "log-in")
    if finding.verdict in (Verdict.KNOWN, Verdict.NOT_BOOKED) and stated:
        return CardAction("state", STATEMENT, "Enter", "log-in")
    how = wording.SUPERVISION[arrival.supervision].lower()
    return CardAction("sign_in", f"Sign in, {how}", "Enter", "log-in")


def _quiet(finding: Finding) -> tuple[CardAction, ...]:
    draft: tuple[CardAction, ...] = (CardAction("park", "Keep as draft", "Esc"),)
    if finding.otherwise is not None and finding.otherwise.state in STILL_ON:
        draft = (CardAction("take_booking", "Take as that booking", "F10"), *draft)
    if finding.verdict in (Verdict.KNOWN, Verdict.NOT_BOOKED):
        return CardAction("no_match", "Does not match", "F4", kind="danger"), *draft
    if finding.verdict in NEEDS_CALL_BACK:
        return CardAction("panel", "Fill in the arrival", "F2"), *draft
    return draft


def _scanned(finding: Finding) -> str:
    if finding.pass_code:
        return f"Pass {codes.grouped(finding.pass_code)}, scanned {calendar.say_time(finding.at)}"
    if not finding.code:
        return ""
    return f"{finding.code[:24]}, {'scanned' if finding.code_read else 'read'} {calendar.say_time(finding.at)}"


def _new_code(finding: Finding) -> CardContent:
    return CardContent(
        tone=wording.TONE[Verdict.NEW_CODE],
        verdict="New code",
        fact=finding.not_a_badge or "Nobody holds it yet",
        name="Find the person by name",
        lines=("A new or replaced badge is the usual cause. Type two letters above.",),
        quiet=(CardAction("park", "Keep as draft", "Esc"),),
        right=_scanned(finding),
    )


def _already_here(finding: Finding, visit: Visit) -> CardContent:
    fact = f"since {calendar.say_time(visit.arrived_at)}"
    if visit.here_to_see:
        fact += f", here to see {visit.here_to_see}"
    if finding.pass_words:
        fact += f". {finding.pass_words.rstrip('.')}"
    name = finding.person.name if finding.person else ""
    close = CardAction("close", "Close", "Enter" if not may_sign_out(finding) else "Esc", "x")
    leave = CardAction("sign_out", f"Sign out {name}", "Enter" if may_sign_out(finding) else "", "log-out")
    main, other = (leave, close) if may_sign_out(finding) else (close, leave)
    quiet = [other, CardAction("print_pass", "Print pass", "F12", "printer")]
    if visit.verdict in NEEDS_CALL_BACK and not visit.called_back:
        quiet.append(CardAction("call_later", "Call back", "Ctrl+B", "phone"))
    return CardContent(
        tone=wording.TONE[Verdict.ALREADY_HERE],
        verdict="Already here",
        fact=fact,
        name=name,
        lines=tuple(
            line
            for line in (
                ", ".join(p for p in (finding.person.job_title, finding.person.team) if p) if finding.person else "",
                f"{wording.SUPERVISION[visit.supervision]}, {visit.lanyard} lanyard" if visit.lanyard else "",
                booked_words.together(finding),
            )
            if line
        ),
        main=main,
        quiet=tuple(quiet),
        right=_scanned(finding),
    )


def may_sign_out(finding: Finding) -> bool:
    """Whether Enter signs out: not within two minutes of the arrival, when a second reading is the same reading."""
    return finding.since_arrival >= CLOSE_FIRST.total_seconds()
