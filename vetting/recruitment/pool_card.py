"""The clearance on the engagement's page: how it stands, its last day, and what one may do with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask
from vetting.policy.pool import gives_clearance
from vetting.recruitment import links
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy
from vetting.recruitment.pool_standing import judge
from vetting.web.parts import Fact


@dataclass(frozen=True, slots=True)
class ClearanceCard:
    """What the card tells. An address is empty where the act is not this person's."""

    kind: str
    words: str
    rows: list[Fact] = field(default_factory=list)
    grant_url: str = ""
    grant_label: str = ""
    revoke_url: str = ""


def clearance_card(case: Case, candidacy: Candidacy, actor: Actor, facts: Facts) -> ClearanceCard | None:
    """The card, or None where the form of engagement gives no clearance or there is nothing to see or do."""
    if not gives_clearance(case.recruitment.form) or candidacy.is_protected:
        return None
    clearance = case.clearance_of(candidacy)
    grants = ask(actor, "pool_clearance.grant", facts).allowed
    url = links.to("grant_clearance", case, candidacy) if grants else ""
    if clearance is None:
        return ClearanceCard(
            "todo", _("Inte klar för pool"), grant_url=url, grant_label=_("Gör klar för pool")
        )
    clearance.recruitment, clearance.candidacy = case.recruitment, candidacy
    told = judge(clearance, case.checks_of(candidacy), case.engagement_of(candidacy), actor.on)
    kind, words = ("ready", _("Klar för pool")) if told.yes else ("redo", _("Gick ut"))
    if told.until is None:
        kind, words = "not_ready", _("Får inte bokas")
    rows = [
        Fact(_("Referens"), clearance.reference),
        Fact(_("Sista dag"), date_format(told.until or clearance.until, "j b Y")),
    ]
    revokes = ask(actor, "pool_clearance.revoke", facts).allowed
    return ClearanceCard(
        kind, words, rows, url, _("Visa och förnya"),
        links.to("revoke_clearance", case, candidacy) if revokes else "",
    )  # fmt: skip
