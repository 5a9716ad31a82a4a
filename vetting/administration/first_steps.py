"""What an administrator sets up before the first recruitment, and what remains: read from what is there, never kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetting.access.models import RoleGrant
from vetting.accounts.models import Account
from vetting.organisation.models import Authority, DelegationPoint, Position, Unit
from vetting.policy.roles import ROLES

NEEDED = {
    "hiring_manager": 1,
    "hr_officer": 1,
    "hr_head": 1,
    "security_officer": 2,
    "security_head": 1,
    "administrator": 2,
    "auditor": 1,
}
"""Role → the least number of holders with whom every step can be taken: two where four eyes are of the same role."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to set up: what, what there is of it now, what is wanting ("" where nothing is), and where."""

    name: str
    there: str
    wanting: str
    url: str

    @property
    def is_done(self) -> bool:
        """Whether nothing is wanting."""
        return not self.wanting


def steps() -> list[Step]:
    """Every step in the order in which they are taken. Some fifteen queries, whatever the size of the municipality."""
    return [_units(), _people(), _roles(), _delegation(), _positions(), _keys()]


def remaining() -> list[Step]:
    """The steps in which something is wanting."""
    return [step for step in steps() if not step.is_done]


def _units() -> Step:
    bodies, units = Authority.objects.count(), Unit.objects.count()
    empty = Authority.objects.annotate(n=Count("units")).filter(n=0).count() if bodies else 0
    wanting = (
        "" if bodies else _("Börja med en nämnd eller ett bolag, och läs sedan in enheterna från en lista.")
    )
    if empty:
        words = ngettext("%(n)s nämnd har inga enheter.", "%(n)s nämnder har inga enheter.", empty)
        wanting = words % {"n": empty}
    there = _("%(bodies)s nämnder och bolag, %(units)s enheter") % {"bodies": bodies, "units": units}
    return Step(_("Enheter"), there, wanting, reverse("unit_list"))


def _people() -> Step:
    active = Account.objects.filter(is_active=True)
    number, waiting = active.count(), active.filter(must_change_password=True).count()
    wanting = _("Lägg upp dem som ska arbeta här.") if number < sum(NEEDED.values()) else ""
    there = ngettext("%(n)s konto", "%(n)s konton", number) % {"n": number}
    if waiting:
        words = ngettext("%(n)s har inte loggat in än", "%(n)s har inte loggat in än", waiting)
        there += f", {words % {'n': waiting}}"
    return Step(_("Personer"), there, wanting, reverse("account_list"))


def _roles() -> Step:
    held = dict(
        RoleGrant.objects.filter(state=RoleGrant.State.ACTIVE, role__in=NEEDED)
        .order_by()
        .values_list("role")
        .annotate(n=Count("person", distinct=True))
    )
    short = [
        _("%(role)s: %(n)s av minst %(least)s")
        % {"role": _(ROLES[code].name), "n": held.get(code, 0), "least": least}
        for code, least in NEEDED.items()
        if held.get(code, 0) < least
    ]
    there = _("%(n)s av %(all)s roller har innehavare") % {"n": len(NEEDED) - len(short), "all": len(NEEDED)}
    return Step(_("Roller"), there, "; ".join(short), reverse("role_list"))


def _delegation() -> Step:
    number = DelegationPoint.objects.filter(is_substitute=False).count()
    there = ngettext("%(n)s punkt", "%(n)s punkter", number) % {"n": number}
    wanting = "" if number else _("Utan delegat kan bara nämnden besluta om anställning.")
    return Step(_("Delegationsordning"), there, wanting, reverse("delegation_order"))


def _positions() -> Step:
    rows = Position.objects.filter(retired_on=None)
    counted = rows.aggregate(
        n=Count("pk"), unassessed=Count("pk", filter=~Q(risk_state=Position.RiskState.CONFIRMED))
    )
    there = ngettext("%(n)s befattning", "%(n)s befattningar", counted["n"]) % {"n": counted["n"]}
    wanting = (
        ""
        if counted["n"]
        else _("HR lägger upp befattningarna, och säkerhetsfunktionen bekräftar deras risk.")
    )
    if counted["n"] and counted["n"] == counted["unassessed"]:
        wanting = _("Ingen befattning har en bekräftad riskbedömning.")
    return Step(_("Befattningar"), there, wanting, reverse("position_list"))


def _keys() -> Step:
    channels = import_string(settings.CHANNEL_RECIPIENTS)()
    short = [
        _("%(channel)s: %(n)s av minst %(least)s") % {"channel": label, "n": number, "least": least}
        for label, number, least in channels
        if number < least
    ]
    ready = len(channels) - len(short)
    there = _("%(n)s av %(all)s kanaler har mottagare med nyckel") % {"n": ready, "all": len(channels)}
    return Step(_("Mottagarnas nycklar"), there, "; ".join(short), reverse("key_list"))
