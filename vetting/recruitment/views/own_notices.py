"""*Aviseringar*: how one is told that something waits. In the tool always; by mail as each chooses, without content."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.accounts.models import Person
from vetting.accounts.resume import is_resumed
from vetting.recruitment.forms.own_choices import MailForm
from vetting.recruitment.manager_mail import SUBJECT, TEXT, mail_of
from vetting.recruitment.own_choices import choose_mail
from vetting.recruitment.views.base import done, show
from vetting.web.parts import Link


@page("work.save_view", methods=("GET", "HEAD", "POST"))
def own_notices(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the mail says, word for word, and when one gets it."""
    form = MailForm(request.POST or None, initial={"mail": mail_of(actor.person_id)})
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        choose_mail(actor, form.cleaned_data["mail"])
        done(request, _("Ditt val är sparat."))
        return redirect("account_view")
    person = Person.objects.get(pk=actor.person_id)
    context = {
        "form": form,
        "said": [SUBJECT, TEXT],
        "address": "" if person.is_protected else person.email,
        "is_protected": person.is_protected,
        "sends": settings.ANCHOR_RELAY is not None,
        "breadcrumbs": [Link(_("Mitt konto"), reverse("account_view")), Link(_("Aviseringar"))],
    }
    return show(request, actor, "recruitment/own_notices.html", context)
