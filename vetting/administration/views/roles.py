"""Who holds which role."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.administration.queries.role_holders import holders_for
from vetting.administration.views.base import show
from vetting.policy.roles import ROLES


@page("role.list")
def role_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who holds which role, since when and on whose signatures."""
    groups = [(_(ROLES[code].name), _(ROLES[code].purpose), rows) for code, rows in holders_for(actor)]
    return show(request, actor, "administration/role_list.html", {"groups": groups}, here="role_list")
