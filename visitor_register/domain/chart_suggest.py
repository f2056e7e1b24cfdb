"""Ranks who a manager's spelling may mean. A person confirms; nothing here is ever set."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.names import fold, words
from visitor_register.domain.names_clean import clean_name, names_nobody
from visitor_register.domain.names_short import may_be_short_for

_LEADS = re.compile(
    r"\b(?:manager|head|director|lead|leader|principal|supervisor|chief|officer in charge|mgr|tm)\b", re.I
)
_SPLIT = re.compile(r"\s*(?:/|;|\+|&|\band\b|\bor\b|,\s*(?=[^,]+\s+[^,]+,|\w+ \w+$))\s*", re.I)
_SHORT = {"tm": "team manager", "sm": "service manager", "hos": "head of service", "dtm": "deputy team manager",
          "atm": "assistant team manager", "pm": "practice manager", "mgr": "manager", "tl": "team leader"}  # fmt: skip
_FUZZY_FROM = 86
# Beyond this many different spellings the file is not one that a person would settle spelling by spelling.
_FUZZY_FOR = 400
_LONGEST = 120


def leads(row: ChartPerson) -> bool:
    """Say whether a job title sounds like one that people report to. It ranks, it never decides."""
    return bool(_LEADS.search(row.job_title))


class Suggestions:
    """Suggests rows for a spelling: same name twice, nickname, initial, title, surname, likeness."""

    def __init__(self, people: Sequence[ChartPerson], names: Mapping[str, set[str]]) -> None:
        self._rows = {row.key: row for row in people if row.living and fold(row.name)}
        self._vacant = [row for row in people if row.vacant and not row.gone and leads(row)]
        self._same_name = {key: who for key, who in names.items() if key}
        self._names = {row.key: fold(row.name)[:_LONGEST] for row in self._rows.values()}
        self._surname: dict[str, list[str]] = defaultdict(list)
        self._titles: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._titled = [
            (row.key, frozenset(words(f"{row.job_title} {row.unit}"))) for row in (*self._rows.values(), *self._vacant)
        ]
        for row in self._rows.values():
            self._surname[fold(row.name).split()[-1] if row.name else ""].append(row.key)
        for row in (*self._rows.values(), *self._vacant):
            self._titles[words(row.job_title)].append(row.key)
        self._known: dict[str, dict[str, float]] = {}
        self._all = {**self._rows, **{row.key: row for row in self._vacant}}

    def for_row(self, row: ChartPerson) -> list[str]:
        """Return up to six keys for the row's manager, best first."""
        text = row.manager_text
        if names_nobody(text):
            return [post.key for post in self._vacant if text and post.unit and fold(post.unit) == fold(row.unit)][:3]
        spelling = fold(text)[: 2 * _LONGEST]
        if spelling not in self._known:
            self._known[spelling] = self._scores(text[: 2 * _LONGEST])
        scored = self._known[spelling]
        ranked = sorted(
            scored, key=lambda key: (-scored[key] - self._fits(self._all[key], row), self._names.get(key, ""), key)
        )
        return [key for key in ranked if key != row.key][:6]

    def _fits(self, other: ChartPerson, row: ChartPerson) -> float:
        same_unit = bool(row.unit) and fold(other.unit) == fold(row.unit)
        same_service = bool(row.service) and fold(other.service) == fold(row.service)
        return (3.0 if leads(other) else 0.0) + (3.0 if same_unit else 0.0) + (1.0 if same_service else 0.0)

    def _scores(self, text: str) -> dict[str, float]:
        found: dict[str, float] = {}
        parts = [part for part in _SPLIT.split(text) if part]
        for part in dict.fromkeys((text, *parts[:4])):
            for key, score in (*self._by_title(part), *self._by_name(part)):
                found[key] = max(found.get(key, 0.0), score)
        return found

    def _by_title(self, text: str) -> list[tuple[str, float]]:
        wanted = tuple(word for part in words(text) for word in _SHORT.get(part, part).split())
        exact = [(key, 96.0) for key in self._titles.get(wanted, ())]
        if exact or not _LEADS.search(" ".join(wanted)):
            return exact
        return [(key, 80.0) for key, has in self._titled if has.issuperset(wanted)][:20]

    def _by_name(self, text: str) -> list[tuple[str, float]]:
        local, at, _ = text.partition("@")
        cleaned = clean_name(re.sub(r"[._\d]+", " ", local) if at else text)
        key = fold(cleaned.name or text)
        parts = [part.strip(".") for part in re.sub(r"\.(?=\w)", ". ", key).split()]
        found = [(row, 100.0) for person in self._same_name.get(key, ()) for row in (person,) if row in self._rows]
        if not parts:
            return found
        for row in (row for end in {parts[-1], parts[0]} for row in self._surname.get(end, ())):
            found.append((row, self._with_surname(self._rows[row], parts)))
        if len(parts) == 1:
            found += [
                (row, 78.0)
                for row, name in self._names.items()
                if parts[0] in (name.split()[0], fold(self._rows[row].known_as))
            ]
        if len(self._known) < _FUZZY_FOR:
            for name, _, row in process.extract(
                key[:_LONGEST], self._names, scorer=fuzz.WRatio, score_cutoff=_FUZZY_FROM, limit=8
            ):
                found.append((row, fuzz.ratio(key, name) * 0.96))
            if "?" in key or "\ufffd" in key:
                pattern = re.compile(re.sub(r"(?:\\\?|\ufffd)+", ".{1,2}", re.escape(key)))
                found += [(row, 97.0) for row, name in self._names.items() if pattern.fullmatch(name)]
        return found

    def _with_surname(self, row: ChartPerson, parts: list[str]) -> float:
        """Score a row with the same surname by what stands before it."""
        forename = fold(row.name).split()[0]
        said = parts[0] if self._names[row.key].endswith(parts[-1]) else parts[-1]
        if fold(row.known_as) == said or {*parts} == {*self._names[row.key].split()}:
            return 99.0
        if len(said) == 1 or len(parts) == 1:
            return 95.0 if forename.startswith(said) else 78.0 if len(parts) == 1 else 70.0
        if may_be_short_for(said, forename):
            return 93.0
        return 70.0 + 0.2 * fuzz.ratio(said, forename) + (4.0 if forename[:1] == said[:1] else 0.0)
