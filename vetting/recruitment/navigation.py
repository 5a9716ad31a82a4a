"""The menu: only what this person may open. A page links to nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.access.actor import Actor, actor_of, load_actor
from vetting.access.door import may_somewhere
from vetting.accounts.models import Account
from vetting.policy.roles import ROLES
from vetting.web.parts import Link, Viewer

# (permission, URL name, label, icon)
MENU = (
    ("work.view", "work", gettext_noop("Mitt arbete"), "tasks"),
    ("recruitment.list", "recruitment_list", gettext_noop("Rekryteringar"), "folder"),
    ("opinion.list", "opinion_list", gettext_noop("Säkerhetsyttranden"), "shield"),
    ("engagement.list", "engagement_list", gettext_noop("Anställningar"), "person-group"),
    ("pool_clearance.list", "may_i_book", gettext_noop("Får jag boka?"), "calendar"),
    ("decision.report_to_board", "report_to_board", gettext_noop("Anmäl till nämnd"), "gavel"),
    ("position.list", "position_list", gettext_noop("Befattningar"), "briefcase"),
    ("role.list", "role_list", gettext_noop("Behörigheter"), "key"),
    ("report.list", "report_inbox", gettext_noop("Anmälningar"), "bell"),
    ("figures.view", "control", gettext_noop("Kontrollfunktionen"), "clipboard-check"),
    ("log.view_state", "oversight", gettext_noop("Granskning"), "shield-check"),
)

# What is opened more seldom stands in the person's own menu: about herself, tools, help.
OWN = (
    ("own_log.view", "own_log", gettext_noop("Min läslogg")),
    ("own_access.view", "own_access", gettext_noop("Min åtkomst")),
    ("delegation.create", "delegation_list", gettext_noop("Ersättare")),
)
TOOLS = (
    ("account.create", "first_steps", gettext_noop("Kom igång")),
    ("unit.list", "unit_list", gettext_noop("Enheter")),
    ("delegation_order.view", "delegation_order", gettext_noop("Delegationsordning")),
    ("pool_clearance.list", "clearance_list", gettext_noop("Klar för pool")),
    ("waiver.list", "waiver_list", gettext_noop("Undantag")),
    ("disposal.view", "disposal_list", gettext_noop("Gallring")),
    ("hold.view", "hold_list", gettext_noop("Gallringsstopp")),
    ("declaration.decide", "declarations_to_decide", gettext_noop("Jäv att ta ställning till")),
    ("recusal.set", "matches_to_answer", gettext_noop("Avstängda genom personnummer")),
    ("candidacy.search_name", "search_name", gettext_noop("Sök på namn")),
    ("candidacy.search_number", "search_number", gettext_noop("Sök på personnummer")),
    ("break_glass.open", "open_break_glass", gettext_noop("Ta nödåtkomst")),
    ("break_glass.list", "break_glass_list", gettext_noop("Nödåtkomster")),
    ("recipient_key.list", "key_list", gettext_noop("Mottagarnas nycklar")),
    ("recipient_key.revoke", "key_revocable", gettext_noop("Spärra en nyckel")),
    ("log.view_readers", "recruitments_looked_at", gettext_noop("Rekryteringar att granska")),
    ("opinion.list", "lifted_list", gettext_noop("Lyft")),
    ("sample.list", "sample_list", gettext_noop("Stickprov")),
    ("account.disable", "account_closable", gettext_noop("Stäng ett konto")),
)
HELP = (
    ("catalogue.view", "catalogue", gettext_noop("Kontrollkatalogen")),
    ("about.view", "shortcuts", gettext_noop("Kortkommandon")),
)


DOORS = (
    *(each for each in MENU if each[1] != "work"),
    ("disposal.view", "disposal_list", gettext_noop("Gallring"), "archive"),
)
#: URL name → what is behind the door, for whoever has not been there.
BEHIND = {
    "recruitment_list": gettext_noop("De du får se, med läge och nästa steg"),
    "opinion_list": gettext_noop("Det som väntar på säkerhetsfunktionen"),
    "engagement_list": gettext_noop("De som har börjat, och det som ska förnyas"),
    "may_i_book": gettext_noop("Ja eller nej, med ett datum"),
    "report_to_board": gettext_noop("Beslut enligt delegation, till nästa sammanträde"),
    "position_list": gettext_noop("Kontrollerna som varje befattning kräver"),
    "role_list": gettext_noop("Vem som har vilken roll, och vad den ger"),
    "report_inbox": gettext_noop("De som du är mottagare av"),
    "control": gettext_noop("Hur det går: i tid, undantag, lyft och stickprov"),
    "oversight": gettext_noop("Händelselogg, vem som har läst, larm"),
    "disposal_list": gettext_noop("Det vars tid har gått ut, och besluten om det"),
}


def _open(actor: Actor, entries: Iterable[tuple[str, str, str]]) -> list[Link]:
    """Those of `entries` that the actor may open."""
    return [
        Link(_(label), reverse(name))
        for permission, name, label in entries
        if may_somewhere(actor, permission)
    ]


def ways_of(actor: Actor) -> list[Link]:
    """Where somebody without recruitments of her own goes on from *Mitt arbete*: her doors, and disposal."""
    return [
        Link(_(label), reverse(name), icon, note=_(BEHIND[name]))
        for permission, name, label, icon in DOORS
        if may_somewhere(actor, permission)
    ]


def chrome(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """`nav` and `viewer` for the page's frame."""
    nav = []
    for permission, name, label, icon in MENU:
        if not may_somewhere(actor, permission):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        nav.append(Link(_(label), url, icon))
    here = max((link.url for link in nav if request.path.startswith(link.url)), key=len, default="")
    nav = [replace(link, current=link.url == here) for link in nav]
    roles = [held.role for held in actor.roles if held.role != "employee"] or ["employee"]
    groups = [
        (_("Jag"), [Link(_("Mitt konto"), reverse("account_view")), *_open(actor, OWN)]),
        (_("Mer i arbetet"), _open(actor, TOOLS)),
        (_("Hjälp"), _open(actor, HELP)),
    ]
    viewer = Viewer(
        name=actor.name,
        initials="".join(part[0] for part in actor.name.split()[:2]).upper(),
        role=", ".join(_(ROLES[role].name) for role in roles),
        menu=[group for group in groups if group[1]],
        logout_url=reverse("account_logout"),
    )
    listed = may_somewhere(actor, "recruitment.list")
    return {
        "nav": nav,
        "viewer": viewer,
        "home_url": settings.LOGIN_REDIRECT_URL,
        "list_url": reverse("recruitment_list") if listed else "",
    }


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the menu on every page of somebody signed in, the account's own pages included."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return chrome(request, actor_of(request))


def role_names(account: Account) -> list[str]:
    """The roles in force of an account's person in words, for her own page (setting ACCOUNT_ROLES)."""
    return [_(ROLES[held.role].name) for held in load_actor(account).roles if held.role != "employee"]
