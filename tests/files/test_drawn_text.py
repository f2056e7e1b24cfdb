"""The text of one drawn box: names, titles, teams and numbers in any order, job shares, and lists of workers."""

import pytest

from visitor_register.domain.chart_fields import Field
from visitor_register.files.drawn_text import order_of, read_box

ADA, BEN = "Ada Thistlemere", "Ben Kettledale"


def said(lines: tuple[str, ...], *, title_first: bool | None = None) -> list[tuple[str, ...]]:
    """What a box says, a person an entry: name, title, team, telephone, e-mail; blanks at the end left off."""
    fields = (Field.NAME, Field.JOB_TITLE, Field.UNIT, Field.PHONE, Field.EMAIL)
    found = []
    for person in read_box(lines, title_first=title_first).people:
        texts = [person.get(field, "") for field in fields]
        while texts and not texts[-1]:
            texts.pop()
        found.append(tuple(texts))
    return found


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ((ADA, "Social Worker"), [(ADA, "Social Worker")]),
        (("Social Worker", ADA), [(ADA, "Social Worker")]),
        ((ADA, "Head of Service, CIN", "020 7946 0983"), [(ADA, "Head of Service, CIN", "", "020 7946 0983")]),
        (("020 7946 0983", "Head of Service, CIN", ADA), [(ADA, "Head of Service, CIN", "", "020 7946 0983")]),
        (
            (ADA, "Social Worker", "MASH", "Tel: 020 7946 0983 / ada@x.example"),
            [(ADA, "Social Worker", "MASH", "020 7946 0983", "ada@x.example")],
        ),
        ((f"{ADA}\nSocial Worker",), [(ADA, "Social Worker")]),
        ((f"{ADA} - Social Worker",), [(ADA, "Social Worker")]),
        ((f"Social Worker: {ADA}",), [(ADA, "Social Worker")]),
        ((f"{ADA} (Social Worker)",), [(ADA, "Social Worker")]),
        ((f"{ADA}, Social Worker",), [(ADA, "Social Worker")]),
        (("Thistlemere, Ada", "Social Worker"), [("Thistlemere, Ada", "Social Worker")]),
        ((ADA, "Head of Service,", "Front Door and", "First Response"),
         [(ADA, "Head of Service, Front Door and First Response")]),
        (("ADA THISTLEMERE", "SOCIAL WORKER"), [("ADA THISTLEMERE", "SOCIAL WORKER")]),
        (("Grace Head", "MASH Education Lead"), [("Grace Head", "MASH Education Lead")]),
        (("MASH Education Lead", "Grace Head"), [("Grace Head", "MASH Education Lead")]),
        (("Zuleika van der Klompen-Velvetcroft", "Virtual School Head"),
         [("Zuleika van der Klompen-Velvetcroft", "Virtual School Head")]),
        (("Ludmila Wiśniopork*", "MASH Decision Maker"), [("Ludmila Wiśniopork*", "MASH Decision Maker")]),
        ((f"{ADA} (Agency)", "Deputy LADO"), [(f"{ADA} (Agency)", "Deputy LADO")]),
        ((f"{ADA} 0.6 FTE", "Social Worker"), [(f"{ADA} (0.6 FTE)", "Social Worker")]),
        ((ADA,), [(ADA,)]),
        ((f"{ADA}\tSocial Worker",), [(ADA, "Social Worker")]),
        ((f"{ADA}    Social Worker",), [(ADA, "Social Worker")]),
        ((f"{ADA} - Agency", "Social Worker"), [(f"{ADA} - Agency", "Social Worker")]),
        ((f"{ADA} (vacant from June)", "Social Worker"), [(f"{ADA} (vacant from June)", "Social Worker")]),
        ((ADA, "Social Worker (vacant from June)"), [(ADA, "Social Worker (vacant from June)")]),
    ],
)  # fmt: skip
def test_a_person_is_read_in_whatever_order(lines: tuple[str, ...], people: list[tuple[str, ...]]) -> None:
    assert said(lines) == people


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (("VACANT", "Social Worker"), [("VACANT", "Social Worker")]),
        (("Social Worker", "(Vacant)"), [("(Vacant)", "Social Worker")]),
        (("Vacant - Social Worker",), [("Vacant", "Social Worker")]),
        (("Social Worker (vacant)", "MASH"), [("Vacant", "Social Worker", "MASH")]),
        (("To be appointed", "Team Manager, CIN 3"), [("To be appointed", "Team Manager, CIN 3")]),
        (("Fostering Recruitment Officer", ADA), [(ADA, "Fostering Recruitment Officer")]),
        (("Team Manager", "CIN 3"), [("", "Team Manager CIN 3")]),
        (("Team Manager", "Leaving Care"), [("", "Team Manager Leaving Care")]),
        (("Head of Service", "Corporate Parenting"), [("", "Head of Service Corporate Parenting")]),
        (("Head of Service", "Vulnerable Adolescent Service"), [("", "Head of Service Vulnerable Adolescent Service")]),
        (("Neighbourhood Lead", "West (NHS)"), [("", "Neighbourhood Lead West (NHS)")]),
        (("TLCO Managing Director", "(NHS)"), [("", "TLCO Managing Director (NHS)")]),
        (("President",), [("", "President")]),
        (("Mid-Left",), [("", "Mid-Left")]),
        (("VACANT",), [("VACANT",)]),
        (("Vacant x 2", "Social Worker"), [("Vacant x 2", "Social Worker")]),
    ],
)
def test_a_post_without_a_person_stays_a_post(lines: tuple[str, ...], people: list[tuple[str, ...]]) -> None:
    assert said(lines) == people
    for title_first in (True, False):
        assert said(lines, title_first=title_first) == people


@pytest.mark.parametrize(
    "lines",
    [(), ("",), ("[Text]",), ("Name", "Title"), ("Name / Title",), ("Click to add text",), ("Telephone", "-")],
)
def test_what_the_drawing_program_wrote_is_nobody(lines: tuple[str, ...]) -> None:
    assert read_box(lines).people == ()


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ((f"{ADA} / {BEN}", "Team Manager, Fostering"),
         [(ADA, "Team Manager, Fostering"), (BEN, "Team Manager, Fostering")]),
        ((ADA, BEN, "Team Manager, Fostering"), [(ADA, "Team Manager, Fostering"), (BEN, "Team Manager, Fostering")]),
        ((f"{ADA} / VACANT", "Team Manager"), [(ADA, "Team Manager"), ("VACANT", "Team Manager")]),
        ((ADA, "(Vacant)", "Team Manager"), [(ADA, "Team Manager"), ("(Vacant)", "Team Manager")]),
        ((f"{ADA} and {BEN}", "Team Manager", "ada.thistlemere@x.example", "020 7946 0983"),
         [(ADA, "Team Manager", "", "020 7946 0983", "ada.thistlemere@x.example"),
          (BEN, "Team Manager", "", "020 7946 0983")]),
    ],
)  # fmt: skip
def test_two_who_share_a_post_share_it(lines: tuple[str, ...], people: list[tuple[str, ...]]) -> None:
    box = read_box(lines)
    assert said(lines) == people
    assert not box.listed


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ((f"{ADA} - Social Worker", f"{BEN} - Social Worker"), [(ADA, "Social Worker"), (BEN, "Social Worker")]),
        ((f"Social Worker: {ADA}", f"Grace Head: {BEN}"), [(ADA, "Social Worker"), (BEN, "Grace Head")]),
        (("Duty Team", f"{ADA} - Social Worker", "Vacant - Social Worker"),
         [(ADA, "Social Worker"), ("Vacant", "Social Worker")]),
        ((f"{ADA} - Social Worker", f"{BEN} - Social Worker", "Cy Foxe - Duty"),
         [(ADA, "Social Worker"), (BEN, "Social Worker"), ("Cy Foxe", "Duty")]),
        ((ADA, "Social Worker", BEN, "Team Administrator"), [(ADA, "Social Worker"), (BEN, "Team Administrator")]),
        (("Social Worker", ADA, "Team Administrator", BEN), [(ADA, "Social Worker"), (BEN, "Team Administrator")]),
        (("Social Workers", ADA, BEN), [(ADA, "Social Workers"), (BEN, "Social Workers")]),
        ((ADA, BEN, "Cy Foxe"), [(ADA,), (BEN,), ("Cy Foxe",)]),
        ((ADA, "VACANT", "Social Worker"), [(ADA, "Social Worker"), ("VACANT", "Social Worker")]),
        ((f"{ADA} - Social Worker 020 7946 0983", f"{BEN} - Social Worker", "020 7946 0984"),
         [(ADA, "Social Worker", "", "020 7946 0983"), (BEN, "Social Worker", "", "020 7946 0984")]),
    ],
)  # fmt: skip
def test_a_list_of_workers_is_one_post_each(lines: tuple[str, ...], people: list[tuple[str, ...]]) -> None:
    box = read_box(lines)
    assert said(lines) == people
    assert box.listed


def test_most_boxes_of_a_page_say_where_the_name_stands() -> None:
    clear = [read_box(("Social Worker", ADA)), read_box(("Team Manager, CIN 3", BEN)), read_box((ADA, "Officer"))]
    assert order_of(clear) is True
    assert order_of(clear[1:]) is None
    assert said(("Rose Young", "Dawn Page"), title_first=True) == [("Dawn Page", "Rose Young")]
    assert said(("Rose Head", "Dawn Lead"), title_first=False) == [("Rose Head", "Dawn Lead")]


def test_what_stands_below_title_and_team_is_a_remark() -> None:
    lines = (ADA, "Social Worker", "MASH", "Monday to Wednesday", "Duty on Fridays")
    assert read_box(lines).people[0][Field.NOTES] == "Monday to Wednesday; Duty on Fridays"


def test_salaries_are_not_read_and_numbers_of_posts_are() -> None:
    lines = (ADA, "Social Worker", "Grade: PO4", "£45,000 - £48,000", "Post no. CS1002", "Staff No: H194359")
    assert dict(read_box(lines).people[0]) == {
        Field.NAME: ADA,
        Field.JOB_TITLE: "Social Worker",
        Field.POST_REF: "CS1002",
        Field.STAFF_NUMBER: "H194359",
    }
