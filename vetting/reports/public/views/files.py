"""Adding a file, on the page that the code opens. Received in memory, cleaned, sealed; never in the clear on a disk."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from audit.errors import AlreadyDone
from vetting.crypto.written import Code
from vetting.reports.actions.files import Told, add_file
from vetting.reports.errors import BadInput, Refused
from vetting.reports.files.words import NOT_TAKEN
from vetting.reports.public import budget, join, pages, token
from vetting.reports.public.views import inbox
from vetting.reports.public.views.typed import OUT, once_with


def add(request: HttpRequest) -> HttpResponse:
    """One file. While many send files, only some are received at a time, so that text always gets through."""
    if not budget.slots.acquire(blocking=False):
        return pages.refused(503)
    try:
        return _added(request)
    finally:
        budget.slots.release()


def _added(request: HttpRequest) -> HttpResponse:
    try:
        told = token.unseal(inbox.WHAT, request.POST.get(token.FIELD, ""))
    except token.BadToken:
        return pages.page("too_old", 400)
    back = join.opened(Code.from_bits(bytes.fromhex(told["bits"])))
    if back is None:
        return pages.page("come_back", is_wrong=True)
    sent, typed = request.FILES.get("file"), inbox.unsent(request)
    if "end" not in request.POST:
        return inbox.show(back, wrong=_("Filen kom inte fram hel. Försök igen."), typed=typed)
    if sent is None:
        return inbox.show(back, wrong=str(NOT_TAKEN["required"]), typed=typed)
    if typed.get(OUT):
        return inbox.held_back(back, typed)
    if not budget.takes_files():
        return inbox.show(back, wrong=str(NOT_TAKEN["closed"]), typed=typed)
    try:
        data = sent.read()
        said = _said(add_file(back, data, once=once_with(UUID(told["once"]), "file", [data])))
    except AlreadyDone:
        said = _("Det är redan sparat.")
    except BadInput as error:
        return inbox.show(back, wrong=str(NOT_TAKEN[error.errors["file"]]), typed=typed)
    except Refused:
        return inbox.show(
            back, wrong=_("Det gick inte som anmälan ser ut nu. Ingenting ändrades."), typed=typed
        )
    return inbox.show_again(back, said, typed)


def _said(told: Told) -> str:
    if not told.found:
        return _("Filen är sparad. Inget dolt fanns i den.")
    return _("Filen är sparad. Det som var dolt i den är borta ur kopian som mottagarna öppnar.")
