"""The tables are sound, and each rule really notices when a cell is changed to something unlawful."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from django.core import checks

from audit.events import EventSpec
from vetting.policy.checkpoints import CHECKPOINTS, EvidenceField, Renewal
from vetting.policy.choices import CHOICES
from vetting.policy.events import EVENTS
from vetting.policy.grounds import GROUNDS
from vetting.policy.handling import COLUMNS, Handling
from vetting.policy.matrix import MATRIX
from vetting.policy.outcomes import OUTCOMES, Outcome
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.places import NARROWEST
from vetting.policy.profiles import PROFILES
from vetting.policy.reasons import NOT_SELECTED
from vetting.policy.relations import RELATIONS, grants, requires
from vetting.policy.roles import ROLES
from vetting.policy.soundness import findings
from vetting.policy.workflow import MACHINES

Table = dict[object, object]


def test_the_tables_are_sound() -> None:
    assert findings() == []


def test_the_program_checks_them_when_it_starts() -> None:
    assert checks.run_checks(tags=["policy"]) == []
    assert "policy" in checks.registry.registry.tags_available()


def check(code: str, **changes: object) -> tuple[Table, object, object]:
    return CHECKPOINTS, code, replace(CHECKPOINTS[code], **changes)  # type: ignore[return-value,arg-type]


def cell(permission: str, role: str, scope: str) -> tuple[Table, object, object]:
    return MATRIX, permission, MappingProxyType({**MATRIX[permission], role: scope})  # type: ignore[return-value]


def step(machine: str, name: str, **changes: object) -> tuple[Table, object, object]:
    old = MACHINES[machine]
    steps = tuple(replace(t, **changes) if t.name == name else t for t in old.transitions)  # type: ignore[arg-type]
    return MACHINES, machine, replace(old, transitions=steps)  # type: ignore[return-value]


def without_step(machine: str, *names: str) -> tuple[Table, object, object]:
    old = MACHINES[machine]
    steps = tuple(t for t in old.transitions if t.name not in names)
    return MACHINES, machine, replace(old, transitions=steps)  # type: ignore[return-value]


def rules_without(permission: str, relation: str) -> tuple[Table, object, object]:
    kept = tuple(rule for rule in RELATIONS[permission] if rule.relation != relation)
    return RELATIONS, permission, kept  # type: ignore[return-value]


UNLAWFUL: dict[str, tuple[str, Callable[[], tuple[Table, object, object]]]] = {
    "a cell is missing": (
        "every_cell_is_filled",
        lambda: (MATRIX, "check.record", MappingProxyType({"hr_officer": "assigned"})),  # type: ignore[return-value]
    ),
    "a relation nobody knows": (
        "relations_are_known",
        lambda: (RELATIONS, "check.record", (requires("cousin"),)),  # type: ignore[return-value]
    ),
    "the recused may record": ("recusal_always_excludes", lambda: rules_without("check.record", "recused")),
    "HR gives the opinion": (
        "nobody_prepares_and_approves",
        lambda: cell("opinion.decide", "hr_officer", "unit"),
    ),
    "the preparer may vote": (
        "nobody_prepares_and_approves",
        lambda: rules_without("opinion.decide", "preparer"),
    ),
    "HR signs waivers": ("waivers_take_two", lambda: cell("waiver.confirm", "hr_officer", "assigned")),
    "the manager signs a waiver": (
        "waivers_take_two",
        lambda: rules_without("waiver.confirm", "hiring_manager"),
    ),
    "a waiver hides from who signs": (
        "statutory_checks_stand_firm",
        lambda: check("references", visible_to="protective_security"),
    ),
    "the administrator reads": (
        "administrators_read_nothing",
        lambda: cell("check.reveal", "administrator", "all"),
    ),
    "the auditor reads": ("administrators_read_nothing", lambda: cell("candidacy.reveal", "auditor", "all")),
    "a role that a denial forbids": ("denials_hold", lambda: cell("role.confirm", "administrator", "all")),
    "a relation past a denial": (
        "denials_hold",
        lambda: (RELATIONS, "role.confirm", (*RELATIONS["role.confirm"], grants("line_manager"))),  # type: ignore[return-value]
    ),
    "whoever proposed confirms": (
        "nobody_confirms_alone",
        lambda: rules_without("role.confirm", "proposer"),
    ),
    "one who confirms may propose": (
        "nobody_confirms_alone",
        lambda: cell("role.propose", "hr_head", "authority"),
    ),
    "a unit that is an authority": (
        "places_fit_the_matrix",
        lambda: (NARROWEST, "hr_head", "unit"),  # type: ignore[return-value]
    ),
    "half an incompatibility": (
        "incompatibility_is_mutual",
        lambda: (ROLES, "auditor", replace(ROLES["auditor"], incompatible_with=())),  # type: ignore[return-value]
    ),
    "sealed with a password alone": (
        "sealed_readers_have_second_factor",
        lambda: (ROLES, "hr_officer", replace(ROLES["hr_officer"], second_factor="none")),  # type: ignore[return-value]
    ),
    "a reveal that leaves no trace": (
        "acts_are_logged",
        lambda: (
            PERMISSIONS,
            "check.reveal",
            replace(PERMISSIONS["check.reveal"], logged="no", event=None),
        ),  # type: ignore[return-value]
    ),
    "a name in the log": (
        "sentences_use_their_facts",
        lambda: (EVENTS, "x", EventSpec("x", "{role} såg {name}.", ("role", "name"))),  # type: ignore[return-value]
    ),
    "an event of nothing": (
        "events_are_of_something",
        lambda: (EVENTS, "x", EventSpec("x", "{role}.", ("role",))),  # type: ignore[return-value]
    ),
    "a column of no class": (
        "columns_have_class_and_retention",
        lambda: (COLUMNS, "a.b.c", Handling("whatever", "case")),  # type: ignore[return-value]
    ),
    "a state nobody reaches": (
        "states_are_reachable",
        lambda: without_step("candidacy", "proceed", "take_over"),
    ),
    "a dead end": (
        "states_are_consistent",
        lambda: without_step("recusal", "let_participate", "exclude", "set", "end", "end_cancelled"),
    ),
    "out of a final state": (
        "states_are_consistent",
        lambda: step("recruitment", "reopen", sources=("decided", "closed")),
    ),
    "a step without a power": (
        "steps_have_powers_and_events",
        lambda: step("check", "assess", permission=None),
    ),
    "the same person twice": (
        "other_persons_are_excluded",
        lambda: rules_without("position.confirm_risk", "proposer"),
    ),
    "a list that is not there": ("listed_reasons_exist", lambda: step("check", "resume", reason="list")),
    "a reason about a check": (
        "listed_reasons_exist",
        lambda: (NOT_SELECTED, "extract", "Utdraget visades inte"),  # type: ignore[return-value]
    ),
    "a ground that is not there": ("grounds_exist", lambda: check("id_check", ground="hunch")),
    "an outcome that fails people": (
        "nothing_means_failed",
        lambda: (OUTCOMES, "id_check", {"confirmed": Outcome("Underkänd", "done")}),  # type: ignore[return-value]
    ),
    "not shown is recorded": (
        "shown_only_has_one_act",
        lambda: check("crim_school", outcomes=("shown", "not_shown")),
    ),
    "the extract's date is kept": (
        "shown_only_has_one_act",
        lambda: check(
            "crim_school", fields=(EvidenceField("shown_on", "date"), EvidenceField("issued_on", "date"))
        ),
    ),
    "HR notes the extract": (
        "shown_only_has_one_act",
        lambda: check("crim_school", performed_by=("hr_officer",)),
    ),
    "a remark on an extract": ("free_text_is_rare", lambda: check("crim_hvb", free_text=True)),
    "a statute is waived": ("statutory_checks_stand_firm", lambda: check("crim_school", waivable=True)),
    "a statute is postponed": (
        "statutory_checks_stand_firm",
        lambda: check("license_teacher", complete_after_start=True),
    ),
    "a statute's ground is waivable": (
        "statutory_checks_stand_firm",
        lambda: (GROUNDS, "extract_school", replace(GROUNDS["extract_school"], waivable=True)),  # type: ignore[return-value]
    ),
    "employees are looked up every year": (
        "employees_are_not_looked_up",
        lambda: check("company_roles", renewal=Renewal("declaration", 12)),
    ),
    "an extract is reused": (
        "reuse_follows_the_statute",
        lambda: check("crim_leading", reuse="statutory_exemption"),
    ),
    "reuse without end": ("reuse_follows_the_statute", lambda: check("id_check", max_age_months=None)),
    "level 4 with one opinion": (
        "profiles_and_forms_hold",
        lambda: (
            PROFILES,
            "security_vetting_required",
            replace(PROFILES["security_vetting_required"], approvers=1),
        ),
    ),
    "a class that shows": (
        "protective_security_is_hidden",
        lambda: (PROFILES, "manager", replace(PROFILES["manager"], checkpoints_added=("sec_citizenship",))),
    ),
    "inner steps switched on": (
        "protective_security_is_hidden",
        lambda: check("sec_register_control", default_on=True),
    ),
    "a ground that ends before it begins": (
        "retention_has_grounds",
        lambda: (GROUNDS, "claims", replace(GROUNDS["claims"], valid_to=date(2000, 1, 1))),  # type: ignore[return-value]
    ),
    "options of a field that is not there": (
        "references_hold",
        lambda: (CHOICES, ("id_check", "eye_colour"), {"blue": "Blå"}),  # type: ignore[return-value]
    ),
}


@pytest.mark.parametrize("what", UNLAWFUL)
def test_a_cell_changed_to_something_unlawful_is_found(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rule, change = UNLAWFUL[what]
    table, key, value = change()
    monkeypatch.setitem(table, key, value)
    assert rule in {finding.rule for finding in findings()}


def test_every_rule_has_been_seen_to_notice_something() -> None:
    from vetting.policy import soundness_catalogue, soundness_powers, soundness_workflow

    rules = (*soundness_powers.RULES, *soundness_workflow.RULES, *soundness_catalogue.RULES)
    assert {rule.__name__ for rule in rules} == {rule for rule, _change in UNLAWFUL.values()}
