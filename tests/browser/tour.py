"""Every page somebody may open, with the addresses that answer: the routes there are, filled in from her own lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.access.routes import Route, every_route
from vetting.access.actor import Actor
from vetting.access.models import AccountProposal, RoleGrant
from vetting.accounts.models import Account
from vetting.organisation.models import Position
from vetting.oversight.queries.alerts import alerts_of
from vetting.recruitment.case import Case
from vetting.recruitment.queries.visible import reach_of

TRIED_AT_MOST = 60  # addresses per route before it counts as closed to this person
CASES = 15
GROUPS = ["before_advert", "finalist", "decision", "start"]
NOT_PAGES = {"health", "log_verifier"}
# Parts of the room of roles and accounts: place → the ids to try, those that wait for somebody first.
ADMINISTERED: dict[str, Callable[[], list[Any]]] = {
    "role_grant": lambda: list(RoleGrant.objects.order_by("-state").values_list("pk", flat=True)),
    "proposal": lambda: list(AccountProposal.objects.order_by("-state").values_list("pk", flat=True)),
    "account": lambda: list(Account.objects.order_by("username").values_list("pk", flat=True)),
}


def pages_of(client: Client, actor: Actor) -> list[tuple[str, str]]:
    """(route's name, address) of every page that answers this person 200, one address per route."""
    cases = [Case.load(pk) for pk in _cases(actor)]
    positions = list(Position.objects.order_by("title").values_list("pk", flat=True)[:CASES])
    found = []
    for route in every_route():
        if route.declaration is None or "GET" not in route.declaration.methods or route.name in NOT_PAGES:
            continue
        for number, address in enumerate(_addresses(route, cases, positions, actor)):
            if client.get(address).status_code == 200:
                found.append((route.name, address))
                break
            if number >= TRIED_AT_MOST:
                break
    return list({address: (name, address) for name, address in found}.values())


def _cases(actor: Actor) -> list[Any]:
    """Recruitments in reach, of every state: the fullest of each first. Who has no list may have their events."""
    permissions = ("recruitment.list", "recruitment.view_timeline", "log.view_readers")
    reached = next(
        (found for name in permissions if (found := reach_of(actor, name).recruitments).exists()), None
    )
    if reached is None:
        return []
    rows = reached.order_by("state", "-level", "-created_on").values_list("state", "pk")
    by_state: dict[str, list[Any]] = {}
    for state, pk in rows:
        by_state.setdefault(state, []).append(pk)
    share = max(1, CASES // max(1, len(by_state)))
    return [pk for pks in by_state.values() for pk in pks[:share]]


def _addresses(route: Route, cases: list[Case], positions: list[Any], actor: Actor) -> Iterator[str]:
    """The route's addresses, one per combination of parts that this person's cases hold."""
    if not route.places:
        yield reverse(route.name)
    elif route.places == ("alert",):
        yield from (reverse(route.name, kwargs={"alert": alert.pk}) for alert in alerts_of(actor))
    elif set(route.places) & ADMINISTERED.keys():
        (place,) = route.places
        yield from (reverse(route.name, kwargs={place: pk}) for pk in ADMINISTERED[place]())
    elif route.pattern.startswith("befattningar/"):
        yield from (reverse(route.name, kwargs={"pk": pk}) for pk in positions)
    else:
        for case in cases:
            parts = [_parts(case, place) for place in route.places]
            for chosen in product(*parts):
                yield reverse(route.name, kwargs=dict(zip(route.places, chosen, strict=True)))


def _parts(case: Case, place: str) -> list[Any]:
    """What may stand in one place of an address of this case; a few of each kind."""
    if place == "pk":
        return [case.pk]
    if place == "group":
        return GROUPS
    if place == "code":
        return sorted({check.code for check in case.checks})
    rows = {
        "candidacy": case.candidacies[:2],
        "check": [check for check in case.checks if check.state != "not_started"][-3:] or case.checks[:1],
        "opinion": case.opinions[-2:],
        "recusal": case.recusals[:3],
        "grant": case.grants[:1],
        "waiver": case.waivers[:1],
    }
    return [row.pk for row in rows.get(place, [])]
