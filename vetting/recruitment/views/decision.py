"""The decision's page: what is decided and under which point, the extracts shown, and one button."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask
from vetting.access.pages import page
from vetting.accounts.models import Person
from vetting.accounts.resume import is_resumed
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.engagement_forms import FORMS
from vetting.policy.questions import QUESTIONS
from vetting.recruitment import links
from vetting.recruitment import opinion_sheet as sheet
from vetting.recruitment.actions.decision import DELEGATE, sign_decision
from vetting.recruitment.actions.reuse import is_exempt
from vetting.recruitment.actions.shown import is_to_be_shown, record_shown
from vetting.recruitment.candidate_panel import onward
from vetting.recruitment.case import Case
from vetting.recruitment.confirming import confirmed_in
from vetting.recruitment.engine.coming import starts_later
from vetting.recruitment.engine.progress import (
    Missing,
    may_decide_against,
    missing_before_signing,
    unanswered,
)
from vetting.recruitment.forms.decision import DecisionForm, ExtractForm
from vetting.recruitment.labels import OPINION_KIND, state_label
from vetting.recruitment.models import Candidacy, Check, Decision, Engagement
from vetting.recruitment.queries.notes import file_notes
from vetting.recruitment.reuse_offer import exemptions
from vetting.recruitment.standing import point_to_sign_by
from vetting.recruitment.tasks import legal_of
from vetting.recruitment.views.base import Part, done, gone, load_part, note_reading, perform, show
from vetting.recruitment.views.naming import candidacy_in, crumbs
from vetting.recruitment.waiver_page import told_at
from vetting.web.forms import BaseForm

BOTH = ("GET", "HEAD", "POST")
AFTER_NO = {"refused", "escalated", "upheld", "set_aside"}
SIGN = {"Anställningsbeslut": "Besluta om anställning"}


def to_be_shown(case: Case, candidacy: Candidacy, actor: Actor) -> list[Check]:
    """The extracts that the one who signs must be shown, those that she has not noted herself today included."""
    return [check for check in case.checks_of(candidacy) if is_to_be_shown(check, actor)]


def delegates_questions(case: Case, candidacy: Candidacy, data: Collection[str] = ()) -> list[str]:
    """The questions that the one who signs answers with the decision, and those whose answer was sent in `data`."""
    left = {*unanswered(case, candidacy, "decision"), *data}
    return [code for code, asked in QUESTIONS.items() if code in left and DELEGATE in asked.answered_by]


def _new_form(case: Case, candidacy: Candidacy, actor: Actor, data: Any = None) -> DecisionForm:
    """With `data` also what was asked for when the page was shown, so that nothing sent is dropped."""
    sent = data or ()
    extracts = [
        check
        for check in case.checks_of(candidacy)
        if is_to_be_shown(check, actor) or f"shown_on_{check.code}" in sent
    ]
    return DecisionForm(
        data,
        initial={
            "planned_start": case.recruitment.planned_start,
            "case_number": case.recruitment.diary_number,
        },
        of=case.recruitment.form,
        questions=delegates_questions(case, candidacy, sent),
        extracts=extracts,
        goes_against=may_decide_against(case, candidacy),
    )


@page("decision.view", load=load_part)
def decision_view(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """The decision as it stands, or the page on which it is made."""
    note_reading(request, actor, part.case, "decision.viewed")
    candidacy = candidacy_in(part)
    return _show(request, actor, part.case, candidacy, _new_form(part.case, candidacy, actor))


def _show(
    request: HttpRequest,
    actor: Actor,
    case: Case,
    candidacy: Candidacy,
    form: BaseForm,
    extract: tuple[Check, ExtractForm] | None = None,
) -> HttpResponse:
    facts = case.facts_for(actor, candidacy=candidacy)
    may_sign = ask(actor, "decision.sign", facts).allowed
    decision = case.decision_of(candidacy)
    against = may_decide_against(case, candidacy)
    missing = _in_the_way(case, candidacy, against=against)
    kind = FORMS[case.recruitment.form]
    checks = to_be_shown(case, candidacy, actor) if decision is None else []
    is_open = decision is None and (candidacy.state in {"checking", "cleared"} or against)
    sent = extract[1] if extract else form
    if not is_open and (answer := gone(request, actor, case.pk, "decision.sign", sent)):
        return answer
    context = {
        "case": case,
        "candidacy": candidacy,
        "decision": decision,
        # What was typed stays on the page when something has come to be missing since it was shown.
        "form": form if may_sign and is_open and (not missing or form.is_bound) else None,
        "submit": _(SIGN.get(kind.decision_name, "Besluta")),
        "decision_name": _(kind.decision_name),
        "form_name": _(kind.name),
        "missing": [links.of_missing(case, m, candidacy) for m in missing] if is_open else [],
        "extracts": [_extract(check, extract) for check in checks],
        "exemptions": exemptions(case, actor, checks) if may_sign and is_open else [],
        "shown": _shown(case, candidacy),
        "may_note": may_sign and is_open,
        "may_sign": may_sign,
        "is_open": is_open,
        "goes_against": against and may_sign,
        "is_bound": decision is None and candidacy.state == "refused" and not against,
        "point": point_to_sign_by(case, actor),
        "delegates": delegates(case, actor),
        "opinion": _opinion(case, candidacy),
        "waivers": told_at(case, candidacy),
        "signed": signed(decision),
        "legal": legal_of(CHECKPOINTS["decision"]),
        "breadcrumbs": crumbs(case, _("Beslut")),
        **_ways_on(actor, case, candidacy, facts, is_open=is_open),
    }
    return show(request, actor, "recruitment/decision.html", context)


def _in_the_way(case: Case, candidacy: Candidacy, *, against: bool) -> list[Missing]:
    """What stops the decision; a refusal that may be gone against (`against`) is answered on this very page."""
    missing = [] if case.decision_of(candidacy) else missing_before_signing(case, candidacy)
    return [item for item in missing if not against or item.code != "security_opinion"]


def _extract(check: Check, sent: tuple[Check, ExtractForm] | None) -> dict[str, Any]:
    """One extract that is to be shown, with its days as typed where they are `sent`."""
    spec = CHECKPOINTS[check.code]
    typed = sent[1] if sent and sent[0].pk == check.pk else ExtractForm()
    return {"check": check, "name": _(spec.name), "legal": legal_of(spec), "form": typed}


def _shown(case: Case, candidacy: Candidacy) -> list[dict[str, Any]]:
    """The extracts that have been shown, and those that an earlier one stands for until a day."""
    return [
        {
            "name": _(CHECKPOINTS[check.code].name),
            "day": check.evidence_on,
            "until": check.valid_until if is_exempt(check) else None,
        }
        for check in case.checks_of(candidacy)
        if check.documentation == "note_shown_only" and check.state == Check.State.DONE
    ]


def _ways_on(
    actor: Actor, case: Case, candidacy: Candidacy, facts: Facts, *, is_open: bool
) -> dict[str, str | int]:
    """What this person may open from here, and do before the decision (`is_open`) or once it is made."""

    def may(permission: str) -> bool:
        return ask(actor, permission, facts).allowed

    is_decided = case.decision_of(candidacy) is not None
    return {
        "ways_url": links.to("escalate_opinion", case, candidacy) if may("opinion.escalate") else "",
        "may_open_opinion": may("opinion.view"),
        "may_see_waivers": may("waiver.list"),
        "notes": file_notes(case, candidacy) if is_open and may("note.reveal") else 0,
        "may_board": is_open and may("decision.record_board"),
        "may_print": is_decided and may("decision.print"),
        "may_record": is_decided and may("recruitment.print"),
        "may_start": _is_due(case, candidacy) and may("engagement.confirm_start"),
    }


def _is_due(case: Case, candidacy: Candidacy) -> bool:
    """Whether the start is to be confirmed: decided, not confirmed yet, and not to come."""
    engagement = case.engagement_of(candidacy)
    is_planned = engagement is not None and engagement.state == Engagement.State.PLANNED
    return is_planned and starts_later(case, candidacy) is None


def delegates(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """Who may decide on this post and form today, ordinary delegates before substitutes."""
    leading = "leading_post" in case.recruitment.profiles or case.position.is_designated_leading
    found = [
        {"name": point.delegate.display_name, "code": point.code, "is_substitute": point.is_substitute}
        for point in case.points
        if point.is_in_force(actor.on)
        and case.recruitment.form in point.forms
        and (point.leading_posts or not leading)
    ]
    return sorted(found, key=lambda each: (each["is_substitute"], each["name"]))


def _opinion(case: Case, candidacy: Candidacy) -> dict[str, Any] | None:
    opinion = case.current_opinion(candidacy)
    if opinion is None:
        return None
    return {
        "opinion": opinion,
        "conditions": sheet.condition_labels(opinion),
        "kind": OPINION_KIND[opinion.state],
        "state": state_label("opinion", opinion.state),
        "confirmed": confirmed_in(case, opinion),
        "weight": sheet.weight(opinion) if opinion.state in AFTER_NO else "",
    }


def signed(decision: Decision | None) -> dict[str, str]:
    """Who signed or noted the decision, and as what."""
    if decision is None:
        return {}
    person = decision.decided_by_id or decision.recorded_by_id
    name = Person.objects.values_list("display_name", flat=True).get(pk=person)
    return {"name": name, "maker": decision.get_maker_display()}


@page("decision.sign", load=load_part, methods=("POST",))
def sign(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """*Besluta om anställning*: the extracts shown are noted just before, in the same act of the same person."""
    case, candidacy = part.case, candidacy_in(part)
    form = _new_form(case, candidacy, actor, request.POST)
    if is_resumed(request) or not form.is_valid():
        return _show(request, actor, case, candidacy, form)
    answer = perform(
        request,
        actor,
        case.pk,
        "decision.sign",
        lambda now: sign_decision(
            now,
            by=actor,
            candidacy=now.candidacy(candidacy.pk),
            terms=form.terms(),
            answers=form.answers(),
            extracts=form.extracts(),
            against=form.against(),
            once=form.once_key,
        ),
        form=form,
    )
    if answer is not None:
        return answer
    if form.errors:
        return _show(request, actor, case, candidacy, form)
    done(request, _("Beslutet är fattat."))
    return redirect(onward(actor, case.pk, candidacy.pk))


@page("check.record_shown", load=load_part, methods=("POST",))
def note_shown(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """*Anteckna att utdraget visats upp* by itself, while something else still stops the decision."""
    case, candidacy, check = part.case, candidacy_in(part), part.check
    if check is None or check.candidacy_id != candidacy.pk:
        raise Http404
    form = ExtractForm(request.POST)
    blank = _new_form(case, candidacy, actor)
    if is_resumed(request) or not form.is_valid():
        return _show(request, actor, case, candidacy, blank, (check, form))
    typed = form.cleaned_data
    answer = perform(
        request,
        actor,
        case.pk,
        "check.record_shown",
        lambda now: record_shown(
            now,
            by=actor,
            check=now.check(check.pk),
            shown_on=typed["shown_on"],
            issued_on=typed["issued_on"],
            once=form.once_key,
        ),
        form=form,
    )
    if answer is not None:
        return answer
    if form.errors:
        return _show(request, actor, case, candidacy, blank, (check, form))
    done(request, _("Utdraget är antecknat som visat."))
    return redirect("sign_decision", pk=case.pk, candidacy=candidacy.pk)
