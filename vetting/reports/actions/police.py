"""The talk with the person before anything is reported to the police, and that the employer reports.

Whoever is leaned on decides first what she wants; standing as the one who reports, with a home address in the papers of
the investigation, is what keeps people silent. As in `handling`: the case is locked, `by` acts, `vault` seals.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vetting.access.actor import Actor
from vetting.crypto.content_key import ContentKey
from vetting.reports.case import Case, Once
from vetting.reports.days import today
from vetting.reports.errors import BadInput, NotComplete, WrongState
from vetting.reports.models import Record
from vetting.reports.vault import Vault

WILLS = ("wants", "does_not_want", "not_answered")


def record_police(
    case: Case, content: Mapping[str, Any], *, by: Actor, vault: Vault, once: Once = None
) -> None:
    """The talk (`will`, and `talked_on` where there was one), and that the employer has reported (`reported`).

    A report to the police is recorded after a talk that was recorded before it, by the employer with the address of the
    work place (`by_employer`), on a day; against the person's will only with the reason (`note`). Raises Denied,
    WrongState, BadInput, NotComplete (`talk`).
    """
    answer = case.require(by, "report.record_police")
    if case.report.state in ("disposed", "transferred", "quarantined"):
        raise WrongState("report", "police", case.report.state)
    will = content.get("will")
    if will not in WILLS:
        raise BadInput(will="choice")
    if will != "not_answered" and not content.get("talked_on"):
        raise BadInput(talked_on="required")
    key = vault.of(case)
    if content.get("reported") == "yes":
        _require_reportable(case, content)
    record = Record(report=case.report, kind="police", author_id=by.person_id, day=today())
    key.put_json(record, "content", dict(content))
    with case.act("report.police_recorded", by, answer.role, once=once) as entry:
        entry.save(record)


def has_talked(case: Case) -> bool:
    """Whether a talk, or that the person has not answered, has been recorded."""
    return Record.objects.filter(report=case.report, kind="police").exists()


def latest_will(case: Case, key: ContentKey) -> str:
    """What the person said in the last recorded talk about the police; "" where there has been none."""
    row = Record.objects.filter(report=case.report, kind="police").order_by("-entry_id").first()
    return str((key.json(row, "content") or {}).get("will", "")) if row is not None else ""


def _require_reportable(case: Case, content: Mapping[str, Any]) -> None:
    if not has_talked(case):
        raise NotComplete("talk")
    wanted = ["reported_on", "by_employer"] + (["note"] if content["will"] == "does_not_want" else [])
    missing = {name: "required" for name in wanted if not content.get(name)}
    if missing:
        raise BadInput(**missing)
