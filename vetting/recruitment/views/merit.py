"""*Meritbesked*: education, experience and other merits of whoever got the post, for an applicant who asks for it.

Diskrimineringslagen (2008:567) 2 kap. 4 §. It names nobody: the law gives the merits, not the person. Nothing of it is
stored; the log has the digest of what was handed over, so that the paper can be compared afterwards.
"""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.pages import page, role_in
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.recruitment.case import Case
from vetting.recruitment.forms.merit import MeritForm
from vetting.recruitment.models import Candidacy
from vetting.recruitment.views.base import load_case, show
from vetting.recruitment.views.forming import trail


@page("merit_statement.issue", load=load_case, methods=("GET", "HEAD", "POST"))
def issue_merit_statement(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """The form, and the statement on paper; confirmed with who one is, and recorded before it is shown."""
    engaged = engaged_in(case)
    form = MeritForm(request.POST or None, engaged=engaged)
    if request.method == "POST" and engaged and not is_resumed(request) and form.is_valid():
        require_step_up(request)
        return _handed_over(request, actor, case, form)
    way = trail(case, _("Meritbesked"))
    context = {"case": case, "form": form, "engaged": engaged, "breadcrumbs": way}
    return show(request, actor, "recruitment/merit.html", context, status=422 if form.errors else 200)


def engaged_in(case: Case) -> list[Candidacy]:
    """Those who got the post. Of a protected identity nothing is handed over from here: it is handled by hand."""
    return [each for each in case.candidacies if case.decision_of(each) is not None and not each.is_protected]


def _handed_over(request: HttpRequest, actor: Actor, case: Case, form: MeritForm) -> HttpResponse:
    sheet = {"case": case, "on": actor.on, "merits": form.cleaned_data}
    content = render_to_string("recruitment/_merit_sheet.html", sheet)
    digest = hashlib.sha256(content.encode()).hexdigest()
    role = role_in(request)
    facts = {"role": role, "reference": case.recruitment.reference, "digest": digest}
    # Each time it is handed over, also with the same key: another text would otherwise leave without an entry.
    record("merit_statement.issued", actor.who(role), subject=case.pk, facts=facts)
    return render(request, "recruitment/print_merit.html", {**sheet, "content": content, "digest": digest})
