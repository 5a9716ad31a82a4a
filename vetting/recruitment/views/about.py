"""Pages about the service that anybody may read, and the demonstration's accounts."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.access.pages import public
from vetting.organisation.models import Organisation
from vetting.policy.retention import PRESERVE, RETENTION, UNTIL_RELEASED, Retention
from vetting.policy.roles import ROLES
from vetting.recruitment.demo.accounts import candidate_pages, listing

SHORTCUTS = {
    "/": gettext_noop("Sök: till sökrutan, eller till listan över rekryteringar"),
    "g m": gettext_noop("Gå till Mitt arbete"),
    "g r": gettext_noop("Gå till Rekryteringar"),
    "j": gettext_noop("Nästa rad"),
    "k": gettext_noop("Föregående rad"),
    "?": gettext_noop("Den här hjälpen"),
}


@public("about.view")
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (lag 2018:1937 om tillgänglighet till digital offentlig service)."""
    return render(request, "about/accessibility.html")


@public("about.view")
def personal_data(request: HttpRequest) -> HttpResponse:
    """How personal data are handled, with the terms of retention from the policy (GDPR articles 13 and 14)."""
    kept = [(_(row.name), term_of(row), _(row.note)) for row in RETENTION.values()]
    return render(request, "about/personal_data.html", {"kept": kept})


@public("about.view")
def shortcuts(request: HttpRequest) -> HttpResponse:
    """The keys of `static/app/shortcuts.js`, and the box that switches them off."""
    keys = [(key.split(), _(what)) for key, what in SHORTCUTS.items()]
    return render(request, "about/shortcuts.html", {"keys": keys})


@public("demo.view_accounts")
def demo_accounts(request: HttpRequest) -> HttpResponse:
    """The demonstration's accounts. Outside it there is no such page."""
    if not settings.DEMO or not Organisation.objects.filter(is_demonstration=True).exists():
        raise Http404
    groups: dict[str, list[dict[str, object]]] = {}
    for account in listing():
        groups.setdefault(account["role"], []).append(account)
    shown = [(_(ROLES[role].name), _(ROLES[role].purpose), accounts) for role, accounts in groups.items()]
    context = {"groups": shown, "sign_in_url": settings.LOGIN_URL, "own_pages": candidate_pages()}
    return render(request, "about/demo_accounts.html", context)


def term_of(row: Retention) -> str:
    """How long a kind of record is kept, in words."""
    if row.term == PRESERVE:
        return _("Bevaras")
    if row.term == UNTIL_RELEASED:
        return _("Tills stoppet hävs")
    months = int(row.term)
    if months == 0:
        return _("Genast")
    if months % 12 == 0:
        return _("%(n)s år") % {"n": months // 12}
    return _("%(n)s månader") % {"n": months}
