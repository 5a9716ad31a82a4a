"""The one question: may this permission be used here? Pure, exhaustive, a few microseconds.

How a cell and its relations read together:

- ``excludes`` wins over everything: role, substitution, any grant.
- A role gives the permission when its cell's scope is among the scopes that hold for the object (``all``
  always holds) and every relation it ``requires`` holds.
- ``grants`` gives it without the role, when every relation required of all roles holds. ``substitute``
  gives only what the absent person's role would have given, with that role's requirements.
- ``named_handler`` is required only where the candidate has a protected identity. The caller therefore states
  ``not_protected`` where no such candidate is concerned; saying nothing keeps the requirement (fail closed).
  A substitute never reaches a protected candidate, so ``substitute`` also needs ``not_protected``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from vetting.policy.permissions import PERMISSIONS
from vetting.policy.roles import ROLES

Why = Literal["role", "relation", "substitute", "excluded", "no_role", "outside_scope", "requirement_missing"]

#: A fact the caller states about the object, not a relation of the tables: see the module's text.
NOT_PROTECTED = "not_protected"

_NOBODY: Mapping[str, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer. ``role``: acted under (with a grant by relation, the person's first role), or the nearest miss.

    ``scope``: the matrix cell that gave it. ``relation``: what granted, excluded or is missing.
    """

    allowed: bool
    why: Why
    role: str = ""
    scope: str = ""
    relation: str = ""

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class _Row:
    """One permission, prepared for the question."""

    excludes: frozenset[str]
    grants: frozenset[str]
    requires: frozenset[str]
    #: role -> scope, the roles with ``no`` left out, in the order of the roles
    scopes: Mapping[str, str]
    #: role -> relations required of that role, those required of all included
    role_requires: Mapping[str, frozenset[str]]


def _prepare(code: str) -> _Row:
    permission = PERMISSIONS[code]

    def of(effect: str, *roles: str) -> frozenset[str]:
        return frozenset(r.relation for r in permission.rules if r.effect == effect and r.role in roles)

    scopes = {role: permission.scopes[role] for role in ROLES if permission.scopes[role] != "no"}
    return _Row(
        excludes=of("excludes", "all"),
        grants=of("grants", "all"),
        requires=of("requires", "all"),
        scopes=scopes,
        role_requires={role: of("requires", "all", role) for role in scopes},
    )


_ROWS = {code: _prepare(code) for code in PERMISSIONS}


def allowed(
    permission: str,
    held: Mapping[str, frozenset[str]],
    relations: frozenset[str],
    *,
    absent: Mapping[str, frozenset[str]] = _NOBODY,
    through: frozenset[str] = frozenset(),
) -> Decision:
    """Whether somebody who holds the roles ``held`` and stands in ``relations`` to the object may act.

    ``held``: role -> the scopes that this object satisfies for that role (``own``, ``assigned``, ``unit``,
    ``authority``; ``all`` need not be stated). ``absent``: the same for the person substituted, with the
    relation ``substitute``; ``through``: the relations in which that person stands, for what her role requires. They
    never help one's own roles, and what excludes is judged by ``relations`` alone. Raises KeyError for a permission
    that does not exist.
    """
    row = _ROWS[permission]
    for relation in row.excludes:
        if relation in relations:
            return Decision(False, "excluded", relation=relation)
    by_role = _by_role(row, held, relations)
    if by_role.allowed:
        return by_role
    for relation in row.grants:
        if relation == "substitute" or relation not in relations:
            continue
        if not _missing(row.requires, relations):
            first = next((role for role in ROLES if role in held), "")
            return Decision(True, "relation", role=first, relation=relation)
    if "substitute" in row.grants and "substitute" in relations and NOT_PROTECTED in relations:
        lent = _by_role(row, absent, relations | through)
        if lent.allowed:
            return Decision(True, "substitute", lent.role, lent.scope, "substitute")
    return by_role


def _by_role(row: _Row, held: Mapping[str, frozenset[str]], relations: frozenset[str]) -> Decision:
    """The first role that gives it, or the nearest reason why none does."""
    answer = Decision(False, "no_role")
    for role, scope in row.scopes.items():
        if role not in held:
            continue
        if scope != "all" and scope not in held[role]:
            if answer.why == "no_role":
                answer = Decision(False, "outside_scope", role, scope)
            continue
        missing = _missing(row.role_requires[role], relations)
        if not missing:
            return Decision(True, "role", role, scope)
        answer = Decision(False, "requirement_missing", role, scope, missing)
    return answer


def _missing(required: frozenset[str], relations: frozenset[str]) -> str:
    """The first required relation that does not hold, or an empty string."""
    for relation in sorted(required):
        if relation in relations or (relation == "named_handler" and NOT_PROTECTED in relations):
            continue
        return relation
    return ""
