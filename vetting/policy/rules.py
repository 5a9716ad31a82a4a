"""One rule about a relation: what it does to a permission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Effect = Literal["grants", "requires", "excludes"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One relation and its effect on a permission, for one role or for ``all``."""

    effect: Effect
    relation: str
    role: str = "all"


def grants(relation: str) -> Rule:
    """The relation gives the permission, without the role or within the role of the person substituted."""
    return Rule("grants", relation)


def requires(relation: str, role: str = "all") -> Rule:
    """The relation must hold on top of the role."""
    return Rule("requires", relation, role)


def excludes(relation: str) -> Rule:
    """The relation takes the permission away whatever else holds."""
    return Rule("excludes", relation)
