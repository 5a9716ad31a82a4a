"""One unit in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vetting.administration.queries.units import profiles_of
from vetting.organisation.models import Unit
from vetting.web.marks import when
from vetting.web.parts import Fact


def facts_about_unit(unit: Unit) -> list[Fact]:
    """Label and value. Of a protected person the name is not told."""
    manager = unit.access_manager
    facts = [
        Fact(_("Myndighet eller bolag"), unit.authority.name),
        Fact(_("Ligger under"), unit.parent.name if unit.parent else _("Högst upp")),
        Fact(_("Kontrollprofiler"), profiles_of(unit)),
        Fact(_("Från och med"), when(unit.valid_from)),
        Fact(_("Till och med"), when(unit.valid_to) if unit.valid_to else _("Tills vidare")),
    ]
    if manager is not None:
        name = _("Namnet visas inte") if manager.is_protected else manager.display_name
        facts.append(Fact(_("Ger och stänger systembehörigheter"), name))
    if unit.successor is not None:
        facts.append(Fact(_("Ersatt av"), unit.successor.name))
    return facts
