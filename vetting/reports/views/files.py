"""Files of a report: the copy by a link, the original by an act of its own after a warning; saved, never shown."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.reports.actions.files import open_file, scan_again
from vetting.reports.case import Case
from vetting.reports.files.words import ENDINGS, TYPES
from vetting.reports.models import File
from vetting.reports.vault import Vault
from vetting.reports.views.base import load_case, perform, show, to_unlock, trail, vault_of
from vetting.web.parts import Link


def load_file(report: UUID, file: UUID) -> Case:
    """The case that the file of the address belongs to. Raises Http404."""
    case = load_case(report)
    if not File.objects.filter(report=case.report, pk=file).exists():
        raise Http404
    return case


@page("report.open_file", load=load_file)
def file_copy(request: HttpRequest, actor: Actor, case: Case, report: UUID, file: UUID) -> HttpResponse:
    """The copy, without what was hidden."""
    vault = vault_of(request, actor)
    if vault is None:
        return to_unlock(request, back=_address(case))
    return _sent(request, actor, case, vault, file, original=False)


@page("report.open_file", load=load_file, methods=("GET", "HEAD", "POST"))
def file_original(request: HttpRequest, actor: Actor, case: Case, report: UUID, file: UUID) -> HttpResponse:
    """The original: what it may do and tell first, then by a button."""
    vault = vault_of(request, actor)
    if vault is None:
        return to_unlock(request, back=_address(case))
    if request.method == "POST":
        return _sent(request, actor, case, vault, file, original=True)
    row = File.objects.get(pk=file, report=case.report)
    context = {
        "report": case.report,
        "case_pk": case.pk,
        "file": row,
        "vault": vault,
        "breadcrumbs": trail(Link(case.report.reference, _address(case)), _("Originalet")),
    }
    return show(request, actor, "reports/original.html", context)


def _address(case: Case) -> str:
    return f"/anmalningar/{case.pk}/"


def _sent(
    request: HttpRequest, actor: Actor, case: Case, vault: Vault, file: UUID, *, original: bool
) -> HttpResponse:
    taken: list[tuple[bytes, str, int]] = []

    def scan() -> None:
        with Case.locked(case.pk) as locked:
            scan_again(locked, File.objects.get(pk=file, report=locked.report), by=actor, vault=vault)

    def do() -> None:
        with Case.locked(case.pk) as locked:
            row = File.objects.get(pk=file, report=locked.report)
            taken.append((*open_file(locked, row, by=actor, vault=vault, original=original), row.number))

    answer = perform(request, actor, "report.open_file", scan, back=_address(case))
    answer = answer or perform(request, actor, "report.open_file", do, back=_address(case))
    if answer is not None:
        return answer
    ((data, kind, number),) = taken
    name = f"{case.report.reference}-{number}{'-original' if original else ''}.{ENDINGS[kind]}"
    response = HttpResponse(data, content_type="application/octet-stream" if original else TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
