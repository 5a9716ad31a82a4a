"""Pages on which something leaves a report: the decision about the police, the masked copy, the whole of it.

Who one is is asked again before anything is shown: what stands here must not travel through the page that asks.
"""

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
from vetting.policy.giving_out import POLICE_PROVISIONS, TOLD
from vetting.policy.reasons_reports import POLICE_GROUND
from vetting.policy.workflow import state
from vetting.reports import pieces
from vetting.reports.actions.disclosure import decide_disclosure, decline_disclosure
from vetting.reports.actions.exporting import masked_copy, whole_export
from vetting.reports.actions.opening import open_report
from vetting.reports.case import Case
from vetting.reports.forms.giving import DecisionForm, ExportForm, MaskForm
from vetting.reports.models import PoliceDisclosure
from vetting.reports.people import names_of
from vetting.reports.vault import Vault
from vetting.reports.views.base import done, load_case, perform, show, to_unlock, trail, vault_of
from vetting.reports.views.vault import open_keys
from vetting.web.parts import Fact, Link


@dataclass(frozen=True, slots=True)
class Asked:
    """A disclosure of a case, so that the door is asked about who prepared it."""

    case: Case
    row: PoliceDisclosure

    def facts_for(self, actor: Actor) -> Facts:
        """Who prepared it is its proposer."""
        return self.case.facts_for(actor, proposer=self.row.prepared_by_id)


def load_disclosure(report: UUID, disclosure: UUID) -> Asked:
    """The disclosure of the address. Raises Http404."""
    case = load_case(report)
    row = PoliceDisclosure.objects.filter(report=case.report, pk=disclosure).first()
    if row is None:
        raise Http404
    return Asked(case, row)


@page("report.open", load=load_disclosure)
def disclosure_view(
    request: HttpRequest, actor: Actor, asked: Asked, report: UUID, disclosure: UUID
) -> HttpResponse:
    """Ground, weighing and the very text that is or was given out, with the answers that this person may give."""
    vault = vault_of(request, actor)
    if vault is None:
        return to_unlock(request)
    found: list[dict[str, Any]] = []
    answer = perform(
        request,
        actor,
        "report.open",
        lambda: found.append(_opened(asked, actor, vault)),
        back=_back(asked.case),
    )
    if answer is not None:
        return answer
    context = _frame(asked.case, _("Utlämnande till polisen")) | found[0] | {"vault": vault}
    return show(request, actor, "reports/disclosure.html", context)


@page("police_disclosure.decide", load=load_disclosure, methods=("GET", "HEAD", "POST"))
def disclosure_decide(
    request: HttpRequest, actor: Actor, asked: Asked, report: UUID, disclosure: UUID
) -> HttpResponse:
    """Give it out: the answer is the file."""

    def run(case: Case, row: PoliceDisclosure, reason: str, vault: Vault, once: UUID | None) -> str:
        return decide_disclosure(case, row, reason, by=actor, vault=vault, once=once)

    return _answered(request, actor, asked, ("police_disclosure.decide", _("Lämna ut till polisen")), run)


@page("police_disclosure.decline", load=load_disclosure, methods=("GET", "HEAD", "POST"))
def disclosure_decline(
    request: HttpRequest, actor: Actor, asked: Asked, report: UUID, disclosure: UUID
) -> HttpResponse:
    """Say no, with the reason."""

    def run(case: Case, row: PoliceDisclosure, reason: str, vault: Vault, once: UUID | None) -> None:
        decline_disclosure(case, row, reason, by=actor, vault=vault, once=once)

    return _answered(request, actor, asked, ("police_disclosure.decline", _("Lämna inte ut")), run)


@page("report.export_masked", load=load_case, methods=("GET", "HEAD", "POST"))
def report_masked(request: HttpRequest, actor: Actor, case: Case, report: UUID) -> HttpResponse:
    """Try each part; the answer is the masked copy."""
    require_step_up(request)
    vault = vault_of(request, actor)
    if vault is None:
        return to_unlock(request)
    opened: list[pieces.Piece] = []
    answer = perform(
        request,
        actor,
        "report.export_masked",
        lambda: opened.extend(pieces.pieces(case, open_report(case, by=actor, vault=vault))),
        back=_back(case),
    )
    if answer is not None:
        return answer
    form = MaskForm(request.POST or None, case=case, me=actor.person_id, opened=opened)

    def run(case: Case) -> str:
        return masked_copy(case, form.tried, by=actor, vault=vault, once=form.once_key)

    lead = _(
        "Pröva varje del. Sätt [[ och ]] runt det som ska maskeras, eller välj bara lagrum så maskeras hela delen. "
        "Kopian slutar med ett beslut och hur det överklagas."
    )
    return _filed(
        request, actor, case, form, run, ("report.export_masked", _("Maskad kopia"), lead, "maskad.txt")
    )


@page("report.export", load=load_case, methods=("GET", "HEAD", "POST"))
def report_export(request: HttpRequest, actor: Actor, case: Case, report: UUID) -> HttpResponse:
    """The whole of it, after the passphrase once more."""
    require_step_up(request)
    form = ExportForm(request.POST or None, case=case, me=actor.person_id)

    def run(case: Case) -> bytes:
        return whole_export(case, by=actor, vault=vault, once=form.once_key)

    vault: Any = None
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        vault = open_keys(actor, form.cleaned_data["phrase"], vault_of(request, actor))
        if vault is None:
            form.add_error("phrase", _("Lösenfrasen öppnar ingen av dina nycklar. Kontrollera orden."))
    lead = _("Filen är okrypterad, och namnet ingår inte. Behövs inte allt: ta en maskad kopia.")
    words = ("report.export", _("Hämta hela anmälan"), lead, "hela.zip")
    return _filed(request, actor, case, form, run, words)


def disclosures_of(case: Case) -> list[dict[str, Any]]:
    """What has been prepared and decided, newest first: nothing of it is opened."""
    rows = list(PoliceDisclosure.objects.filter(report=case.report).order_by("-entry_id"))
    names = (
        names_of({row.prepared_by_id for row in rows} | {row.answered_by_id for row in rows}) if rows else {}
    )
    return [
        {
            "row": row,
            "state": _(state("police_disclosure", row.state).label),
            "kind": {"prepared": "waiting", "disclosed": "done", "declined": "stopped"}[row.state],
            "ground": _(POLICE_GROUND[row.ground]),
            "by": names.get(row.prepared_by_id, ""),
            "answered_by": names.get(row.answered_by_id) if row.answered_by_id else "",
        }
        for row in rows
    ]


def _opened(asked: Asked, actor: Actor, vault: Vault) -> dict[str, Any]:
    case, row = asked.case, asked.row
    key = open_report(case, by=actor, vault=vault)
    said = key.json(row, "content")
    labels = dict(pieces.outline(case))
    facts = [
        Fact(_("Läge"), _(state("police_disclosure", row.state).label)),
        Fact(_("Grund"), _(POLICE_GROUND[row.ground])),
        Fact(_("Bestämmelse"), _(POLICE_PROVISIONS[said["provision"]])),
        Fact(_("Avvägning"), said["weighing"]),
        Fact(_("Får den som anmält veta det först?"), _(TOLD[said["told"]])),
        Fact(_("Det personen får läsa, eller varför det väntar"), said["told_text"]),
        Fact(_("Det som lämnas"), "; ".join(labels.get(code, code) for code in said["parts"])),
    ]
    if row.reason is not None:
        facts.append(Fact(_("Skäl för beslutet"), key.text(row, "reason")))
    chosen = [each for each in pieces.pieces(case, key) if each.code in set(said["parts"])]
    return {
        "row": row,
        "facts": facts,
        "given": key.text(row, "given"),
        "chosen": chosen if row.state == "prepared" else [],
        "may_decide": row.state == "prepared"
        and ask(actor, "police_disclosure.decide", asked.facts_for(actor)).allowed,
    }


def _answered(
    request: HttpRequest, actor: Actor, asked: Asked, words: tuple[str, str], act: Callable[..., Any]
) -> HttpResponse:
    require_step_up(request)
    permission, label = words
    vault = vault_of(request, actor)
    form = DecisionForm(request.POST or None, case=asked.case, me=actor.person_id)
    if vault is None:
        return to_unlock(request, form)

    def run(case: Case) -> Any:
        row = PoliceDisclosure.objects.get(pk=asked.row.pk, report=case.report)
        return act(case, row, form.cleaned_data["reason"], vault, form.once_key)

    return _filed(request, actor, asked.case, form, run, (permission, label, "", "polisen.txt"))


def _filed(
    request: HttpRequest,
    actor: Actor,
    case: Case,
    form: Any,
    run: Callable[[Case], Any],
    words: tuple[str, str, str, str],
) -> HttpResponse:
    """Act, and answer with the file that it made; without one, back to the report."""
    permission, label, lead, name = words
    made: list[Any] = []

    def locked() -> None:
        with Case.locked(case.pk) as fresh:
            made.append(run(fresh))

    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        answer = perform(request, actor, permission, locked, back=_back(case), form=form)
        if answer is not None:
            return answer
        if not form.errors and made and made[0] is not None:
            return _file(f"{case.report.reference}-{name}", made[0])
        if not form.errors:
            done(request, _("Klart. Det är antecknat i anmälan."))
            return redirect(_back(case))
    context = _frame(case, label) | {"form": form, "lead": lead}
    is_wrong = request.method == "POST" and not is_resumed(request) and form.errors
    return show(request, actor, "reports/giving.html", context, status=422 if is_wrong else 200)


def _file(name: str, content: str | bytes) -> HttpResponse:
    kind = "application/zip" if isinstance(content, bytes) else "text/plain; charset=utf-8"
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _frame(case: Case, label: str) -> dict[str, Any]:
    crumbs = trail(Link(case.report.reference, _back(case)), label)
    return {"report": case.report, "label": label, "back": _back(case), "breadcrumbs": crumbs}


def _back(case: Case) -> str:
    return reverse("report_view", kwargs={"report": case.pk})
