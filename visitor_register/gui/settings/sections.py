"""The sections of Settings, under the headings somebody would look for them, and the roles that see each."""

from dataclasses import dataclass

from visitor_register.domain.people import AT_THE_DESK, Role
from visitor_register.services import proof

_LEADS = frozenset({Role.DSL, Role.HEAD})
_OFFICE = _LEADS | {Role.OFFICE}
_ALL = AT_THE_DESK | {Role.AUDITOR}


@dataclass(frozen=True, slots=True)
class Group:
    """Sections under one heading: each key with its name in the list, and the roles that see it."""

    title: str
    sections: dict[str, tuple[str, frozenset[Role]]]


GROUPS: tuple[Group, ...] = (
    Group(
        "The school",
        {
            "school": ("School", _LEADS),
            "duty": ("DSL today", _OFFICE),
            "staff": ("Staff and places", _LEADS),
            "calendar": ("School calendar", _ALL),
            "holidays": ("Bank holidays", _ALL),
            "times": ("Lesson times", _ALL),
        },
    ),
    Group(
        "Visitors",
        {
            "lanyards": ("Lanyards", _LEADS),
            "known": ("Known visitors", _LEADS),
            "notice": ("Visitor notice", _LEADS),
            "telling": ("Told on arrival", _LEADS),
            "fire": ("Fire list", _LEADS),
        },
    ),
    Group(
        "Rules and lists",
        {
            "clocks": ("Clocks", _ALL),
            "numbers": ("Published numbers", _OFFICE),
            "letters": ("Letters of assurance", _OFFICE),
            "texts": ("Letters to the authority", _LEADS),
            "charts": ("Structure chart", _LEADS),
        },
    ),
    Group(
        "People and keys",
        {
            "people": ("People", _LEADS),
            "keys": ("Keys", _LEADS),
            "sign_in": ("My sign-in", _ALL),
        },
    ),
    Group(
        "Safe keeping",
        {
            "backups": ("Backups", _OFFICE | {Role.AUDITOR}),
            "keeping": ("Keeping and erasing", _LEADS | {Role.AUDITOR}),
            "copy": ("One person's data", _LEADS),
            "proof": ("Proof", proof.PROVES),
            "health": ("Health", _ALL),
        },
    ),
    Group(
        "This PC",
        {
            "pc": ("This PC", _ALL),
            "scanner": ("Test my scanner", AT_THE_DESK),
        },
    ),
)

SECTIONS: dict[str, tuple[str, frozenset[Role]]] = {
    key: section for group in GROUPS for key, section in group.sections.items()
}
"""Every section in the order of the list. The services check again who may."""
