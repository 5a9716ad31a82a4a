"""What anybody signed in may read of the rules: the catalogue of checks, the roles and the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.policy.checkpoints import CHECKPOINTS, STAGES, Checkpoint
from vetting.policy.grounds import GROUNDS
from vetting.policy.permissions import PERMISSIONS, Permission
from vetting.policy.profiles import PROFILES
from vetting.policy.retention import RETENTION
from vetting.policy.roles import ROLES
from vetting.policy.terms import EFFECTS, RELATIONS, SCOPES
from vetting.policy.workflow import MACHINES
from vetting.recruitment.position_page import STAGE_NAMES
from vetting.recruitment.tasks import legal_of
from vetting.recruitment.views.about import term_of
from vetting.recruitment.views.base import show
from vetting.web.parts import Link, Task

PROFILE, MAY_DO = "profiler", "behorigheter"
"""Parts of the two pages, as their addresses name them."""
_FOR_ALL = [p for p in PERMISSIONS.values() if len(set(p.scopes.values())) == 1]
_BY_ROLE = [p for p in PERMISSIONS.values() if len(set(p.scopes.values())) > 1]


@page("catalogue.view")
def catalogue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every check with its ground, how long it holds, what to record and what never; never the inner ones.

    One stage at a time, and the profiles by themselves: a page that a phone fetches at once.
    """
    seen = [check for check in CHECKPOINTS.values() if check.visible_to == "all"]
    used = {check.stage for check in seen}
    parts = [(str(stage), str(STAGE_NAMES[stage])) for stage in STAGES if stage in used]
    tabs, chosen = _parts(request, [*parts, (PROFILE, _("Kontrollprofiler"))])
    context = {
        "tabs": tabs,
        "name": dict(parts).get(chosen, ""),
        "tasks": [_told(check, actor.on) for check in seen if check.stage == chosen],
        "profiles": _profiles() if chosen == PROFILE else [],
    }
    return show(request, actor, "recruitment/catalogue.html", context)


def _parts(request: HttpRequest, parts: list[tuple[str, str]]) -> tuple[list[Link], str]:
    """The parts of a page as tabs, and the one asked for: the first where the address names none of them."""
    asked = request.GET.get("visa", "")
    chosen = asked if asked in dict(parts) else parts[0][0]
    return [Link(label, f"?visa={code}", current=code == chosen) for code, label in parts], chosen


def _profiles() -> list[tuple[str, int, int, list[str]]]:
    return [
        (
            _(profile.name),
            profile.level,
            profile.approvers,
            [_(CHECKPOINTS[code].name) for code in profile.checkpoints_added],
        )
        for profile in PROFILES.values()
        if profile.visible_to == "all"
    ]


def _told(check: Checkpoint, on: date) -> Task:
    kind, status = "done", _("I bruk")
    if not GROUNDS[check.ground].in_force(on):
        kind, status = "blocked", _("Lagstödet gäller inte i dag")
    elif not check.default_on:
        kind, status = "not_needed", _("Avstängd från början")
    note = _("Bara för den som föreslås för platsen.") if check.intrusive else ""
    return Task(_(check.name), kind, status=status, note=note, legal=legal_of(check))


@dataclass(frozen=True, slots=True)
class Rule:
    """One permission of one role, in words; `rules` are what grants it besides, is required on top, or excludes."""

    label: str
    what: str
    scope: str
    rules: tuple[tuple[str, str], ...]
    step_up: bool


def _rule(permission: Permission, role: str) -> Rule:
    rules = tuple(
        (_(EFFECTS[rule.effect].name), _(RELATIONS[rule.relation].name))
        for rule in permission.rules
        if rule.role in ("all", role)
    )
    scope = _(SCOPES[permission.scopes[role]].name)
    return Rule(_(permission.label), _(permission.what), scope, rules, permission.step_up)


@page("policy.view")
def policy(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The roles, what each may do, the ways through the work and the terms of retention, as the program has them.

    A part at a time, and of what roles may do one role at a time (`?roll=`); at first what everybody may.
    """
    names = {role.code: _(role.name) for role in ROLES.values()}
    tabs, chosen = _parts(
        request,
        [
            ("roller", _("Roller")),
            (MAY_DO, _("Vad varje roll får göra")),
            ("arbetsgang", _("Arbetsgång")),
            ("bevarande", _("Bevarande och gallring")),
        ],
    )
    asked = request.GET.get("roll", "")
    context = {
        "tabs": tabs,
        "part": chosen,
        "roles": [(role, [names[code] for code in role.incompatible_with]) for role in ROLES.values()],
        "scopes": [scope for scope in SCOPES.values() if scope.code != "no"],
        "machines": list(MACHINES.values()),
        "retention": [(_(row.name), term_of(row), _(row.note)) for row in RETENTION.values()],
        **_may_do(asked if asked in ROLES else "", names),
    }
    return show(request, actor, "recruitment/policy.html", context)


def _may_do(role: str, names: dict[str, str]) -> dict[str, Any]:
    """What a role may do, or everybody where none is named, and the way to each of the others."""
    everybody = _("Alla som är inloggade")
    rules = (
        [_rule(p, role) for p in _BY_ROLE if p.scopes[role] != "no"]
        if role
        else [_rule(p, "employee") for p in _FOR_ALL]
    )
    ways = [("", everybody), *names.items()]
    return {
        "who": names.get(role, everybody),
        "rules": rules,
        "ways": [Link(name, f"?visa={MAY_DO}&roll={code}", current=code == role) for code, name in ways],
    }
