"""*Min åtkomst*: for everybody, about oneself alone."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.models import RoleGrant
from vetting.access.pages import page
from vetting.administration.explained import assignment_line, day, name_of, role_line
from vetting.administration.queries.own_access import OwnAccess
from vetting.administration.queries.own_access import own_access as read
from vetting.administration.role_page import review_words
from vetting.administration.views.base import show
from vetting.policy.reasons import ROLE_REVOKED
from vetting.policy.roles import ROLES
from vetting.recruitment.models import Recruitment
from vetting.web.parts import Link


@page("own_access.view")
def own_access(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What one has access to and why, since when and by whom; and what has been taken away."""
    found = read(actor)
    context = {
        "may_ask": may_somewhere(actor, "pool_clearance.look_up"),
        "roles": [
            (
                _(ROLES[grant.role].name),
                _(ROLES[grant.role].purpose),
                role_line(grant),
                review_words(grant, actor.on),
            )
            for grant in found.roles
        ],
        "managed": [_link(recruitment) for recruitment in found.managed],
        "assignments": [
            (_link(grant.content_object, reached), assignment_line(grant), review_words(grant, actor.on))
            for grant, reached in found.assignments
        ],
        "posts": _posts(found),
        "taken": [_taken(grant, actor.on) for grant in found.taken],
        "aside": [
            (
                f"{recusal.recruitment.reference} – {recusal.recruitment.position.title}",
                _("Du har anmält jäv den %(day)s och deltar inte.") % {"day": day(recusal.declared_on)},
            )
            for recusal in found.aside
        ],
    }
    return show(request, actor, "administration/own_access.html", context)


def _link(recruitment: Recruitment, reached: bool = True) -> Link:
    label = f"{recruitment.reference} – {recruitment.position.title}"
    return Link(label, reverse("recruitment_view", kwargs={"pk": recruitment.pk}) if reached else "")


def _posts(found: OwnAccess) -> list[str]:
    """What follows from one's post rather than from a role."""
    decides = [
        _("Du får besluta enligt punkt %(code)s i delegationsordningen för %(unit)s, från och med %(day)s.")
        % {"code": point.code, "unit": point.unit.name, "day": day(point.valid_from)}
        for point in found.points
    ]
    manages = [_("Du är behörighetsansvarig för %(unit)s.") % {"unit": unit.name} for unit in found.units]
    return decides + manages


def _taken(grant: RoleGrant, on: date) -> tuple[str, str]:
    """A role that is no more, with when, by whom and why."""
    name = _(ROLES[grant.role].name)
    if grant.ended_by is None or grant.ended_on is None:
        if grant.last_day is None or grant.last_day == grant.answer_by:
            return name, review_words(grant, on)
        return name, _("Upphörde av sig själv efter sin sista dag, %(day)s.") % {"day": day(grant.last_day)}
    said = _("Borttagen av %(who)s den %(day)s.") % {
        "who": name_of(grant.ended_by),
        "day": day(grant.ended_on),
    }
    return name, f"{said} {_(ROLE_REVOKED.get(grant.reason, grant.reason))}."
