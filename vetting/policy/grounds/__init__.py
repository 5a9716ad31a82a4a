"""The legal grounds, each with the days on which it carries a check and for whom."""

from __future__ import annotations

from datetime import date

from vetting.policy.grounds import checks, general, labour
from vetting.policy.grounds.model import Documentation, Entity, Ground

GROUNDS: dict[str, Ground] = {
    ground.code: ground for module in (general, labour, checks) for ground in module.DECLARED
}


def ground_in_force(code: str, on: date, entity: Entity = "authority") -> bool:
    """True when the ground ``code`` is in force that day for that kind of employer.

    Raises KeyError for a ground that does not exist.
    """
    ground = GROUNDS[code]
    return ground.in_force(on) and ground.available_to(entity)


__all__ = ["GROUNDS", "Documentation", "Entity", "Ground", "ground_in_force"]
