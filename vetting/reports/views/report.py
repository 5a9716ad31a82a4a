"""The report's page: the statement first. Opening it is an act, recorded before anything is shown.

It changes no state by itself.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.crypto.errors import SealError
from vetting.policy.events import EVENTS
from vetting.policy.reasons_reports import REPORT_HOLD
from vetting.reports import shown
from vetting.reports.actions.opening import open_report, read_messages, view_history
from vetting.reports.case import Case
from vetting.reports.clock import dates_of, next_of
from vetting.reports.days import today
from vetting.reports.errors import NeedsAnother, NotYours
from vetting.reports.files import shown as files_shown
from vetting.reports.forms.handling import ToReporterForm
from vetting.reports.labels import CHANNELS, MODES, STATE_KIND, WAYS, state_label
from vetting.reports.people import names_of
from vetting.reports.vault import Vault
from vetting.reports.views.base import load_case, sentence_of, show, to_unlock, trail, vault_of
from vetting.reports.views.deeds_giving import OFFERED
from vetting.reports.views.giving import disclosures_of
from vetting.reports.views.parts import joining, name_part
from vetting.web.parts import Link


@page("report.open", load=load_case)
def report_view(request: HttpRequest, actor: Actor, case: Case, report: UUID) -> HttpResponse:
    """What was told, what has been done, what is to be done, and who reads."""
    names = names_of(shown.people_in(case))
    context = _head(case, actor, names)
    if case.report.state == "disposed":
        return show(request, actor, "reports/disposed.html", context | {"digest": _digest(case)})
    vault = vault_of(request, actor)
    if vault is None:
        return to_unlock(request)
    context |= {"vault": vault, "circle": _circle(case, actor, names)} | name_part(case, actor)
    context["is_set_apart"], context["disclosures"] = case.is_set_apart, disclosures_of(case)
    if not case.is_set_apart:
        context |= _content(case, actor, vault, names)
    return show(request, actor, "reports/report.html", context)


@page("report.view_history", load=load_case)
def report_history(request: HttpRequest, actor: Actor, case: Case, report: UUID) -> HttpResponse:
    """What has happened, by day."""
    events = [(EVENTS[code], day) for code, day in view_history(case, by=actor) if code in EVENTS]
    context = _head(case, actor, {}) | {
        "events": [(_in_words(spec.sentence, case), day) for spec, day in events],
        "breadcrumbs": trail(Link(case.report.reference, f"/anmalningar/{case.pk}/"), _("Händelser")),
    }
    return show(request, actor, "reports/history.html", context)


def _in_words(sentence: str, case: Case) -> str:
    """The event's sentence for whoever already stands in the report: its reference in place, other facts left out."""
    said = _(sentence).replace("{report}", case.report.reference).replace("{role}", _("En mottagare"))
    said = said.replace("{channel}", str(CHANNELS[case.report.channel]))
    return said.replace(" ({ground})", "").replace(" ({reason_code})", "").replace(" {until}", "")


def _head(case: Case, actor: Actor, names: dict[UUID, str]) -> dict[str, Any]:
    report = case.report
    offered = [deed for deed in OFFERED if deed.is_offered(case, actor)]
    return {
        "report": report,
        "case_pk": case.pk,
        "state": state_label(report.state),
        "kind": STATE_KIND[report.state],
        "channel": CHANNELS[report.channel],
        "directory": CHANNELS[report.directory] if report.directory != report.channel else "",
        "mode": MODES[report.mode],
        "way": WAYS[report.way],
        "owner": names.get(report.owner_id) if report.owner_id else None,
        "is_owner": report.owner_id == actor.person_id,
        "proposer": names.get(report.proposer_id) if report.proposer_id else None,
        "hold": _(REPORT_HOLD[report.hold_ground]) if report.hold_ground else "",
        "dates": dates_of(report),
        "due": next_of(report),
        "offered": {group: [deed for deed in offered if deed.group == group] for group in GROUPS},
        "breadcrumbs": trail(report.reference),
    }


GROUPS = ("next", "work", "protect", "talk", "circle", "name", "police", "more")


def _content(case: Case, actor: Actor, vault: Vault, names: dict[UUID, str]) -> dict[str, Any]:
    """Everything that the report's key opens; without it, why it does not open."""
    try:
        key = open_report(case, by=actor, vault=vault)
        texts = read_messages(case, by=actor, vault=vault)
    except (NeedsAnother, NotYours, SealError) as error:
        return {"shut": sentence_of(error)[1]}
    said = key.json(case.report, "consents") or {}
    noted, steps = shown.records(case, key, names)
    talk = shown.conversation(texts, names)
    return {
        "is_open": True,
        "story": [one for one in talk if one.kind == talk[0].kind][:1]
        if talk and not talk[0].is_mine
        else [],
        "talk": talk[1:] if talk and not talk[0].is_mine else talk,
        "facts": shown.coded(key.json(case.report, "facts") or {}),
        "contact": key.text(case.report, "contact"),
        "other_person": key.text(case.report, "other_person"),
        "consents": shown.consents(said),
        "files": files_shown.of(case.report, key),
        "records": noted,
        "steps": steps,
        "measures": shown.measures(case, key, names, today()),
        "reply": ToReporterForm(case=case, me=actor.person_id),
    }


def _circle(case: Case, actor: Actor, names: dict[UUID, str]) -> list[dict[str, Any]]:
    return [
        {
            "pk": member.pk,
            "name": names.get(member.person_id, ""),
            "state": member.state,
            "since": member.since,
            "ended": member.ended_on,
            "by": names.get(member.confirmed_by_id) if member.confirmed_by_id else "",
            "proposed_by": names.get(member.proposed_by_id) if member.proposed_by_id else "",
            **joining(case, member, actor),
        }
        for member in case.members
    ]


def _digest(case: Case) -> str:
    """The certificate's figure: what the log keeps of what was disposed of."""
    found = Entry.objects.filter(subject=case.pk, action="report.disposed").order_by("-id").first()
    return str((found.facts or {}).get("digest", "")) if found is not None else ""
