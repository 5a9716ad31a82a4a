"""The cards of the opinion and of the decision on the recruitment's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.policy.choices import CHOICES
from vetting.policy.outcomes import OUTCOMES
from vetting.recruitment import links
from vetting.recruitment.case import Case
from vetting.recruitment.engine.rows import needs_opinion, opinion_lapsed
from vetting.recruitment.labels import OPINION_KIND, state_label
from vetting.recruitment.models import Candidacy, Decision, Opinion
from vetting.web.days import day_or_dash
from vetting.web.parts import Fact

RESULT = {
    Opinion.State.APPROVED: "supported",
    Opinion.State.APPROVED_WITH_CONDITIONS: "supported_conditions",
    Opinion.State.RETURNED: "returned",
    Opinion.State.REFUSED: "advised_against",
}
SECOND = {
    "deviation": gettext_noop("en kontroll har bedömts"),
    "waiver": gettext_noop("undantag från en kontroll"),
    "sample": gettext_noop("stickprov"),
}
BODIES = {
    Decision.Maker.COMMITTEE: gettext_noop("Nämnden"),
    Decision.Maker.EXECUTIVE_BOARD: gettext_noop("Kommunstyrelsen"),
    Decision.Maker.COUNCIL: gettext_noop("Kommunfullmäktige"),
    Decision.Maker.COMPANY: gettext_noop("Behörig företrädare för bolaget"),
}


@dataclass(frozen=True, slots=True)
class OpinionCard:
    """The result, never the reason."""

    kind: str
    state: str
    facts: list[Fact]
    conditions: list[str]
    url: str


def opinion_card(case: Case, candidacy: Candidacy, can: Mapping[str, bool]) -> OpinionCard | None:
    """The newest round as the page shows it, or None where there is none or it is not to be seen."""
    opinion = case.current_opinion(candidacy)
    if opinion is None or not can["opinion.view"] or not needs_opinion(case, candidacy):
        return None
    weight = _("Bindande") if opinion.binds else _("Samråd")
    facts = [
        Fact(_("Omgång"), opinion.round),
        Fact(_("Yttrandet är"), weight),
        Fact(_("Antal som yttrar sig"), opinion.approvers),
    ]
    if opinion.second_because:
        why = ", ".join(_(SECOND[code]) for code in opinion.second_because if code in SECOND)
        facts[-1] = Fact(_("Antal som yttrar sig"), opinion.approvers, note=why)
    if opinion.requested_on:
        facts.append(Fact(_("Begärt"), day_or_dash(opinion.requested_on)))
    if opinion.concluded_on:
        facts.append(Fact(_("Lämnat"), day_or_dash(opinion.concluded_on)))
    if opinion.valid_until:
        facts.append(Fact(_("Gäller till"), day_or_dash(opinion.valid_until)))
    result = RESULT.get(Opinion.State(opinion.state))
    words = _(OUTCOMES["security_opinion"][result].label) if result else state_label("opinion", opinion.state)
    kind = OPINION_KIND[opinion.state]
    if opinion_lapsed(opinion, case.today):
        kind, words = "redo", _("Behöver göras om")
    labels = CHOICES["security_opinion", "condition"]
    return OpinionCard(
        kind, words, facts, [_(labels.get(code, code)) for code in opinion.conditions],
        links.to("opinion_view", case, candidacy),
    )  # fmt: skip


def decision_facts(
    case: Case, candidacy: Candidacy, can: Mapping[str, bool], names: Mapping[UUID, str]
) -> list[Fact]:
    """Who decided, under which point, and the days that follow; nothing where there is no decision to see."""
    decision = case.decision_of(candidacy)
    if decision is None or not can["decision.view"]:
        return []
    if decision.maker == Decision.Maker.DELEGATE:
        point = next((p for p in case.points if p.pk == decision.delegation_point_id), None)
        by = names.get(decision.decided_by_id, "–") if decision.decided_by_id else "–"
        note = _("punkt %(code)s i delegationsordningen") % {"code": point.code} if point else ""
        facts = [Fact(_("Beslutat av"), by, note=note)]
    else:
        facts = [Fact(_("Beslutat av"), _(BODIES[Decision.Maker(decision.maker)]), note=decision.section)]
    days = (
        (_("Beslutsdag"), decision.decided_on),
        (_("Anmält till nämnden"), decision.reported_on),
        (_("Protokollet justerat"), decision.minutes_approved_on),
        (_("Anslaget"), decision.posted_on),
        (_("Laga kraft"), decision.final_on),
    )
    return facts + [Fact(label, day_or_dash(at)) for label, at in days if at is not None]
