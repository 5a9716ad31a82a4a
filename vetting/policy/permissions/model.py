"""What one permission is. Its row in the matrix and its relations are declared beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from vetting.policy.matrix import MATRIX
from vetting.policy.relations import RELATIONS, Rule

Kind = Literal["read", "act", "reveal", "export", "admin"]
Logged = Literal["no", "always", "outside_assignment"]


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing a person may be allowed to do, and how it is logged.

    ``step_up``: the person proves who they are again just before. ``event``: code of the audit event.
    """

    code: str
    label: str
    what: str
    kind: Kind
    logged: Logged = "always"
    event: str | None = None
    step_up: bool = False

    @property
    def scopes(self) -> Mapping[str, str]:
        """Role -> scope (``no``, ``own``, ``assigned``, ``unit``, ``authority``, ``all``)."""
        return MATRIX[self.code]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The relations that grant, are required or exclude."""
        return RELATIONS.get(self.code, ())
