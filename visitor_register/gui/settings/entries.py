"""What the lists of Settings write: numbers, letters and people, each from the texts of its form."""

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from visitor_register.domain.events import LetterFiled, NumberPublished
from visitor_register.domain.people import Operator, Role
from visitor_register.errors import NotAllowedError, RegisterError, WrongPasswordError
from visitor_register.gui.settings.forms import FieldError, Form, read_day, wanted
from visitor_register.persistence.keyring import MIN_PASSWORD, Keyring, PasswordCost
from visitor_register.services import people

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
    if not form["role"]:
        raise FieldError("role", "Choose what this person does here.")
    if len(form["password"]) < MIN_PASSWORD:
        raise FieldError("password", f"Use at least {MIN_PASSWORD} characters. Three plain words do well.")
    if form["password"] != form["again"]:
        raise FieldError("again", "The two passwords are not the same. Type it again.")
    if not form["own"]:
        raise FieldError("own", "Type your own password: it opens what the new person shall be able to open.")
    return Operator(uuid4(), name, Role(form["role"]))


def add_person(
    session: Session,
    keyring: Keyring,
    added: Operator,
    form: Form,
    *,
    by: Operator,
    at: datetime,
    cost: PasswordCost,
) -> str:
    """Let somebody sign in from now on; returns the name.

    Raises:
        NotAllowedError: only the DSL and the head hold all keys.
        FieldError: the own password is wrong, or the name is taken.
    """
    try:
        people.add(
            session, keyring, added, password=form["password"], own_password=form["own"], by=by, at=at, cost=cost
        )
    except NotAllowedError:
        raise
    except WrongPasswordError as error:
        raise FieldError("own", "That is not your password. Type it again.") from error
    except RegisterError as error:
        raise FieldError("name", str(error)) from error
    return added.name
