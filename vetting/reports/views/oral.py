"""Writing down what somebody told by telephone or at a meeting; the code goes to that person, this once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.crypto.written import Code
from vetting.reports.actions.intake import enter_oral
from vetting.reports.directory import DIRECTORY_OF, is_shut
from vetting.reports.forms.duty import OralForm
from vetting.reports.models import Report
from vetting.reports.receipts import Receipt
from vetting.reports.submit import Submission
from vetting.reports.views.base import INBOX, perform, show, trail


@page("report.enter_oral", methods=("GET", "HEAD", "POST"))
def report_oral(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form, and then the code."""
    mine = [directory for role, directory in DIRECTORY_OF.items() if actor.holds(role)]
    own = [each for each in mine if each != Report.Directory.ALTERNATIVE]
    # The alternative group takes down what concerns the security function or the management, in either channel.
    channels = own if len(own) == len(mine) else list(Report.Channel.values)
    form = OralForm(request.POST or None, channels=[each for each in channels if not is_shut(each)])
    found: list[Receipt] = []
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        answer = perform(
            request,
            actor,
            "report.enter_oral",
            lambda: found.append(enter_oral(_told(form, own), Code.new(), by=actor)),
            back=reverse(INBOX),
            form=form,
        )
        if answer is not None:
            return answer
    context = {
        "form": form,
        "receipt": found[0] if found else None,
        "breadcrumbs": trail(_("Muntlig anmälan")),
    }
    status = 422 if request.method == "POST" and not is_resumed(request) and form.errors else 200
    return show(request, actor, "reports/oral.html", context, status=status)


def _told(form: OralForm, own: list[str]) -> Submission:
    """What was written; in a channel of others than `own` it is received as the alternative group."""
    said = form.cleaned_data
    return Submission(
        channel=said["channel"],
        concerns_security=said["channel"] not in own,
        way="oral",
        mode=said["mode"],
        story=said["story"],
        facts={"kind": said["kind"]} if said["kind"] else {},
        contact=said["contact"],
        name=said["name"],
    )
