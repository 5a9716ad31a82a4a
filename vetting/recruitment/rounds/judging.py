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
    if candidacy.state not in {Candidacy.State.PROPOSED, Candidacy.State.RESERVE}:
        return state_label("candidacy", candidacy.state)
    if not ask(actor, "candidacy.proceed", case.facts_for(actor, candidacy=candidacy)):
        return _other()
    missing = missing_to_proceed(case, candidacy)
    return missing_words([missing_label(item) for item in missing]) if missing else ""


def not_decided(case: Case, actor: Actor, candidacy: Candidacy) -> str:
    """Why no decision can be made for this one together with others."""
    if candidacy.state not in {Candidacy.State.CHECKING, Candidacy.State.CLEARED}:
        return state_label("candidacy", candidacy.state)
    if not ask(actor, "decision.sign", case.facts_for(actor, candidacy=candidacy)):
        return _other()
    missing = missing_before_signing(case, candidacy)
    shown = [Missing("check", c.code) for c in case.checks_of(candidacy) if is_to_be_shown(c, actor)]
    asked = [Missing("question", code) for code in unanswered(case, candidacy, "decision")]
    found = dict.fromkeys(missing_label(item) for item in [*missing, *shown, *asked])
    return missing_words(list(found)) if found else ""


def not_starting(case: Case, actor: Actor, candidacy: Candidacy) -> str:
    """Why it cannot be noted that this one has begun."""
    if candidacy.state != Candidacy.State.SELECTED:
        return state_label("candidacy", candidacy.state)
    if not ask(actor, "engagement.confirm_start", case.facts_for(actor, candidacy=candidacy)):
        return _other()
    missing = missing_for_start(case, candidacy)
    return missing_words([missing_label(item) for item in missing]) if missing else ""


def _other() -> str:
    return _("Någon annan gör det för personen, eller du deltar inte.")
