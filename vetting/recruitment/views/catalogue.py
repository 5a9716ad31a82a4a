"""What anybody signed in may read of the rules: the catalogue of checks, the roles and the matrix, who holds what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.policy.checkpoints import CHECKPOINTS, STAGES
from vetting.policy.grounds import GROUNDS
from vetting.policy.matrix import COLUMNS
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.profiles import PROFILES
from vetting.policy.retention import RETENTION
from vetting.policy.roles import ROLES
from vetting.policy.terms import EFFECTS, RELATIONS, SCOPES
from vetting.policy.workflow import MACHINES
from vetting.recruitment.position_page import STAGE_NAMES
from vetting.recruitment.queries.role_holders import holders_for
from vetting.recruitment.tasks import legal_of
from vetting.recruitment.views.about import term_of
from vetting.recruitment.views.base import show


@page("catalogue.view")
def catalogue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every check with its ground, how long it holds, what to record and what never; never the inner ones."""
    seen = [check for check in CHECKPOINTS.values() if check.visible_to == "all"]
    groups = [
        (
            STAGE_NAMES[stage],
            [
                (check, legal_of(check), GROUNDS[check.ground].in_force(actor.on))
                for check in seen
                if check.stage == stage
            ],
        )
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


@page("policy.view")
def policy(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The roles, what each may do, the ways through the work and the terms of retention, as the program has them."""
    inner = {code for code in PERMISSIONS if code.startswith("protective.")}
    context = {
        "roles": [
            (role, [_(ROLES[code].name) for code in role.incompatible_with]) for role in ROLES.values()
        ],
        "columns": [(short, _(ROLES[code].name)) for short, code in COLUMNS.items()],
        "matrix": [
            (
                _(permission.label),
                _(permission.what),
                [_(SCOPES[scope].name) if scope != "no" else "" for scope in permission.scopes.values()],
                [(_(EFFECTS[r.effect].name), _(RELATIONS[r.relation].name)) for r in permission.rules],
                permission.step_up,
            )
            for code, permission in PERMISSIONS.items()
            if code not in inner
        ],
        "scopes": list(SCOPES.values()),
        "machines": [machine for machine in MACHINES.values() if machine.code != "hold"],
        "retention": [(_(row.name), term_of(row), _(row.note)) for row in RETENTION.values()],
    }
    return show(request, actor, "recruitment/policy.html", context)


@page("role.list")
def role_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who holds which role, since when and on whose signatures."""
    groups = [(_(ROLES[code].name), _(ROLES[code].purpose), rows) for code, rows in holders_for(actor)]
    return show(request, actor, "recruitment/role_list.html", {"groups": groups})
