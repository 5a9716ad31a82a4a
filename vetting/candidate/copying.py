"""Taking out the copy of one's own record: on paper, or as a file for a machine. Each time is in the log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from audit.clock import now
from vetting.candidate.door import in_stay, show
from vetting.candidate.record import METHODS, as_json, copy_of
from vetting.candidate.stay import Stay


@in_stay("candidate_copy", "GET", "HEAD", "POST")
def candidate_copy(request: HttpRequest, found: Stay) -> HttpResponseBase:
    """What the copy holds and what it leaves out; the button's answer is the copy itself."""
    method = request.POST.get("how", "")
    if request.method != "POST" or method not in METHODS:
        return show(request, "candidate/copy.html", {"in_stay": True, "case": found.case})
    sections, made_at = copy_of(found, method), now()
    if method == "file":
        answer = HttpResponse(as_json(sections, made_at), content_type="application/json; charset=utf-8")
        name = f"mina-uppgifter-{found.case.recruitment.reference}.json"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    context = {"case": found.case, "candidacy": found.candidacy, "sections": sections, "made_at": made_at}
    return show(request, "candidate/record.html", context)
