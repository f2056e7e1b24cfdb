"""The pages of the guide: plain Markdown files among the resources, in the order in which they are listed."""

import re
from dataclasses import dataclass
from functools import cache

from visitor_register.resources_path import resource

FIRST = "today"

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "At the desk",
        (
            "today",
            "scan",
            "verdicts",
            "call-back",
            "drafts",
            "expected",
            "passes",
            "told",
            "sign-out",
            "paper",
            "fire-list",
            "locking",
            "camera",
            "scanner-test",
        ),
    ),
    (
        "Office and DSL",
        (
            "bookings",
            "invitations",
            "booking-list",
            "chart",
            "chart-import",
            "chart-versions",
            "signed-charts",
            "contacts",
            "deadlines",
            "timeline",
            "received-mail",
            "log-a-contact",
            "writing",
            "escalation",
            "history",
            "report",
            "settings",
            "school-calendar",
        ),
    ),
    (
        "Safe keeping",
        (
            "who-sees-what",
            "people",
            "keys",
            "data",
            "keeping",
            "subject-copy",
            "proof",
            "backups",
            "restore",
            "health",
            "dpia",
            "processing-record",
        ),
    ),
    (
        "The program",
        (
            "first-start",
            "practice",
            "when-something-fails",
            "command-line",
            "protocol",
            "glossary",
        ),
    ),
)
"""Headings of the list, and the pages under each: the names of the files."""

SCREENS: dict[str, str] = {
    "today": "today",
    "bookings": "bookings",
    "chart": "chart",
    "contacts": "contacts",
    "history": "history",
    "reports": "report",
    "settings": "settings",
    "fire_list": "fire-list",
    "lock": "locking",
    "sign_in": "first-start",
    "first_start": "first-start",
    "home_time": "sign-out",
    "scanner": "scanner-test",
    "settings/people": "people",
    "settings/keys": "keys",
    "settings/sign_in": "locking",
    "settings/copy": "subject-copy",
    "settings/keeping": "keeping",
    "settings/proof": "proof",
    "settings/backups": "backups",
    "settings/health": "health",
    "settings/scanner": "scanner-test",
    "settings/calendar": "school-calendar",
    "settings/holidays": "school-calendar",
    "settings/clocks": "deadlines",
    "settings/telling": "told",
    "settings/charts": "signed-charts",
    "settings/staff": "told",
}
"""Which page belongs to a screen, or a part of one, that is called otherwise."""

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SIGNS = re.compile(r"[*`|#]|^\s*(?:-+\|?)+\s*$|^\s*\d+\.\s|^\s*-\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page. `words` is its text without the signs of Markdown, for searching."""

    key: str
    title: str
    markdown: str
    words: str


def page(key: str, markdown: str) -> GuidePage:
    """A page from its text; its first heading is the title."""
    heading, _, rest = markdown.partition("\n")
    words = " ".join(_SIGNS.sub(" ", _LINK.sub(r"\1", rest)).split())
    return GuidePage(key, heading.lstrip("# ").strip(), markdown, words)


@cache
def own_pages() -> dict[str, GuidePage]:
    """The pages that come with the program, by key, in their order."""
    keys = [key for _, group in GROUPS for key in group]
    return {key: page(key, resource("help", f"{key}.md").read_text("utf-8")) for key in keys}
