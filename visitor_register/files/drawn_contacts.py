"""Takes out of a line of a box what is no text of it: telephone numbers, addresses, references, and pay."""

import re
from dataclasses import dataclass, field

from visitor_register.domain import chart_text
from visitor_register.domain.chart_fields import Field
from visitor_register.domain.matching import ADDRESS

_NUMBER = re.compile(r"(?:\+|\(?0)(?:[\s()./\-]*\d){8,13}(?:\s*(?:ext|extn|x)\.?\s*\d{1,6})?", re.I)
_SHORT_NUMBER = re.compile(r"^(?:tel|telephone|phone|ext|extn|extension|mob|mobile|t|m|x)\b[.:\s]*\d[\d\s]{2,}$", re.I)
_LABEL = re.compile(
    r"\b(?:tel(?:ephone)?|phone|mob(?:ile)?|ext(?:n|ension)?|ddi|direct(?: (?:line|dial))?|e-?mail)\b[.:\s]*$"
    r"|^\W*[tme]\W*$",
    re.I,
)
_REFERENCES = (
    (Field.POST_REF, re.compile(r"^(?:post|position)\s*(?:no|number|ref|reference|id)\W*(\w[\w/-]*\d\w*)$", re.I)),
    (
        Field.STAFF_NUMBER,
        re.compile(r"^(?:staff|employee|payroll|badge)\s*(?:no|number|ref|id)\W*(\w[\w/-]*\d\w*)$", re.I),
    ),
)
_PAY = re.compile(r"£|^\W*(?:grade|salary|pay|spine point|scp|band)\b\W*\S{0,12}$", re.I)
_GAP = re.compile(r"\t+|\s{3,}")
_HOURS = re.compile(r"(?<![\w(.])(\d(?:\.\d+)?\s*(?:fte|wte))(?![\w)])", re.I)


@dataclass(slots=True)
class Contacts:
    """What was taken out of the lines of one box, by what it is, in the order of the lines."""

    found: dict[Field, list[str]] = field(default_factory=dict)

    def take(self, written: str) -> str:
        """Take everything out of one line that is no text, and return what is left, cleaned."""
        # Where there is no dash between name and title, there is often a gap.
        text = chart_text.clean(_GAP.sub(" | ", written.strip()))
        if _PAY.search(text):
            return ""
        for kind, pattern in _REFERENCES:
            if match := pattern.match(text):
                self._keep(kind, match.group(1))
                return ""
        for address in ADDRESS.findall(text):
            self._keep(Field.EMAIL, str(address))
        rest = ADDRESS.sub(" ", text).strip()
        if _SHORT_NUMBER.match(rest):
            self._keep(Field.PHONE, rest)
            return ""
        parts = []
        at = 0
        for match in _NUMBER.finditer(rest):
            self._keep(Field.PHONE, match.group().strip())
            parts.append(rest[at : match.start()])
            at = match.end()
        parts.append(rest[at:])
        if at or rest != text:
            parts = [_LABEL.sub(" ", part.strip(" |/;,:-–")) for part in parts]
        # How much of a week somebody works is a remark beside the name.
        return _HOURS.sub(r"(\1)", " ".join(" ".join(parts).split()))

    def add(self, other: "Contacts") -> None:
        """Take over what another line held."""
        for kind, texts in other.found.items():
            for text in texts:
                self._keep(kind, text)

    def as_fields(self) -> dict[Field, str]:
        """Return it as the cells of a row."""
        return {kind: "; ".join(texts) for kind, texts in self.found.items()}

    def _keep(self, kind: Field, text: str) -> None:
        kept = self.found.setdefault(kind, [])
        if text not in kept:
            kept.append(text)
