"""Giving data to the police, as an act of its own: prepared by one with ground and weighing, decided by another.

As in `handling`: the case is locked, `by` acts, `vault` holds her keys, `once` is the form's. All raise Denied,
NotYours and NeedsAnother; WrongState; BadInput for what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import override

from vetting.access.actor import Actor
from vetting.crypto.content_key import ContentKey
from vetting.policy.giving_out import POLICE_PROVISIONS, TOLD
from vetting.policy.reasons_reports import POLICE_GROUND
from vetting.reports import pieces
from vetting.reports.actions.police import latest_will
from vetting.reports.actions.reporter import next_message
from vetting.reports.case import Case, Once, moved
from vetting.reports.days import today
from vetting.reports.errors import BadInput, NotComplete, WrongState
from vetting.reports.give_out import disclosure_text
from vetting.reports.models import PoliceDisclosure
from vetting.reports.submit import require_text
from vetting.reports.vault import Vault


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is prepared: by which ground and provision, weighed how, which parts, and whether she is told first.

    `told_text` is what the reporter reads now, where `told` is `first`; else why she is not told yet.
    """

    ground: str
    provision: str
    weighing: str
    parts: Sequence[str]
    told: str
    told_text: str


def prepare_disclosure(
    case: Case, said: Prepared, *, by: Actor, vault: Vault, once: Once = None
) -> PoliceDisclosure:
    """Write ground and weighing, choose the parts, and tell the reporter first where that does no harm.

    Raises NotComplete: `talk` where the talk with the person is not recorded, `consent`, `disclosure` where one waits.
    """
    answer = case.require(by, "police_disclosure.prepare")
    key = vault.of(case)
    _require_open(case)
    _require_choices(case, said)
    _require_talk(case, key, said.ground)
    if has_waiting(case):
        raise NotComplete("disclosure")
    row = PoliceDisclosure(
        report=case.report,
        state=moved("police_disclosure", "prepare", "new"),
        ground=said.ground,
        prepared_by_id=by.person_id,
        prepared_on=today(),
    )
    content = asdict(said) | {
        "weighing": require_text("weighing", said.weighing),
        "told_text": require_text("told_text", said.told_text),
        "parts": list(said.parts),
    }
    key.put_json(row, "content", content)
    rows: list[Any] = [row]
    if said.told == "first":
        rows.append(
            next_message(case, key, "message", content["told_text"], sender="recipient", author=by.person_id)
        )
    with case.act("police_disclosure.prepared", by, answer.role, once=once, ground=said.ground) as entry:
        for one in rows:
            entry.save(one)
    return row


def decide_disclosure(
    case: Case, row: PoliceDisclosure, reason: str, *, by: Actor, vault: Vault, once: Once = None
) -> str:
    """Another recipient gives out the chosen parts, and they alone: the text, whose digest the log keeps."""
    answer = case.require(by, "police_disclosure.decide", proposer=row.prepared_by_id)
    key = vault.of(case)
    _require_open(case)
    row.state = moved("police_disclosure", "decide", row.state)
    said = key.json(row, "content")
    with override("sv"):  # whatever language the one who decides reads the pages in
        chosen = [piece for piece in pieces.pieces(case, key) if piece.code in set(said["parts"])]
        given = disclosure_text(case.report, row.ground, said["provision"], chosen, today())
    digest = sha256(given.encode()).hexdigest()
    key.put(row, "given", given)
    _answered(row, key, reason, by)
    ground = row.ground
    with case.act(
        "police_disclosure.decided", by, answer.role, once=once, ground=ground, digest=digest
    ) as entry:
        entry.save(row)
    return given


def decline_disclosure(
    case: Case, row: PoliceDisclosure, reason: str, *, by: Actor, vault: Vault, once: Once = None
) -> None:
    """Another recipient says no: the interest of secrecy weighs more."""
    answer = case.require(by, "police_disclosure.decline", proposer=row.prepared_by_id)
    row.state = moved("police_disclosure", "decline", row.state)
    _answered(row, vault.of(case), reason, by)
    with case.act("police_disclosure.declined", by, answer.role, once=once, ground=row.ground) as entry:
        entry.save(row)


def has_waiting(case: Case) -> bool:
    """Whether one is prepared and waits for another's decision."""
    return PoliceDisclosure.objects.filter(report=case.report, state="prepared").exists()


def _answered(row: PoliceDisclosure, key: ContentKey, reason: str, by: Actor) -> None:
    key.put(row, "reason", require_text("reason", reason))
    row.answered_by_id, row.answered_on = by.person_id, today()


def _require_choices(case: Case, said: Prepared) -> None:
    known = {code for code, _label in pieces.outline(case)}
    wrong = {
        "ground": said.ground not in POLICE_GROUND,
        "provision": said.provision not in POLICE_PROVISIONS,
        "told": said.told not in TOLD,
        "parts": not said.parts or not set(said.parts) <= known,
    }
    if any(wrong.values()):
        raise BadInput(**{name: "choice" for name, is_wrong in wrong.items() if is_wrong})


def _require_talk(case: Case, key: ContentKey, ground: str) -> None:
    will = latest_will(case, key)
    if not will:
        raise NotComplete("talk")
    if ground == "consent" and will != "wants":
        raise NotComplete("consent")


def _require_open(case: Case) -> None:
    if case.report.state in ("disposed", "transferred", "quarantined"):
        raise WrongState("report", "police_disclosure", case.report.state)
