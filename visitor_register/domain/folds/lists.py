"""All entries of one setting, letter, published number or operator; their rows out."""

from collections.abc import Iterable
from dataclasses import replace

from visitor_register.domain.assurance import Letter, PublishedNumber
from visitor_register.domain.events import (
    Entry,
    LetterFiled,
    LetterReplaced,
    NumberPublished,
    NumberWithdrawn,
    OperatorAdded,
    OperatorRemoved,
    OperatorRoleChanged,
    SettingChanged,
)
from visitor_register.domain.school import Account, Setting


def fold_setting(entries: Iterable[Entry]) -> list[object]:
    """Every value a setting ever had, with the date it applies from: a rule reads the one of its day."""
    return [
        Setting(entry.subject, entry.seq, entry.event.name, entry.event.value, entry.event.applies_from)
        for entry in entries
        if isinstance(entry.event, SettingChanged)
    ]


def fold_letter(entries: Iterable[Entry]) -> list[object]:
    """A letter of assurance as filed last."""
    letter: Letter | None = None
    for entry in entries:
        match entry.event:
            case LetterFiled() as filed:
                letter = Letter(
                    id=entry.subject,
                    authority=filed.authority,
                    signatory_role=filed.signatory_role,
                    dated=filed.dated,
                    groups=filed.groups,
                    review_on=filed.review_on,
                    filed_where=filed.filed_where,
                )
            case LetterReplaced() if letter is not None:
                letter = replace(letter, replaced=True)
    return [] if letter is None else [letter]


def fold_number(entries: Iterable[Entry]) -> list[object]:
    """A published number as found last; confirmed once a person here found it."""
    number: PublishedNumber | None = None
    for entry in entries:
        match entry.event:
            case NumberPublished() as said:
                number = PublishedNumber(
                    id=entry.subject,
                    body=said.body,
                    number=said.number,
                    hours=said.hours,
                    found_where=said.found_where,
                    found_on=said.found_on,
                    confirmed=said.found_on is not None,
                )
            case NumberWithdrawn() if number is not None:
                number = replace(number, withdrawn=True)
    return [] if number is None else [number]


def fold_operator(entries: Iterable[Entry]) -> list[object]:
    """Somebody who may use the program, as said last."""
    account: Account | None = None
    for entry in entries:
        match entry.event:
            case OperatorAdded(name=name, role=role):
                account = Account(entry.subject, name, role)
            case OperatorRoleChanged(role=role) if account is not None:
                account = replace(account, role=role)
            case OperatorRemoved() if account is not None:
                account = replace(account, removed=True)
    return [] if account is None else [account]
