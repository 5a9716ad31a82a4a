"""The one question, over every role, scope and relation, against an oracle read from the agreed copies."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest

from vetting.policy.decide import NOT_PROTECTED, allowed
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.relations import RELATIONS
from vetting.policy.roles import ROLES
from vetting.policy.terms import SCOPES

HERE = Path(__file__).parent / "signed_off"
OBJECT_SCOPES = [scope for scope in SCOPES if scope not in ("no", "all")]


def agreed(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MATRIX = {row["permission"]: row for row in agreed("matrix")}
RULES: dict[str, list[dict[str, str]]] = {}
for _row in agreed("relations"):
    RULES.setdefault(_row["permission"], []).append(_row)


def relations_of(permission: str) -> list[str]:
    return sorted({rule["relation"] for rule in RULES.get(permission, ())} | {NOT_PROTECTED})


def oracle(permission: str, role: str, scopes: frozenset[str], relations: frozenset[str]) -> bool:
    """What terms.csv says, written out plainly for one role and no substitution."""
    rules = RULES.get(permission, [])
    if any(r["effect"] == "excludes" and r["relation"] in relations for r in rules):
        return False

    def fulfilled(applies_to: set[str]) -> bool:
        for rule in rules:
            if rule["effect"] == "requires" and rule["role"] in applies_to:
                waived = rule["relation"] == "named_handler" and NOT_PROTECTED in relations
                if rule["relation"] not in relations and not waived:
                    return False
        return True

    cell = MATRIX[permission][role]
    if (cell == "all" or cell in scopes) and fulfilled({"all", role}):
        return True
    granting = {r["relation"] for r in rules if r["effect"] == "grants"} - {"substitute"}
    return bool(granting & relations) and fulfilled({"all"})


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_every_role_scope_and_relation(permission: str) -> None:
    known = relations_of(permission)
    subsets = [
        frozenset(chosen) for size in range(len(known) + 1) for chosen in itertools.combinations(known, size)
    ]
    for role in ROLES:
        for scopes in (frozenset(), *(frozenset({s}) for s in OBJECT_SCOPES), frozenset(OBJECT_SCOPES)):
            for relations in subsets:
                answer = allowed(permission, {role: scopes}, relations)
                expected = oracle(permission, role, scopes, relations)
                assert answer.allowed is expected, (role, scopes, relations, answer)


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_nobody_gets_only_what_is_open_to_anyone(permission: str) -> None:
    open_to_all = any(r["relation"] == "anyone" for r in RULES.get(permission, ()))
    assert allowed(permission, {}, frozenset({"anyone"})).allowed is open_to_all
    assert not allowed(permission, {}, frozenset())


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_an_exclusion_beats_every_role_and_relation_together(permission: str) -> None:
    everything = {role: frozenset(SCOPES) for role in ROLES}
    for rule in RULES.get(permission, ()):
        if rule["effect"] == "excludes":
            others = {r.relation for r in RELATIONS[permission]} | {NOT_PROTECTED, "substitute", "anyone"}
            answer = allowed(permission, everything, frozenset(others), absent=everything)
            assert answer.why == "excluded"


def test_the_answer_names_the_role_and_scope_acted_under() -> None:
    held = {"hr_officer": frozenset({"assigned"}), "employee": frozenset({"own"})}
    answer = allowed("recruitment.edit", held, frozenset())
    assert (answer.allowed, answer.why, answer.role, answer.scope) == (True, "role", "hr_officer", "assigned")


def test_a_protected_candidate_is_opened_by_a_named_handler_alone() -> None:
    held = {"hr_officer": frozenset({"assigned"})}
    assert not allowed("candidacy.reveal", held, frozenset())
    assert allowed("candidacy.reveal", held, frozenset({"named_handler"}))
    assert allowed("candidacy.reveal", held, frozenset({NOT_PROTECTED}))


def test_a_substitute_has_what_the_absent_person_has_and_no_more() -> None:
    manager = {"hiring_manager": frozenset({"own"})}
    substitute = frozenset({"substitute", NOT_PROTECTED})
    assert allowed("recruitment.edit", {}, substitute, absent=manager)
    assert not allowed("recruitment.edit", {}, substitute)
    assert not allowed("recruitment.edit", {}, frozenset({"substitute"}), absent=manager)
    assert not allowed("candidacy.reveal", {}, frozenset({"substitute", "named_handler"}), absent=manager)
    # The role's own requirement follows along: a manager opens only checks she has recorded herself.
    assert not allowed("check.reveal", {}, substitute, absent=manager)
    assert allowed("check.reveal", {}, substitute | {"check_recorder"}, absent=manager)


def test_a_substitute_signs_only_as_a_valid_delegate() -> None:
    manager = {"hiring_manager": frozenset({"own"})}
    substitute = frozenset({"substitute", NOT_PROTECTED})
    assert not allowed("decision.sign", {}, substitute, absent=manager)
    assert allowed("decision.sign", {}, substitute | {"deciding_delegate"}, absent=manager)


def test_an_unknown_permission_is_an_error_not_a_no() -> None:
    with pytest.raises(KeyError):
        allowed("recruitment.shred", {}, frozenset())
