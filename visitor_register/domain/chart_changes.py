"""The changes between two charts, in the words of the preview."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from visitor_register.domain.chart_pairs import Pairing


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one person. `old` and `new` are row keys ("" where there is none).

    `before` and `after` say what changed; `field` which contact; `group` joins changes with one cause
    (a new manager of a whole team).
    """

    name: str
    post_ref: str = ""
    staff_no: str = ""
    before: str = ""
    after: str = ""
    field: str = ""
    group: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class TeamRename:
    """Most members of one team reappear in another: was it renamed? Asked once, not once a member."""

    before: str
    after: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartChanges:
    """Everything that differs, separately for each kind; `pairing` says who was taken for whom."""

    pairing: Pairing
    joined: tuple[Change, ...] = ()
    left: tuple[Change, ...] = ()
    moved: tuple[Change, ...] = ()
    retitled: tuple[Change, ...] = ()
    renamed: tuple[Change, ...] = ()
    contact_changed: tuple[Change, ...] = ()
    staff_no_changed: tuple[Change, ...] = ()
    manager_changed_edge: tuple[Change, ...] = ()
    manager_changed_holder: tuple[Change, ...] = ()
    post_added: tuple[str, ...] = ()
    post_removed: tuple[str, ...] = ()
    post_filled: tuple[str, ...] = ()
    post_vacated: tuple[str, ...] = ()
    team_renamed: tuple[TeamRename, ...] = ()
    offered: tuple[Change, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the two charts say the same."""
        return not any(self.as_dict().values())

    def as_dict(self) -> dict[str, tuple[Any, ...]]:
        """Return every list by its name, each item as a JSON object or a post reference."""
        return {
            field.name: tuple(_plain(item) for item in getattr(self, field.name))
            for field in fields(self)
            if field.name != "pairing"
        }


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes in an order that does not depend on the files' order of rows."""
    return tuple(sorted(changes, key=lambda one: (one.group, one.name, one.post_ref, one.field, one.before, one.after)))


def _plain(item: Change | TeamRename | str) -> Any:
    if isinstance(item, str):
        return item
    if isinstance(item, TeamRename):
        return {"from": item.before, "to": item.after, "members": list(item.members)}
    plain = {
        "name": item.name,
        "post_ref": item.post_ref,
        "staff_no": item.staff_no,
        "from": item.before,
        "to": item.after,
    }
    return plain | {key: text for key, text in (("field", item.field), ("group", item.group)) if text}
