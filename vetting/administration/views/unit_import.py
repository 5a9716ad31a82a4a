"""*Läs in enheter*: a list is read, shown as it will become, and laid up when that has been confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.administration.actions import unit_import as act
from vetting.administration.forms.unit_import import HEAD, ImportForm
from vetting.administration.queries import units as query
from vetting.administration.views.acting import saved
from vetting.administration.views.base import show, status_of, trail
from vetting.administration.views.units import units_link
from vetting.policy.profiles import PROFILES


@page("unit.create", methods=("GET", "HEAD", "POST"))
def import_units(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Nothing is kept between the two presses but what the page itself carries."""
    form = ImportForm(
        request.POST or None,
        authorities=query.authorities(),
        units=query.places(actor.on),
        on=actor.on,
    )

    def do() -> None:
        act.import_units(form.rows, by=actor, once=form.once_key)

    answer = saved(request, actor, "unit.create", form, do, back=reverse("unit_list"))
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        n = len(form.rows)
        said = ngettext("%(n)s enhet är upplagd.", "%(n)s enheter är upplagda.", n) % {"n": n}
        messages.success(request, said)
        return redirect("unit_list")
    context = {
        "form": form,
        "head": ";".join(HEAD),
        "rows": [
            (
                row,
                row.under.name if row.under else "–",
                ", ".join(_(PROFILES[code].name) for code in row.profiles),
            )
            for row in form.rows
        ],
        "breadcrumbs": trail(units_link(), _("Läs in enheter")),
    }
    return show(request, actor, "administration/import_units.html", context, status=status_of(request, form))
