"""What stands on a waiver's page and in its row of the list: states judged today, names, and who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.grounds import GROUNDS
from vetting.policy.reasons import WAIVER, WAIVER_REJECTED
from vetting.policy.waivers import may_be_waived
from vetting.recruitment import links
from vetting.recruitment.actions.errors import NotComplete, WrongState
from vetting.recruitment.actions.waiver import require_waivable
from vetting.recruitment.case import Case
from vetting.recruitment.engine.rows import left_for_later, waivers_used
from vetting.recruitment.forms.waivers import ProposeForm
from vetting.recruitment.labels import missing_label, refusal, state_label
from vetting.recruitment.models import Candidacy, Check, Waiver
from vetting.recruitment.relations import may_not_sign_waiver
from vetting.web.days import day_or_dash
from vetting.web.parts import Fact

KINDS = {
    Waiver.State.PROPOSED: "waiting",
    Waiver.State.IN_FORCE: "waived",
    Waiver.State.REJECTED: "closed",
    Waiver.State.ENDED: "closed",
}
CANNOT_SIGN = {
    "proposer": gettext_noop("Du har själv föreslagit undantaget. Någon annan skriver under."),
    "hiring_manager": gettext_noop("Du är ansvarig chef i ärendet. Någon annan skriver under."),
    "preparer": gettext_noop("Du har handlagt yttrandet. Någon annan skriver under."),
    "substitute_of_excluded": gettext_noop(
        "Du har varit ansvarig chef eller får besluta i chefens ställe. Någon annan skriver under."
    ),
}


def shown_state(waiver: Waiver, on: date) -> tuple[str, str]:
    """(kind of tag, words): a waiver whose end date has passed says so, whatever is stored."""
    if waiver.has_lapsed(on):
        return "redo", _("Gick ut %(day)s") % {"day": day_or_dash(waiver.until)}
    if waiver.state == Waiver.State.IN_FORCE and waiver.deferred:
        return "waived", _("Kompletteras senast %(day)s") % {"day": day_or_dash(waiver.until)}
    if waiver.state == Waiver.State.IN_FORCE:
        return "waived", _("Gäller till %(day)s") % {"day": day_or_dash(waiver.until)}
    return KINDS[Waiver.State(waiver.state)], state_label("waiver", waiver.state)


def check_name(waiver: Waiver) -> str:
    """The check in words."""
    return _(CHECKPOINTS[waiver.code].name)


def people_of(waiver: Waiver) -> set[UUID]:
    """Everybody whose name stands on the page."""
    return {
        person for person in (waiver.proposed_by_id, waiver.confirmed_by_id, waiver.rejected_by_id) if person
    }


def facts_of(waiver: Waiver, names: Mapping[UUID, str]) -> list[Fact]:
    """Who proposed and signed, when, until when and why by code; nothing sealed."""

    def named(person: UUID | None) -> str:
        return names.get(person, _("namnet visas inte")) if person else "–"

    found = [
        Fact(_("Kontroll"), check_name(waiver)),
        Fact(_("Gäller till och med"), day_or_dash(waiver.until)),
        Fact(_("Skäl"), _(WAIVER[waiver.reason_code])),
        Fact(
            _("Valt av") if waiver.deferred else _("Föreslaget av"),
            named(waiver.proposed_by_id),
            note=day_or_dash(waiver.proposed_on),
        ),
    ]
    if waiver.deferred:
        found.insert(0, Fact(_("Slag"), _("Komplettera efter start, utan särskilda behörigheter")))
    if waiver.confirmed_by_id:
        found.append(
            Fact(_("Underskrivet av"), named(waiver.confirmed_by_id), note=day_or_dash(waiver.confirmed_on))
        )
    if waiver.rejected_by_id:
        why = _(WAIVER_REJECTED[waiver.reject_code])
        found.append(
            Fact(_("Avslaget av"), named(waiver.rejected_by_id), note=day_or_dash(waiver.rejected_on))
        )
        found.append(Fact(_("Varför"), why))
    if waiver.ended_on:
        found.append(Fact(_("Upphörde"), day_or_dash(waiver.ended_on)))
    return found


def may_propose(actor: Actor, case: Case, check: Check) -> bool:
    """Whether the form stands on the check's page: the door, the catalogue, and a check that stops something now."""
    if not may_be_waived(check.code) or not ask(actor, "waiver.propose", case.facts_for(actor, check=check)):
        return False
    live = case.live_waiver_of(check)
    if live is not None and not live.has_lapsed(actor.on):
        return False
    try:
        require_waivable(case, check)
    except (WrongState, NotComplete):
        return False
    return True


def waivers_of(case: Case, actor: Actor, check: Check) -> list[dict[str, str]]:
    """The waivers of the check that this person may see, newest first."""
    found = [w for w in reversed(case.waivers) if w.of_check_id == check.pk]
    if not found or not ask(actor, "waiver.list", case.facts_for(actor, check=check)):
        return []
    rows = []
    for waiver in found:
        kind, words = shown_state(waiver, case.today)
        url = links.to("waiver_view", case, waiver=waiver.pk)
        rows.append({"kind": kind, "state": words, "url": url, "day": day_or_dash(waiver.proposed_on)})
    return rows


def waiver_form(case: Case, check: Check, data: Any = None) -> ProposeForm:
    """The form in which a waiver of the check is proposed."""
    protected = check.candidacy_id is not None and case.candidacy(check.candidacy_id).is_protected
    return ProposeForm(data, code=check.code, today=case.today, is_protected=protected)


def no_waiver(check: Check) -> str:
    """Of a check that a statute demands: that there is no waiver from it, and which section forbids it; else ""."""
    if may_be_waived(check.code):
        return ""
    statute = _(GROUNDS[CHECKPOINTS[check.code].ground].statute)
    return _("Från den här kontrollen finns inget undantag: %(statute)s.") % {"statute": statute}


def why_not_sign(actor: Actor, case: Case, waiver: Waiver) -> str:
    """Why this person cannot sign the proposal now, as a sentence; "" where she can, or where it is not for her."""
    answer = ask(actor, "waiver.confirm", case.facts_for(actor, waiver=waiver))
    kind, _sep, relation = answer.why.partition(":")
    if kind == "excluded":
        return _(CANNOT_SIGN.get(relation, "")) if relation in CANNOT_SIGN else ""
    if answer and actor.person_id in may_not_sign_waiver(case, waiver):
        return _(CANNOT_SIGN["substitute_of_excluded"])
    if answer:
        try:
            require_waivable(case, case.check(waiver.of_check_id))
        except WrongState as error:
            return refusal(error.state)
        except NotComplete as error:
            return "; ".join(missing_label(item) for item in error.missing)
    return ""


def may_sign(actor: Actor, case: Case, waiver: Waiver) -> bool:
    """Whether the button to sign stands there."""
    waits = waiver.state == Waiver.State.PROPOSED and not waiver.has_lapsed(actor.on)
    asked = ask(actor, "waiver.confirm", case.facts_for(actor, waiver=waiver)).allowed
    return waits and asked and not why_not_sign(actor, case, waiver)


def told_at(case: Case, candidacy: Candidacy) -> list[dict[str, Any]]:
    """The waivers that the decision rests on: those that hold today or, once it is made, held on its day."""
    decision = case.decision_of(candidacy)
    day = decision.decided_on if decision is not None else case.today
    return [
        {
            "name": check_name(waiver),
            "until": day_or_dash(waiver.until),
            "signed": day_or_dash(waiver.confirmed_on or waiver.proposed_on),
            "reason": _(WAIVER[waiver.reason_code]),
            "deferred": waiver.deferred,
            "url": links.to("waiver_view", case, waiver=waiver.pk),
        }
        for waiver in waivers_used(case, candidacy)
        if (waiver.confirmed_on or waiver.proposed_on) <= day <= waiver.until
        and (waiver.ended_on is None or (decision is not None and waiver.ended_on >= day))
    ]


def start_note(case: Case, candidacy: Candidacy) -> str:
    """What stands under *Får börja* while checks are to be completed after the start; "" without any."""
    later = left_for_later(case, candidacy)
    if not later:
        return ""
    names = ", ".join(check_name(waiver) for waiver in later)
    return _("Utan särskilda behörigheter tills det här är klart, senast %(day)s: %(names)s.") % {
        "day": day_or_dash(min(waiver.until for waiver in later)),
        "names": names,
    }
