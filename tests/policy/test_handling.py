"""Every stored column has a handling class and a retention; nothing else is stored."""

from __future__ import annotations

from django.apps import apps

from vetting.crypto.sealed import CiphertextField
from vetting.policy.handling import COLUMNS, compare, handling_of

OURS = ("audit", "crypto", "accounts", "organisation", "access", "recruitment", "reports", "oversight")


def stored() -> list[str]:
    columns = []
    for label in OURS:
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            name = model._meta.label_lower
            columns += [f"{name}.{field.column}" for field in model._meta.concrete_fields]
    return columns


def test_every_stored_column_is_declared_and_every_declared_one_is_stored() -> None:
    difference = compare(stored(), OURS)
    assert difference.undeclared == (), "declare these in vetting/policy/handling_tables.py"
    assert difference.stale == (), "these are declared but not stored"


def test_sealed_columns_are_sealed_and_no_others() -> None:
    sealed = set()
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            fields = [f for f in model._meta.concrete_fields if isinstance(f, CiphertextField)]
            sealed |= {f"{model._meta.label_lower}.{field.column}" for field in fields}
    # The parts of a file are sealed as well, in pieces that no field could hold.
    sealed |= {"reports.filepart.blob"}
    assert {c for c in stored() if handling_of(c).handling == "sealed"} == sealed


def test_a_column_nobody_declared_is_found() -> None:
    difference = compare([*COLUMNS, "recruitment.check.gossip"], OURS)
    assert difference.undeclared == ("recruitment.check.gossip",)
    assert compare(set(COLUMNS) - {"accounts.account.email"}, OURS).stale == ("accounts.account.email",)


def test_history_is_handled_as_its_table() -> None:
    assert handling_of("recruitment.historicalcandidacy.name").handling == "sealed"
    assert handling_of("recruitment.historicalcandidacy.history_date").handling == "log"
