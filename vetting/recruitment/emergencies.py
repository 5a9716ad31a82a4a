"""Break-glass as the door and the pages ask about it: whose is it, where does it reach, does it hold now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from audit.clock import now
from vetting.access.actor import Actor
from vetting.access.door import Facts
from vetting.recruitment.models import BreakGlass

if TYPE_CHECKING:
    from vetting.recruitment.case import Case


@dataclass(frozen=True, slots=True)
class Emergency:
    """One break-glass that a page is about, for the door."""

    glass: BreakGlass

    def facts_for(self, actor: Actor) -> Facts:
        """Whose it is, and in which authority."""
        return facts_of(self.glass, actor)


def facts_of(glass: BreakGlass, actor: Actor) -> Facts:
    """What the door needs to know; `recruitment__unit` loaded. Only whoever opened it ends it, and never reviews it."""
    is_mine = glass.person_id == actor.person_id
    unit = glass.recruitment.unit
    return Facts(
        authority_id=unit.authority_id,
        unit_path=unit.path,
        is_own=is_mine,
        relations=frozenset({"owner", "opener"}) if is_mine else frozenset(),
    )


def held_in(glasses: Iterable[BreakGlass], actor: Actor) -> BreakGlass | None:
    """The one that this account holds at this moment, or None."""
    moment = now()
    return next(
        (one for one in glasses if one.account_id == actor.account_id and one.state(moment) == "open"), None
    )


def emergency_line(glass: BreakGlass) -> str:
    """What gives her sight of the recruitment, and until when."""
    return _("Nödåtkomst till kl. %(time)s, bara läsning") % {
        "time": date_format(localtime(glass.until), "H.i")
    }


def is_finalist(case: Case, person: UUID) -> bool:
    """Whether the person is known to be a finalist here herself (setting OWN_CASE)."""
    found: bool = import_string(settings.OWN_CASE)(case.pk, person)
    return found


def alarm(rule: str, person: UUID, recruitment: UUID, at: datetime) -> None:
    """Tell an auditor in the same moment what `person` did (setting ALARM); in the caller's transaction."""
    import_string(settings.ALARM)(rule, person=person, recruitment=recruitment, at=at)
