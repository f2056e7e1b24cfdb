"""Whose signature is on a chart, and whether the school knows it: keys are confirmed with the council, then pinned."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from visitor_register.domain import names
from visitor_register.domain.chart_fingerprint import OF_KEY, readable
from visitor_register.domain.directory import ChartVersion, CouncilKey
from visitor_register.domain.events import ChartWasSigned, CouncilKeyPinned, CouncilKeyWithdrawn
from visitor_register.domain.people import Operator, Role
from visitor_register.errors import AnswerMissingError, FileRefusedError
from visitor_register.files.chart_bundle import SignedChart
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import chart_version, council_key
from visitor_register.services.access import require

_TRUSTS = frozenset({Role.DSL, Role.HEAD})


class Trust(StrEnum):
    """What the label on a chart says about where it comes from."""

    UNSIGNED = "Not signed"
    SIGNED = "Signed by the council"
    PAST = "Signed, past its date"
    KEY_NOT_CONFIRMED = "Signed, key not confirmed"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a chart can be trusted: one label, one sentence behind it, and what to write down when it is accepted.

    `fingerprint` is that of the key, "" for an unsigned chart; `signed` is None unless a confirmed key signed it.
    """

    trust: Trust
    words: str
    fingerprint: str = ""
    signed: ChartWasSigned | None = None


def look_at(session: Session, found: SignedChart | None, sha256: str, *, authority: str, on: date) -> Standing:
    """Say what a chart's signature is worth here.

    Args:
        session: The register.
        found: The signed chart, its signature already fitting; None for a chart that came without one.
        sha256: Hash of the file, hex.
        authority: Whose chart it is to be.
        on: Today, in London. Past its date a signed chart is still taken: only the label changes.

    Raises:
        FileRefusedError: it is another council's, signed with another key than the one confirmed, or older than
            the chart in use.
    """
    pinned = {key.key for key in keys(session) if _same(key.authority, authority)}
    if found is None:
        beside = " Its charts were signed before: ask the council why this one is not." if pinned else ""
        return Standing(Trust.UNSIGNED, f"Compare its fingerprint with the council by telephone.{beside}")
    label, fingerprint = found.label, readable(found.key, OF_KEY)
    if not _same(label.authority, authority):
        raise FileRefusedError(
            f"This chart is signed for {label.authority}, not for {authority}: choose the right one."
        )
    if pinned and found.key not in pinned:
        raise FileRefusedError(
            f"This chart is signed with another key than the one confirmed for {authority}: ring the council."
        )
    if not pinned:
        words = f"Ring the council, compare the key {fingerprint}, and confirm it here once."
        return Standing(Trust.KEY_NOT_CONFIRMED, words, fingerprint)
    _refuse_older(session, label.version, sha256, authority)
    signed = ChartWasSigned(found.key, label.version, label.valid_until)
    said = f"Version {label.version} of the council, key {fingerprint}."
    if on > label.valid_until:
        words = f"{said} The council meant it until {label.valid_until:%d/%m/%Y}: ask for a newer one."
        return Standing(Trust.PAST, words, fingerprint, signed)
    return Standing(Trust.SIGNED, said, fingerprint, signed)


def standing_of(chart: ChartVersion, on: date) -> Trust:
    """Return the label of an accepted chart, as it reads today."""
    if not chart.signed_with:
        return Trust.UNSIGNED
    return Trust.PAST if chart.valid_until is not None and on > chart.valid_until else Trust.SIGNED


def keys(session: Session) -> list[CouncilKey]:
    """All keys that count, by council."""
    return rows.select_all(session, CouncilKey, council_key.c.withdrawn.is_(False), order_by=(council_key.c.authority,))


def pin(session: Session, authority: str, key: str, confirmed_with: str, *, by: Operator, at: datetime) -> UUID:
    """Write down that a key is the council's, and with whom its fingerprint was compared.

    Raises:
        NotAllowedError: only the DSL and the head say whom the school trusts.
        AnswerMissingError: nobody said whose it is, or with whom it was compared.
    """
    require(by, _TRUSTS)
    if not authority.strip() or not confirmed_with.strip():
        raise AnswerMissingError("Say whose key it is, and with whom at the council you compared the fingerprint.")
    subject = uuid4()
    journal.append(session, subject, CouncilKeyPinned(authority.strip(), key, confirmed_with.strip()), by=by, at=at)
    return subject


def withdraw(session: Session, pinned: UUID, reason: str, *, by: Operator, at: datetime) -> None:
    """Take charts signed with a key no longer. Those accepted before stay.

    Raises:
        NotAllowedError: only the DSL and the head say whom the school trusts.
        AnswerMissingError: no reason was given.
    """
    require(by, _TRUSTS)
    if not reason.strip():
        raise AnswerMissingError("Say why this key no longer counts: the reason stands in the history.")
    journal.append(session, pinned, CouncilKeyWithdrawn(reason.strip()), by=by, at=at)


def _refuse_older(session: Session, version: int, sha256: str, authority: str) -> None:
    standing = rows.select_all(
        session,
        ChartVersion,
        chart_version.c.undone.is_(False),
        chart_version.c.council_version >= version,
        order_by=(chart_version.c.council_version.desc(),),
    )
    for chart in standing:
        if not _same(chart.authority, authority) or not chart.council_version:
            continue
        if chart.council_version > version:
            raise FileRefusedError(
                f"This is version {version} and version {chart.council_version} is in use: ask for the newest chart."
            )
        if chart.sha256 != sha256:
            raise FileRefusedError(
                f"Two different charts carry the version {version}: ask the council which one counts."
            )


def _same(one: str, other: str) -> bool:
    return names.fold(one) == names.fold(other)
