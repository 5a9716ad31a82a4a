"""The agreed tables read anew, and the door's answer worked out from them alone: shares no code with the program."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "policy" / "signed_off"


@cache
def matrix() -> dict[str, dict[str, str]]:
    """permission → role → scope."""
    with (FOLDER / "matrix.csv").open(encoding="utf-8") as file:
        return {row.pop("permission"): row for row in csv.DictReader(file)}


@cache
def rules() -> dict[str, list[tuple[str, str, str]]]:
    """permission → (effect, relation, role or "all")."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    with (FOLDER / "relations.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["permission"], []).append((row["effect"], row["relation"], row["role"]))
    return found


@cache
def roles() -> list[str]:
    """Every agreed role."""
    with (FOLDER / "roles.csv").open(encoding="utf-8") as file:
        return [row["code"] for row in csv.DictReader(file)]


def may(permission: str, held: dict[str, set[str]], relations: set[str]) -> bool:
    """Whether somebody with `held` (role → scopes that hold here) and `relations` may, as the tables read.

    An exclusion wins; then a role with its scope and all that is required of it; then what a relation grants.
    Named handlers are required only about somebody with protected identity (`protected` among the relations).
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

    for role, scopes in held.items():
        scope = matrix()[permission].get(role, "no")
        if scope != "no" and scope in scopes | {"all"} and required(role):
            return True
    granted = any(
        effect == "grants" and relation in relations and relation != "substitute"
        for effect, relation, _role in own_rules
    )
    return granted and required("all")


def may_anywhere(permission: str, role: str) -> bool:
    """Whether the role's cell gives the permission for any object at all: what a list or a menu goes by."""
    anyone = any(
        effect == "grants" and relation == "anyone" for effect, relation, _role in rules().get(permission, [])
    )
    return anyone or matrix()[permission].get(role, "no") != "no" or matrix()[permission]["employee"] != "no"
