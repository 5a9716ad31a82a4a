"""What is said about the checks: the advert's paragraph, and the candidate's printed information.

GDPR article 13: who is checked is told what is checked, on which ground and what is written down.
"""

from __future__ import annotations

from dataclasses import dataclass

from vetting.policy.checkpoints import CHECKPOINTS, Checkpoint
from vetting.policy.field_labels import field_label
from vetting.policy.grounds import GROUNDS
from vetting.policy.grounds.cited import cited
from vetting.policy.grounds.model import Entity
from vetting.policy.requirement import Requirement
from vetting.policy.text import _

#: Rows that are the employer's own steps, not something done to the applicant.
_NOT_TOLD = frozenset({"decision", "access_grant", "terms"})

_OPENING = _(
    "Innan beslut fattas gör vi de kontroller som befattningen kräver, bara av slutkandidater "
    "och bara med stöd i lag eller i en beslutad riktlinje."
)
_CLOSING = _(
    "Ingen kontroll avgör ensam: framkommer något som behöver bedömas får du veta det och yttra dig "
    "innan beslut fattas."
)


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One check as told to the candidate: on which ground, what is written down, and what never is."""

    check: str
    name: str
    statute: str
    recorded: tuple[str, ...]
    never: tuple[str, ...]
    only_if_proposed: bool
    depends_on: str


def _told(requirement: Requirement) -> list[Checkpoint]:
    """The checks of a candidate, those whose question is open included."""
    checks = (CHECKPOINTS[code] for code in requirement.in_play)
    return [
        c
        for c in checks
        if c.belongs_to in ("candidacy", "engagement")
        and c.stage in ("finalist", "decision", "start")
        and c.code not in _NOT_TOLD
    ]


def _named(check: Checkpoint, entity: Entity) -> str:
    return f"{check.name} ({cited(GROUNDS[check.ground], entity)})"


def advert_paragraph(requirement: Requirement) -> str:
    """The paragraph for the advert: plain Swedish text, one line per sentence, no personal data."""
    checks = [c for c in _told(requirement) if c.code != "secrecy_notice"]
    groups = (
        (_("Av alla slutkandidater:"), [c for c in checks if not c.intrusive]),
        (_("Bara av den som föreslås för platsen:"), [c for c in checks if c.intrusive]),
    )
    lines = [_OPENING]
    for heading, members in groups:
        sure = [_named(c, requirement.entity) for c in members if c.code in requirement.rows]
        perhaps = [_named(c, requirement.entity) for c in members if c.code in requirement.pending]
        if perhaps:
            sure.append(_("när det behövs även") + " " + ", ".join(perhaps))
        if sure:
            lines.append(f"{heading} {'; '.join(sure)}.")
    shown = any(GROUNDS[c.ground].documentation == "note_shown_only" for c in checks)
    if shown:
        lines.append(_("Ett registerutdrag visas bara upp; vi antecknar att det har visats, inget annat."))
    return "\n".join([*lines, _CLOSING])


def candidate_information(requirement: Requirement) -> tuple[CandidateLine, ...]:
    """The lines of the printable information to one finalist, from the checks actually in play."""
    return tuple(
        CandidateLine(
            check=c.code,
            name=c.name,
            statute=cited(GROUNDS[c.ground], requirement.entity),
            recorded=tuple(field_label(c.code, f.name) for f in c.fields),
            never=c.must_not_store,
            only_if_proposed=c.intrusive,
            depends_on=c.question or "" if c.code in requirement.pending else "",
        )
        for c in _told(requirement)
    )
