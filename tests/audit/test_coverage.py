"""The covered models and the pinned lists of their columns."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from django.test.utils import isolate_apps

from audit import checks, coverage
from audit.covered import Covered
from audit.plan import covered_models, plan_of
from tests.audit.testapp.models import Note


def test_the_service_s_models_are_as_pinned() -> None:
    """After a change of columns: raise COVERAGE_VERSION, then `manage.py audit_coverage --pin`."""
    assert coverage.differences(m for m in covered_models() if m._meta.app_label != "audit_tests") == []


@pytest.fixture
def file(settings, tmp_path):
    settings.AUDIT_COVERAGE = tmp_path / "coverage.json"
    return settings.AUDIT_COVERAGE


def test_a_model_that_is_not_pinned_is_told_and_pinned(file) -> None:
    assert coverage.differences([Note]) == ["audit_tests.note: version 1 is not pinned"]
    with pytest.raises(CommandError, match="is not pinned"):
        call_command("audit_coverage")
    call_command("audit_coverage", pin=True, stdout=io.StringIO())
    assert coverage.differences([Note]) == []
    assert coverage.columns_of("audit_tests.note", 1) == plan_of(Note).columns


def test_changed_columns_ask_for_a_new_version(file) -> None:
    columns = [name for name in plan_of(Note).columns if name != "blob"]
    file.write_text(json.dumps({"audit_tests.note": {"1": columns}}))
    assert coverage.differences([Note]) == [
        "audit_tests.note: the columns differ from those of version 1; raise the version"
    ]
    assert coverage.pin() != []
    assert coverage.pinned()["audit_tests.note"]["1"] == columns


def test_a_covered_column_is_never_removed(file) -> None:
    file.write_text(json.dumps({"audit_tests.note": {"0": ["gone"], "1": list(plan_of(Note).columns)}}))
    assert coverage.differences([Note]) == [
        "audit_tests.note: gone, covered by version 0, is gone from the history"
    ]


def test_the_models_can_be_covered() -> None:
    assert checks.check_covered_models(None) == []


@isolate_apps("tests.audit.testapp")
def test_what_cannot_be_covered_is_told() -> None:
    class Bad(Covered):
        entry = models.BigIntegerField()  # in this registry of models there is no log to refer to
        weight = models.FloatField()
        changed = models.DateTimeField(auto_now=True)
        given = models.IntegerField(db_default=1)
        others = models.ManyToManyField("self")
        objects = models.Manager()

        class Meta:
            app_label = "audit_tests"

    told = checks._faults(Bad)
    assert len(told) == 5
    assert "changed takes its time" in "".join(told)
