"""Unlocking one's keys for a shift, and locking them again."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.crypto.slots import WrongSecret
from vetting.reports.forms.vault import UnlockForm
from vetting.reports.vault import Vault, keep, keys_of, lock, unlock
from vetting.reports.views.base import INBOX, done, show, trail, vault_of


@page("vault.unlock", methods=("GET", "HEAD", "POST"))
def vault_unlock(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One passphrase opens each of the person's keys that it fits, for a quarter of an hour."""
    # Before the passphrase is typed, so that it never travels through the page that asks who one is.
    require_step_up(request)
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        opened = open_keys(actor, form.cleaned_data["phrase"], vault_of(request, actor))
        if opened is not None:
            done(request, _("Din nyckel är upplåst."))
            return with_vault(request, redirect(_target(request)), opened)
        form.add_error("phrase", _("Lösenfrasen öppnar ingen av dina nycklar. Kontrollera orden."))
    shown = {
        "form": form,
        "keys": keys_of(actor),
        "till": _target(request),
        "breadcrumbs": trail(_("Lås upp")),
    }
    return show(request, actor, "reports/unlock.html", shown, status=422 if form.errors else 200)


@page("vault.lock", methods=("POST",))
def vault_lock(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Forget the keys now."""
    lock(request.session, by=actor)
    done(request, _("Din nyckel är låst."))
    answer = redirect(INBOX)
    answer.delete_cookie(settings.VAULT_COOKIE_NAME, samesite="Strict")
    return answer


def open_keys(actor: Actor, phrase: str, also: Vault | None) -> Vault | None:
    """The keys that the passphrase opens, beside those open before; None where it opens none. Raises Http404."""
    opened = None
    for key in keys_of(actor):
        try:
            opened = unlock(key, phrase, by=actor, also=opened or also)
        except WrongSecret:
            continue
        except Denied:
            raise Http404 from None
    return opened


def with_vault(request: HttpRequest, answer: HttpResponse, vault: Vault) -> HttpResponse:
    """`answer` with the cookie that alone opens what the session holds."""
    answer.set_cookie(
        settings.VAULT_COOKIE_NAME,
        keep(request.session, vault),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer


def _target(request: HttpRequest) -> str:
    """Where to go afterwards: within the room alone."""
    inbox = reverse(INBOX)
    target = request.POST.get("till") or request.GET.get("till", "")
    is_here = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith(inbox)
    return target if is_here else inbox
