"""Acts about a part of a report: a measure, a proposed member, a request for the name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.reasons_reports import IDENTITY_GROUND
from vetting.reports.actions import circle, handling, identity
from vetting.reports.case import Case
from vetting.reports.forms.handling import PhraseForm, RejectIdentityForm, RejectMemberForm
from vetting.reports.models import IdentityReveal, Measure, Member
from vetting.reports.people import names_of
from vetting.reports.vault import Vault
from vetting.reports.views.base import done, load_case, once_of, perform, show, to_unlock, trail, vault_of
from vetting.reports.views.vault import open_keys, with_vault
from vetting.web.parts import Link


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a case, so that the door is asked about that part."""

    case: Case
    row: Any
    proposer: UUID | None = None
    grantee: UUID | None = None

    def facts_for(self, actor: Actor) -> Facts:
        """Who proposed it, and whom it is about."""
        return self.case.facts_for(actor, proposer=self.proposer, grantee=self.grantee)


def load_measure(report: UUID, measure: UUID) -> Part:
    """The measure of the address. Raises Http404."""
    return _part(report, Measure, measure)


def load_member(report: UUID, member: UUID) -> Part:
    """The member of the address. Raises Http404."""
    found = _part(report, Member, member)
    return Part(found.case, found.row, found.row.proposed_by_id, found.row.person_id)


def load_asked(report: UUID, asked: UUID) -> Part:
    """The request for the name. Raises Http404."""
    found = _part(report, IdentityReveal, asked)
    return Part(found.case, found.row, found.row.asker_id)


def _part(report: UUID, model: Any, pk: UUID) -> Part:
    case = load_case(report)
    row = model.objects.filter(report=case.report, pk=pk).first()
    if row is None:
        raise Http404
    return Part(case, row)


@page("report.complete_action", load=load_measure, methods=("POST",))
def measure_done(request: HttpRequest, actor: Actor, part: Part, report: UUID, measure: UUID) -> HttpResponse:
    """The measure is done."""

    def do(case: Case) -> None:
        row = Measure.objects.get(pk=measure, report=case.report)
        handling.complete_measure(case, row, by=actor, once=once_of(request))

    return _pressed(request, actor, part, "report.complete_action", do, _("Åtgärden är klar."))


@page("circle.consent", load=load_member, methods=("POST",))
def member_consent(
    request: HttpRequest, actor: Actor, part: Part, report: UUID, member: UUID
) -> HttpResponse:
    """Let her in."""
    vault = vault_of(request, actor)
    if vault is None:
        return to_unlock(request, back=_back(part))

    def do(case: Case) -> None:
        row = Member.objects.select_related("key").get(pk=member, report=case.report)
        circle.consent_member(case, row, by=actor, vault=vault, once=once_of(request))

    return _pressed(request, actor, part, "circle.consent", do, _("Mottagaren är med i kretsen."))


@page("circle.reject", load=load_member, methods=("GET", "HEAD", "POST"))
def member_reject(request: HttpRequest, actor: Actor, part: Part, report: UUID, member: UUID) -> HttpResponse:
    """Say no."""
    form = RejectMemberForm(request.POST or None, case=part.case, me=actor.person_id)

    def do(case: Case) -> None:
        row = Member.objects.get(pk=member, report=case.report)
        circle.reject_member(case, row, by=actor, reason=form.cleaned_data["reason"], once=form.once_key)

    words = (_("Neka ny i kretsen"), _("Förslaget är avslaget."))
    return _filled(request, actor, part, "circle.reject", form, do, words)


@page("identity.confirm", load=load_asked, methods=("POST",))
def name_confirm(request: HttpRequest, actor: Actor, part: Part, report: UUID, asked: UUID) -> HttpResponse:
    """Let the asker read the name, until the end of the next day."""
    vault = vault_of(request, actor)
    if vault is None:
        return to_unlock(request, back=_back(part))

    def do(case: Case) -> None:
        row = IdentityReveal.objects.get(pk=asked, report=case.report)
        identity.confirm_identity(case, row, by=actor, vault=vault, once=once_of(request))

    said = _("Begäran är medgiven till och med i morgon.")
    return _pressed(request, actor, part, "identity.confirm", do, said)


@page("identity.reject", load=load_asked, methods=("GET", "HEAD", "POST"))
def name_reject(request: HttpRequest, actor: Actor, part: Part, report: UUID, asked: UUID) -> HttpResponse:
    """Say no."""
    form = RejectIdentityForm(request.POST or None, case=part.case, me=actor.person_id)

    def do(case: Case) -> None:
        row = IdentityReveal.objects.get(pk=asked, report=case.report)
        identity.reject_identity(case, row, by=actor, reason=form.cleaned_data["reason"], once=form.once_key)

    words = (_("Neka namnet"), _("Begäran är avslagen."))
    return _filled(request, actor, part, "identity.reject", form, do, words)


@page("identity.reveal", load=load_asked, methods=("GET", "HEAD", "POST"))
def name_reveal(request: HttpRequest, actor: Actor, part: Part, report: UUID, asked: UUID) -> HttpResponse:
    """Show the name once, after the passphrase; reading it again is another entry."""
    form = PhraseForm(request.POST or None, case=part.case, me=actor.person_id)
    found: list[str] = []
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        require_step_up(request)
        opened = open_keys(actor, form.cleaned_data["phrase"], vault_of(request, actor))
        if opened is None:
            form.add_error("phrase", _("Lösenfrasen öppnar ingen av dina nycklar. Kontrollera orden."))
        else:
            answer = perform(
                request,
                actor,
                "identity.reveal",
                lambda: found.append(_reveal(part, actor, opened)),
                back=_back(part),
                form=form,
            )
            if answer is not None:
                return answer
            shown = _form_page(request, actor, part, form, _("Visa namnet"), name=(found or [""])[0])
            return with_vault(request, shown, opened)
    return _form_page(request, actor, part, form, _("Visa namnet"))


def _reveal(part: Part, actor: Actor, vault: Vault) -> str:
    with Case.locked(part.case.pk) as case:
        row = IdentityReveal.objects.select_related("identity").get(pk=part.row.pk, report=case.report)
        return identity.reveal_identity(case, row, by=actor, vault=vault)


def joining(case: Case, member: Member, actor: Actor) -> dict[str, bool]:
    """Which answers this person may give to a proposal."""
    if member.state != "proposed":
        return {}
    facts = case.facts_for(actor, proposer=member.proposed_by_id, grantee=member.person_id)
    return {
        "may_consent": ask(actor, "circle.consent", facts).allowed,
        "may_reject": ask(actor, "circle.reject", facts).allowed,
    }


def name_part(case: Case, actor: Actor) -> dict[str, Any]:
    """Whether there is a name, and the requests to read it."""
    rows = list(IdentityReveal.objects.filter(report=case.report).order_by("-entry_id")[:5])
    names = names_of({row.asker_id for row in rows} | {row.answered_by_id for row in rows}) if rows else {}
    return {
        "has_name": identity.identity_of(case) is not None,
        "asked": [
            {
                "pk": row.pk,
                "who": names.get(row.asker_id, ""),
                "by": names.get(row.answered_by_id) if row.answered_by_id else "",
                "ground": _(IDENTITY_GROUND[row.ground]),
                "state": identity.state_of(row),
                "row": row,
                "is_mine": row.asker_id == actor.person_id,
            }
            for row in rows
        ],
    }


def _back(part: Part) -> str:
    return reverse("report_view", kwargs={"report": part.case.pk})


def _pressed(
    request: HttpRequest, actor: Actor, part: Part, permission: str, do: Callable[[Case], None], said: str
) -> HttpResponse:
    if is_resumed(request):
        done(request, _("Inget är sparat än. Tryck på knappen en gång till."))
        return redirect(_back(part))
    if PERMISSIONS[permission].step_up:
        require_step_up(request)
    answer = perform(request, actor, permission, _under(part, do), back=_back(part))
    if answer is not None:
        return answer
    done(request, said)
    return redirect(_back(part))


def _filled(
    request: HttpRequest,
    actor: Actor,
    part: Part,
    permission: str,
    form: Any,
    do: Callable[[Case], None],
    words: tuple[str, str],
) -> HttpResponse:
    label, said = words
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        if PERMISSIONS[permission].step_up:
            require_step_up(request)
        answer = perform(request, actor, permission, _under(part, do), back=_back(part), form=form)
        if answer is not None:
            return answer
        if not form.errors:
            done(request, said)
            return redirect(_back(part))
    return _form_page(request, actor, part, form, label)


def _form_page(
    request: HttpRequest, actor: Actor, part: Part, form: Any, label: str, *, name: str = ""
) -> HttpResponse:
    report = part.case.report
    crumbs = trail(Link(report.reference, _back(part)), label)
    context = {"form": form, "label": label, "report": report, "back": _back(part), "name": name}
    is_wrong = request.method == "POST" and not is_resumed(request) and form.errors
    return show(
        request,
        actor,
        "reports/part.html",
        context | {"breadcrumbs": crumbs},
        status=422 if is_wrong else 200,
    )


def _under(part: Part, do: Callable[[Case], None]) -> Callable[[], None]:
    def run() -> None:
        with Case.locked(part.case.pk) as case:
            do(case)

    return run
