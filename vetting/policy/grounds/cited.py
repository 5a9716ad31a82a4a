"""How a ground is cited to an applicant: the part of it that her employer stands on, and not the other's.

A statute that binds a municipality's authorities is cited in the catalogue beside what a company has instead. Whoever
reads an advert has one employer (dataskyddsförordningen 13.1 c: the legal basis of this processing).
"""

from __future__ import annotations

from typing import Final

from vetting.policy.grounds.model import Entity, Ground
from vetting.policy.text import _

CITED: Final[dict[str, dict[Entity, str]]] = {
    "internal_control": {
        "authority": _("Kommunallagen (2017:725) 6:6"),
        "company": _("Beslutad riktlinje"),
    },
    "own_requirement": {
        "authority": _("Beslutad riktlinje; EU:s dataskyddsförordning art. 6.1 e"),
        "company": _("Beslutad riktlinje; EU:s dataskyddsförordning art. 6.1 f"),
    },
    "conflict_of_interest": {
        "authority": _("Kommunallagen (2017:725) 7:4 och 6:28–32"),
        "company": _("Beslutad riktlinje"),
    },
    "delegated_decision": {
        "authority": _("Kommunallagen (2017:725) 7:5–8 och 13:1–8"),
        "company": _("Behörig företrädare"),
    },
}
"""Code of the ground → kind of employer → what is cited; every other ground is cited as it stands."""


def cited(ground: Ground, entity: Entity) -> str:
    """The statute of `ground` as it is cited to an applicant with an employer of the kind `entity`."""
    return CITED.get(ground.code, {}).get(entity, ground.statute)
