"""Who of those ticked it can be done for, judged before it is confirmed: why not, in words, or "" where it can.

The action judges again under the lock; this only spares whoever confirms a surprise.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.recruitment.abilities import recordable
from vetting.recruitment.actions.shown import is_to_be_shown
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import (
    DECIDED,
    Missing,
    missing_before_signing,
    missing_for_start,
    missing_to_proceed,
    unanswered,
)
from vetting.recruitment.engine.rows import stored_row
from vetting.recruitment.labels import check_state, missing_label, refusal, state_label
from vetting.recruitment.models import Candidacy
from vetting.recruitment.rounds.telling import OWN, missing_words

EARLY = {Candidacy.State.PROPOSED, Candidacy.State.RESERVE}
ENDED = {Candidacy.State.WITHDRAWN, Candidacy.State.NOT_SELECTED}


def not_noted(case: Case, actor: Actor, candidacy: Candidacy, code: str) -> str:
    """Why the same result of the check cannot be noted for this one."""
    check = case.check_named(code, candidacy)
    if check is None:
        return str(OWN["no_such_check"])
    row = stored_row(case, check, candidacy, case.today)
    if row.state == "done":
        return str(OWN["done"])
    if not recordable(actor, case, [row]):
        return check_state(row)
    return refusal("held") if case.recruitment.on_hold else ""


def not_proceeding(case: Case, actor: Actor, candidacy: Candidacy) -> str:
    """Why the decision to go on cannot be noted for this one."""
    if candidacy.state not in EARLY:
        return _ended(candidacy) or _("Har redan gått vidare till slutkontroll.")
    if not ask(actor, "candidacy.proceed", case.facts_for(actor, candidacy=candidacy)):
        return _other()
    missing = missing_to_proceed(case, candidacy)
    return missing_words([missing_label(item) for item in missing]) if missing else ""


def not_decided(case: Case, actor: Actor, candidacy: Candidacy) -> str:
    """Why no decision can be made for this one together with others."""
    if candidacy.state in EARLY:
        return _("Har inte gått vidare till slutkontroll. Det görs före beslutet, med Gå vidare.")
    if candidacy.state in DECIDED:
        return _("Beslutet är redan fattat.")
    if candidacy.state not in {Candidacy.State.CHECKING, Candidacy.State.CLEARED}:
        return _ended(candidacy) or _("Väntar på säkerhetsyttrandet (%(state)s).") % {
            "state": state_label("candidacy", candidacy.state).lower()
        }
    if not ask(actor, "decision.sign", case.facts_for(actor, candidacy=candidacy)):
        return _other()
    missing = missing_before_signing(case, candidacy)
    shown = [Missing("check", c.code) for c in case.checks_of(candidacy) if is_to_be_shown(c, actor)]
    asked = [Missing("question", code) for code in unanswered(case, candidacy, "decision")]
    found = dict.fromkeys(missing_label(item) for item in [*missing, *shown, *asked])
    return missing_words(list(found)) if found else ""


def not_starting(case: Case, actor: Actor, candidacy: Candidacy) -> str:
    """Why it cannot be noted that this one has begun."""
    if candidacy.state == Candidacy.State.STARTED:
        return _("Har redan börjat.")
    if candidacy.state != Candidacy.State.SELECTED:
        return _ended(candidacy) or _("Beslutet är inte fattat.")
    if not ask(actor, "engagement.confirm_start", case.facts_for(actor, candidacy=candidacy)):
        return _other()
    missing = missing_for_start(case, candidacy)
    return missing_words([missing_label(item) for item in missing]) if missing else ""


def _ended(candidacy: Candidacy) -> str:
    """What became of somebody whose candidacy is over, or "" of whoever is still in it."""
    if candidacy.state not in ENDED:
        return ""
    return _("Är inte längre kandidat (%(state)s).") % {
        "state": state_label("candidacy", candidacy.state).lower()
    }


def _other() -> str:
    return _("Någon annan gör det för personen, eller du deltar inte.")
