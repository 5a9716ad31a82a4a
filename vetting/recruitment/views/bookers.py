"""*Vem får boka?*: the dated assignments of one's own units, one more, and the end of one."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from audit.errors import AlreadyDone
from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.recruitment.actions.booker import appoint_booker, end_booker
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.forms.pool import BookerForm
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.recruitment.models import PoolBooker
from vetting.recruitment.queries import pool
from vetting.recruitment.views.base import done, once_of, show
from vetting.recruitment.views.forming import status_of

APPOINT, END = "pool_booker.appoint", "pool_booker.end"


@page(APPOINT, methods=("GET", "HEAD", "POST"))
def bookers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who may book in one's own units, and the form that lets one more."""
    found = pool.places(actor, APPOINT)
    units = list(found.units.filter(valid_to=None).order_by("path"))
    form = BookerForm(request.POST or None, units=units)
    if request.method == "POST" and not is_resumed(request) and form.is_valid() and _appoint(actor, form):
        done(request, _("Uppdraget gäller. Personen kan fråga, och ser inget annat."))
        return redirect("bookers")
    rows = pool.bookers_of(found, actor.on)
    context = {
        "form": form,
        "rows": [
            (row, _("Namnet visas inte") if row.person.is_protected else row.person.display_name)
            for row in rows
        ],
        "has_units": bool(units),
    }
    return show(request, actor, "recruitment/bookers.html", context, status=status_of(request, form))


def _appoint(actor: Actor, form: BookerForm) -> bool:
    """Whether it was done (or had been, by a first click); otherwise the form says why not."""
    account, typed = form.account, form.cleaned_data
    if account is None or account.person_id == actor.person_id:
        form.add_error("username", str(INPUT_ERRORS["no_booker"]))
        return False
    unit = form.units[typed["unit"]]
    try:
        with transaction.atomic():
            appoint_booker(
                by=actor, person=account.person, unit=unit, until=typed["until"], once=form.once_key
            )
    except AlreadyDone:
        return True
    except BadInput as error:
        for name, code in error.errors.items():
            form.add_error(name, str(INPUT_ERRORS[code]))
        return False
    except Denied:
        raise Http404 from None
    return True


@page(END, methods=("POST",))
def end(request: HttpRequest, actor: Actor) -> HttpResponse:
    """End one of the assignments of one's own units; another's is not found, and that it is over changes nothing."""
    try:
        with transaction.atomic():
            rows = pool.bookers_of(pool.places(actor, END), actor.on).select_for_update(of=("self",))
            row = rows.filter(pk=UUID(request.POST.get("booker", ""))).first()
            if row is not None and not is_resumed(request):
                end_booker(row, by=actor, once=once_of(request))
                done(request, _("Uppdraget är avslutat."))
    except (ValueError, AlreadyDone, WrongState, PoolBooker.DoesNotExist):
        return redirect("bookers")
    except Denied:
        raise Http404 from None
    return redirect("bookers")
