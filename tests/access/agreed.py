"""The agreed tables read anew, and the door's answer worked out from them alone: shares no code with the program."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "policy" / "signed_off"
NOBODY: Mapping[str, set[str]] = {}


def _rows(table: str) -> list[dict[str, str]]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def matrix() -> dict[str, dict[str, str]]:
    """permission → role → scope."""
    return {row.pop("permission"): row for row in _rows("matrix")}


@cache
def kinds() -> dict[str, str]:
    """permission → read or act."""
    return {row["code"]: row["kind"] for row in _rows("permissions")}


@cache
def rules() -> dict[str, list[tuple[str, str, str]]]:
    """permission → (effect, relation, role or "all")."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in _rows("relations"):
        found.setdefault(row["permission"], []).append((row["effect"], row["relation"], row["role"]))
    return found


@cache
def roles() -> list[str]:
    """Every agreed role."""
    return [row["code"] for row in _rows("roles")]


@cache
def performers(check: str) -> frozenset[str]:
    """Who performs the check, as the catalogue says: roles and relations."""
    found = next(row["performed_by"] for row in _rows("checkpoints") if row["code"] == check)
    return frozenset(found.split("|"))


def may(
    permission: str,
    held: Mapping[str, set[str]],
    relations: set[str],
    absent: Mapping[str, set[str]] = NOBODY,
) -> bool:
    """Whether somebody with `held` (role → scopes that hold here) and `relations` may, as the tables read.

    An exclusion wins; then a role with its scope and all that is required of it; then what a relation grants; then,
    for a substitute, what the `absent` person's roles would have given. Named handlers are required only about
    somebody with protected identity (`protected` among the relations), and there nobody stands in for another.
    """
    own_rules = rules().get(permission, [])
    if any(effect == "excludes" and relation in relations for effect, relation, _role in own_rules):
        return False

    def required(role: str) -> bool:
        for effect, relation, of in own_rules:
            if effect != "requires" or of not in ("all", role):
                continue
            if relation == "named_handler" and "protected" not in relations:
                continue
            if relation not in relations:
                return False
        return True

    def by_role(roles_held: Mapping[str, set[str]]) -> bool:
        for role, scopes in roles_held.items():
            scope = matrix()[permission].get(role, "no")
            if scope != "no" and scope in scopes | {"all"} and required(role):
                return True
        return False

    if by_role(held):
        return True
    granting = {relation for effect, relation, _role in own_rules if effect == "grants"} & relations
    if granting - {"substitute"} and required("all"):
        return True
    return "substitute" in granting and "protected" not in relations and by_role(absent)


def may_anywhere(permission: str, role: str) -> bool:
    """Whether the role's cell gives the permission for any object at all: what a list or a menu goes by."""
    anyone = any(
        effect == "grants" and relation == "anyone" for effect, relation, _role in rules().get(permission, [])
    )
    return anyone or matrix()[permission].get(role, "no") != "no" or matrix()[permission]["employee"] != "no"
