"""What one person may do in a case: the door asked once for all that a page shows."""

from __future__ import annotations

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.policy.workflow import transition
from vetting.recruitment.case import Case
from vetting.recruitment.engine.rows import Row
from vetting.recruitment.models import Candidacy, Check
from vetting.recruitment.queries.beginnings import may_copy

RECRUITMENT = (
    "recruitment.view_timeline",
    "recruitment.view_access",
    "recruitment.edit",
    "recruitment.open",
    "recruitment.assign",
    "recruitment.join",
    "recruitment.hold",
    "recruitment.resume",
    "recruitment.settle_places",
    "recruitment.reopen",
    "recruitment.cancel",
    "recruitment.close",
    "recruitment.print",
    "merit_statement.issue",
    "note.add",
    "hold.set",
    "hold.view",
    "declaration.give",
    "declaration.list",
    "recruitment.copy",
    "position.view",
    "candidacy.list",
    "candidacy.create",
    "candidacy.rank",
)
CANDIDACY = (
    "candidacy.edit",
    "candidacy.reveal",
    "candidacy.mark_protected",
    "candidacy.print_information",
    "candidate_link.issue",
    "candidacy.proceed",
    "candidacy.take_over",
    "candidacy.set_reserve",
    "candidacy.withdraw",
    "candidacy.mark_not_selected",
    "opinion.view",
    "opinion.prepare",
    "opinion.request",
    "opinion.take",
    "opinion.decide",
    "opinion.escalate",
    "escalation.decide",
    "decision.view",
    "decision.sign",
    "decision.record_board",
    "engagement.view",
    "engagement.confirm_start",
    "pool_clearance.grant",
    "check.view",
)
CHECK = (
    "check.begin",
    "check.ask_candidate",
    "check.record_answer",
    "check.pause",
    "check.resume",
    "check.record",
    "check.record_deviation",
    "check.record_access",
    "check.notify_candidate",
    "check.record_reply",
    "check.assess",
    "check.mark_not_applicable",
    "check.restore",
    "check.reuse",
    "check.reopen",
    "check.reveal",
    "protective.request",
    "protective.confirm",
    "protective.end",
)


def abilities(actor: Actor, case: Case, candidacy: Candidacy | None = None) -> dict[str, bool]:
    """Permission code → whether `actor` has it here: all of the recruitment's, and of the candidacy where given."""
    facts = case.facts_for(actor, candidacy=candidacy)
    codes = RECRUITMENT + (CANDIDACY if candidacy is not None else ())
    found = {code: ask(actor, code, facts).allowed for code in codes}
    # A new one like it is begun by whoever manages now, not by whoever once did.
    found["recruitment.copy"] = found["recruitment.copy"] and may_copy(actor, case.recruitment)
    return found


def check_abilities(actor: Actor, case: Case, check: Check) -> dict[str, bool]:
    """Permission code → whether `actor` has it for this check."""
    facts = case.facts_for(actor, check=check)
    return {code: ask(actor, code, facts).allowed for code in CHECK}


def may_record(actor: Actor, case: Case, check: Check) -> bool:
    """Whether `actor` may record the result of this check, in the catalogue's own way."""
    facts = case.facts_for(actor, check=check)
    return any(ask(actor, code, facts).allowed for code in ("check.record", "check.record_access"))


def recordable(actor: Actor, case: Case, rows: list[Row]) -> list[Row]:
    """Those of `rows` whose result `actor` may record today: open, of their own kind, and hers by the catalogue."""
    open_rows = [row for row in rows if row.check is not None and not row.is_shown_only]
    return [
        row for row in open_rows if _takes_result(row) and row.check and may_record(actor, case, row.check)
    ]


def _takes_result(row: Row) -> bool:
    takes = ("record", "record_access") if row.spec.performed_by == ("unit_access_manager",) else ("record",)
    return row.spec.performed_by != ("protective_security",) and any(
        row.state in transition("check", name).sources for name in takes
    )
