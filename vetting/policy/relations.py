"""Relations: what grants a permission beside the role, what it requires on top, and what excludes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Effect = Literal["grants", "requires", "excludes"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One relation and its effect on a permission, for one role or for ``all``."""

    effect: Effect
    relation: str
    role: str = "all"


def grants(relation: str) -> Rule:
    """The relation gives the permission, without the role or within the role of the person substituted."""
    return Rule("grants", relation)


def requires(relation: str, role: str = "all") -> Rule:
    """The relation must hold on top of the role."""
    return Rule("requires", relation, role)


def excludes(relation: str) -> Rule:
    """The relation takes the permission away whatever else holds."""
    return Rule("excludes", relation)


OPEN_TO_ALL = (grants("anyone"),)
ONLY_ONESELF = (requires("owner"),)
SUBSTITUTE = (grants("substitute"),)
NOT_RECUSED = (excludes("recused"),)
SUBSTITUTE_NOT_RECUSED = (grants("substitute"), excludes("recused"))
PERFORMER = (grants("substitute"), requires("assigned_performer"), excludes("recused"))
ARCHIVIST_WHEN_CLOSED = (grants("substitute"), requires("closed_object", "archivist"), excludes("recused"))
PREPARER = (grants("substitute"), requires("preparer"), excludes("recused"))

RELATIONS: dict[str, tuple[Rule, ...]] = {
    "start.view": OPEN_TO_ALL,
    "about.view": OPEN_TO_ALL,
    "health.view": OPEN_TO_ALL,
    "demo.view_accounts": OPEN_TO_ALL,
    "account.sign_in": OPEN_TO_ALL,
    "account.view": ONLY_ONESELF,
    "account.edit_sign_in": ONLY_ONESELF,
    "account.end_session": ONLY_ONESELF,
    "own_log.view": ONLY_ONESELF,
    "own_access.view": ONLY_ONESELF,
    "recruitment.list": ARCHIVIST_WHEN_CLOSED,
    "recruitment.view": (
        grants("participant"),
        grants("substitute"),
        requires("closed_object", "archivist"),
        excludes("recused"),
    ),
    "recruitment.view_timeline": SUBSTITUTE_NOT_RECUSED,
    "recruitment.view_access": SUBSTITUTE_NOT_RECUSED,
    "recruitment.create": SUBSTITUTE,
    "recruitment.copy": SUBSTITUTE_NOT_RECUSED,
    "recruitment.edit": SUBSTITUTE_NOT_RECUSED,
    "recruitment.set_diary": SUBSTITUTE_NOT_RECUSED,
    "recruitment.open": SUBSTITUTE_NOT_RECUSED,
    "recruitment.assign": (excludes("recused"), excludes("self_gain")),
    "recruitment.join": NOT_RECUSED,
    "recruitment.hold": SUBSTITUTE_NOT_RECUSED,
    "recruitment.resume": SUBSTITUTE_NOT_RECUSED,
    "recruitment.settle_places": SUBSTITUTE_NOT_RECUSED,
    "recruitment.reopen": SUBSTITUTE_NOT_RECUSED,
    "recruitment.cancel": SUBSTITUTE_NOT_RECUSED,
    "recruitment.close": SUBSTITUTE_NOT_RECUSED,
    "recruitment.print": NOT_RECUSED,
    "recruitment.export_list": NOT_RECUSED,
    "hold.set": NOT_RECUSED,
    "candidacy.list": ARCHIVIST_WHEN_CLOSED,
    "candidacy.create": SUBSTITUTE_NOT_RECUSED,
    "candidacy.edit": (grants("substitute"), requires("named_handler"), excludes("recused")),
    "candidacy.rank": SUBSTITUTE_NOT_RECUSED,
    "candidacy.reveal": (grants("substitute"), requires("named_handler"), excludes("recused")),
    "candidacy.search_number": NOT_RECUSED,
    "candidacy.mark_protected": NOT_RECUSED,
    "candidacy.print_information": SUBSTITUTE_NOT_RECUSED,
    "candidacy.proceed": SUBSTITUTE_NOT_RECUSED,
    "candidacy.take_over": SUBSTITUTE_NOT_RECUSED,
    "candidacy.set_reserve": SUBSTITUTE_NOT_RECUSED,
    "candidacy.withdraw": SUBSTITUTE_NOT_RECUSED,
    "candidacy.mark_not_selected": SUBSTITUTE_NOT_RECUSED,
    "check.view": ARCHIVIST_WHEN_CLOSED,
    "check.begin": PERFORMER,
    "check.ask_candidate": PERFORMER,
    "check.record_answer": PERFORMER,
    "check.pause": PERFORMER,
    "check.resume": PERFORMER,
    "check.record": PERFORMER,
    "check.record_shown": (grants("substitute"), requires("deciding_delegate"), excludes("recused")),
    "check.record_deviation": PERFORMER,
    "check.notify_candidate": SUBSTITUTE_NOT_RECUSED,
    "check.record_reply": SUBSTITUTE_NOT_RECUSED,
    "check.assess": SUBSTITUTE_NOT_RECUSED,
    "check.mark_not_applicable": SUBSTITUTE_NOT_RECUSED,
    "check.restore": SUBSTITUTE_NOT_RECUSED,
    "check.reuse": PERFORMER,
    "check.reopen": PERFORMER,
    "check.reveal": (
        grants("substitute"),
        requires("check_recorder", "hiring_manager"),
        requires("named_handler"),
        excludes("recused"),
    ),
    "check.record_access": (requires("unit_access_manager"), excludes("recused")),
    "protective.request": SUBSTITUTE_NOT_RECUSED,
    "protective.confirm": NOT_RECUSED,
    "protective.end": NOT_RECUSED,
    "declaration.give": (grants("substitute"), requires("participant")),
    "declaration.list": SUBSTITUTE_NOT_RECUSED,
    "declaration.reveal": (requires("line_manager", "hiring_manager"), excludes("recused")),
    "declaration.decide": (
        requires("line_manager", "hiring_manager"),
        excludes("owner"),
        excludes("recused"),
    ),
    "recusal.set": (excludes("owner"),),
    "recusal.lift": (excludes("owner"), excludes("setter")),
    "waiver.list": SUBSTITUTE_NOT_RECUSED,
    "waiver.propose": SUBSTITUTE_NOT_RECUSED,
    "waiver.confirm": (
        excludes("hiring_manager"),
        excludes("preparer"),
        excludes("proposer"),
        excludes("recused"),
        excludes("substitute_of_excluded"),
    ),
    "waiver.reject": (excludes("proposer"), excludes("recused")),
    "waiver.end": SUBSTITUTE_NOT_RECUSED,
    "opinion.list": SUBSTITUTE_NOT_RECUSED,
    "opinion.view": SUBSTITUTE_NOT_RECUSED,
    "opinion.prepare": SUBSTITUTE_NOT_RECUSED,
    "opinion.request": PREPARER,
    "opinion.renew": SUBSTITUTE_NOT_RECUSED,
    "opinion.recall": PREPARER,
    "opinion.take": (
        grants("substitute"),
        excludes("hiring_manager"),
        excludes("preparer"),
        excludes("recused"),
    ),
    "opinion.decide": (
        grants("substitute"),
        requires("approver"),
        excludes("check_recorder"),
        excludes("hiring_manager"),
        excludes("other_approver"),
        excludes("preparer"),
        excludes("recused"),
        excludes("substitute_of_excluded"),
    ),
    "opinion.withdraw_vote": (requires("approver"), excludes("recused")),
    "opinion.reveal_reason": (
        requires("approver", "guest_approver"),
        requires("escalation_body", "hiring_manager"),
        excludes("recused"),
    ),
    "opinion.escalate": (grants("substitute"), requires("hiring_manager"), excludes("recused")),
    "escalation.decide": (
        requires("escalation_body"),
        excludes("approver"),
        excludes("hiring_manager"),
        excludes("preparer"),
        excludes("recused"),
        excludes("substitute_of_excluded"),
    ),
    "escalation.record_board": (
        excludes("approver"),
        excludes("hiring_manager"),
        excludes("preparer"),
        excludes("recused"),
    ),
    "decision.view": ARCHIVIST_WHEN_CLOSED,
    "decision.sign": (grants("substitute"), requires("deciding_delegate"), excludes("recused")),
    "decision.record_board": NOT_RECUSED,
    "decision.report_to_board": NOT_RECUSED,
    "decision.record_dates": NOT_RECUSED,
    "decision.print": SUBSTITUTE_NOT_RECUSED,
    "engagement.list": SUBSTITUTE_NOT_RECUSED,
    "engagement.view": SUBSTITUTE_NOT_RECUSED,
    "engagement.confirm_start": SUBSTITUTE_NOT_RECUSED,
    "engagement.record_renewal": SUBSTITUTE_NOT_RECUSED,
    "engagement.begin_exit": SUBSTITUTE_NOT_RECUSED,
    "engagement.cancel_exit": SUBSTITUTE_NOT_RECUSED,
    "engagement.complete_exit": SUBSTITUTE_NOT_RECUSED,
    "position.list": SUBSTITUTE,
    "position.view": SUBSTITUTE,
    "position.assess_risk": SUBSTITUTE,
    "position.confirm_risk": (excludes("proposer"),),
    "service_agreement.confirm": (excludes("proposer"),),
    "delegation_order.view": SUBSTITUTE,
    "delegation_order.confirm": (excludes("grantee"), excludes("proposer")),
    "role.propose": (excludes("grantee"),),
    "role.withdraw": (requires("proposer"),),
    "role.confirm": (excludes("grantee"), excludes("proposer")),
    "role.reject": (excludes("grantee"), excludes("proposer")),
    "access_review.answer": (excludes("grantee"), excludes("recused")),
    "access.explain": NOT_RECUSED,
    "account.propose_reset": (excludes("owner"),),
    "account.confirm_reset": (excludes("owner"), excludes("proposer")),
    "person.propose_link": (excludes("owner"),),
    "person.confirm_link": (excludes("owner"), excludes("proposer")),
    "delegation.create": (requires("owner"), excludes("substitute")),
    "delegation.create_for": (excludes("grantee"),),
    "log.view_readers": NOT_RECUSED,
    "break_glass.open": NOT_RECUSED,
    "break_glass.end": (requires("owner"),),
    "break_glass.review": (excludes("opener"),),
    "alert.close": (excludes("owner"),),
}
