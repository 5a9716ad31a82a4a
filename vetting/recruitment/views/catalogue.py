"""What anybody signed in may read of the rules: the catalogue of checks, the roles and the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
from vetting.web.parts import Task

_FOR_ALL = [p for p in PERMISSIONS.values() if len(set(p.scopes.values())) == 1]
_BY_ROLE = [p for p in PERMISSIONS.values() if len(set(p.scopes.values())) > 1]


@page("catalogue.view")
def catalogue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every check with its ground, how long it holds, what to record and what never; never the inner ones."""
    seen = [check for check in CHECKPOINTS.values() if check.visible_to == "all"]
    groups = [
        (STAGE_NAMES[stage], [_told(check, actor.on) for check in seen if check.stage == stage])
        for stage in STAGES
    ]
    profiles = [
        (
            _(profile.name),
            profile.level,
            profile.approvers,
            [_(CHECKPOINTS[code].name) for code in profile.checkpoints_added],
        )
        for profile in PROFILES.values()
        if profile.visible_to == "all"
    ]
    context = {"groups": [group for group in groups if group[1]], "profiles": profiles}
    return show(request, actor, "recruitment/catalogue.html", context)


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
    """The roles, what each may do, the ways through the work and the terms of retention, as the program has them."""
    context = {
        "roles": [
            (role, [_(ROLES[code].name) for code in role.incompatible_with]) for role in ROLES.values()
        ],
        "matrix": [
            (_("Alla som är inloggade"), [_rule(p, "employee") for p in _FOR_ALL]),
            *(
                (_(role.name), [_rule(p, code) for p in _BY_ROLE if p.scopes[code] != "no"])
                for code, role in ROLES.items()
            ),
        ],
        "scopes": list(SCOPES.values()),
        "machines": list(MACHINES.values()),
        "retention": [(_(row.name), term_of(row), _(row.note)) for row in RETENTION.values()],
    }
    return show(request, actor, "recruitment/policy.html", context)
