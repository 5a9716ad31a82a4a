"""*Nödåtkomst*: the page that takes the exact reference and the reason, and the button that ends it."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.errors import AlreadyDone
from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.access.pages import note_refusal, page
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.policy.emergency import MINUTES
from vetting.recruitment.actions import break_glass as act
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.emergencies import Emergency
from vetting.recruitment.forms.break_glass import OpenForm
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.recruitment.labels import refusal
from vetting.recruitment.models import BreakGlass
from vetting.recruitment.queries.emergencies import own_open
from vetting.recruitment.views.base import done, once_of, show
from vetting.web.errors import conflict
from vetting.web.forms import typed_in
from vetting.web.parts import Link


def load_emergency(glass: UUID, **kwargs: object) -> Emergency:
    """The break-glass of the address. Raises Http404."""
    found = BreakGlass.objects.select_related("recruitment__unit", "person").filter(pk=glass).first()
    if found is None:
        raise Http404
    return Emergency(found)


@page("break_glass.open", methods=("GET", "HEAD", "POST"))
def open_break_glass(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What it is, and the form. The answer is the same whatever the reason that nothing was opened."""
    form = OpenForm(request.POST or None)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        require_step_up(request)
        answer = _opened(request, actor, form)
        if answer is not None:
            return answer
    held = own_open(actor)
    context = {
        "form": form,
        "minutes": MINUTES,
        "held": held.recruitment if held is not None else None,
        "breadcrumbs": [Link(_("Mitt arbete"), reverse("work")), Link(_("Nödåtkomst"))],
    }
    return show(request, actor, "recruitment/open_break_glass.html", context)


def _opened(request: HttpRequest, actor: Actor, form: OpenForm) -> HttpResponse | None:
    """The recruitment's page, or None with what is wrong on the form."""
    typed = form.cleaned_data
    here = reverse("open_break_glass")
    try:
        glass = act.open_break_glass(
            by=actor, reference=typed["reference"], reason=typed["reason"], once=form.once_key
        )
    except AlreadyDone:
        held = own_open(actor)
        return redirect("recruitment_view", pk=held.recruitment_id) if held is not None else redirect(here)
    except Denied:
        note_refusal(actor, act.PERMISSION)
        form.add_error("reference", _("Ingen rekrytering öppnades. Kontrollera beteckningen."))
        return None
    except BadInput as error:
        for name, code in error.errors.items():
            form.add_error(name, str(INPUT_ERRORS[code]))
        return None
    except WrongState as error:
        return conflict(request, what=refusal(error.state), back_url=here, typed=typed_in(form))
    except IntegrityError:
        # Two opened in the same moment: the database lets one through.
        return conflict(request, what=refusal("open_elsewhere"), back_url=here, typed=typed_in(form))
    done(request, _("Nödåtkomsten är öppen i %(minutes)s minuter. Dina kollegor och revisorn ser att du har tagit den.")
         % {"minutes": MINUTES})  # fmt: skip
    return redirect("recruitment_view", pk=glass.recruitment_id)


@page("break_glass.end", load=load_emergency, methods=("POST",))
def end_break_glass(request: HttpRequest, actor: Actor, emergency: Emergency, glass: UUID) -> HttpResponse:
    """*Avsluta nödåtkomst*."""
    try:
        act.end_break_glass(glass, by=actor, once=once_of(request))
    except AlreadyDone:
        pass
    except WrongState:
        # The hour ran out meanwhile: what was asked for is so.
        done(request, _("Nödåtkomsten hade redan upphört."))
        return redirect("work")
    done(request, _("Nödåtkomsten är avslutad."))
    return redirect("work")
