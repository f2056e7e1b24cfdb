"""What the lists of Settings write: numbers, letters and people, each from the texts of its form."""

from datetime import date
from uuid import uuid4

from visitor_register.domain.events import LetterFiled, NumberPublished
from visitor_register.domain.people import Operator, Role
from visitor_register.gui.settings.forms import FieldError, Form, read_day, wanted
from visitor_register.gui.wording import PASSWORD_TOO_SHORT, PASSWORDS_DIFFER
from visitor_register.persistence.keyring import MIN_PASSWORD

REVIEW_MONTHS = 12


def number(form: Form) -> NumberPublished:
    """A published number with its source."""
    return NumberPublished(
        body=wanted(form, "body", "Write whose number it is."),
        number=wanted(form, "number", "Write the number."),
        hours=form["hours"].strip(),
        found_where=wanted(form, "where", "Write where you found it published. A number without a source is not rung."),
        found_on=read_day(form, "on"),
    )


def letter(form: Form) -> LetterFiled:
    """A letter of assurance; its review is due after a year unless somebody says otherwise."""
    dated = read_day(form, "dated")
    review = read_day(form, "review") if form["review"].strip() else a_year_later(dated)
    if review <= dated:
        raise FieldError("review", "Write a day after the letter's own date.")
    return LetterFiled(
        authority=wanted(form, "authority", "Write which authority or employer the letter is from."),
        signatory_role=form["role"].strip(),
        dated=dated,
        groups=form["groups"].strip(),
        review_on=review,
        filed_where=wanted(form, "where", "Write where the letter itself is filed."),
    )


def a_year_later(day: date) -> date:
    """The same day next year; 28 February for a leap day."""
    try:
        return day.replace(year=day.year + REVIEW_MONTHS // 12)
    except ValueError:
        return day.replace(year=day.year + REVIEW_MONTHS // 12, day=28)


def person(form: Form) -> Operator:
    """Somebody who shall be able to sign in."""
    name = wanted(form, "name", "Write the name as it should stand beside what this person enters.")
    made = Operator(uuid4(), name, role(form))
    new_password(form, "password", "again")
    own_password(form)
    return made


def role(form: Form) -> Role:
    """What somebody does here."""
    if not form["role"]:
        raise FieldError("role", "Choose what this person does here.")
    return Role(form["role"])


def new_password(form: Form, first: str, second: str) -> str:
    """A password that was typed twice."""
    if len(form[first]) < MIN_PASSWORD:
        raise FieldError(first, PASSWORD_TOO_SHORT)
    if form[first] != form[second]:
        raise FieldError(second, PASSWORDS_DIFFER)
    return form[first]


def own_password(form: Form, field: str = "own") -> str:
    """One's own password, typed again for something that only its owner may do."""
    if not form[field]:
        raise FieldError(field, "Type your own password, so that it is certain who does this.")
    return form[field]
