"""System checks: models that cannot be covered, commands that would thin the history, triggers that are not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.core.management import get_commands
from django.db import connections, models

from audit.covered import Covered, CoveredQuerySet
from audit.errors import NotCanonical
from audit.plan import covered_models, plan_of

REFUSED_COMMANDS = ("clean_old_history", "clean_duplicate_history", "populate_history")


def check_covered_models(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Errors for covered models with columns, managers or relations that would go past the history."""
    found: list[checks.CheckMessage] = []
    for model in covered_models():
        found += [checks.Error(told, obj=model, id="audit.E001") for told in _faults(model)]
    return found


def _faults(model: type[Covered]) -> list[str]:
    told = []
    try:
        plan_of(model)
    except NotCanonical as error:
        told.append(str(error))
    if model._meta.local_many_to_many or len(model._meta.parents):
        told.append(
            "many-to-many relations and model inheritance have tables of their own that are not covered"
        )
    told += [
        f"the manager {manager.name} lets update() and delete() past the history; build it from CoveredQuerySet"
        for manager in model._meta.managers
        if not isinstance(manager.get_queryset(), CoveredQuerySet)
    ]
    for field in model._meta.concrete_fields:
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            told.append(f"{field.name} takes its time from the wall; set it from the act")
        if field.db_default is not models.NOT_PROVIDED:
            told.append(f"{field.name} gets its value from the database, which the history cannot see")
        if field.generated:
            told.append(f"{field.name} is worked out by the database, which the history cannot see")
    return told


def check_history_commands(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """An error where simple-history's commands that remove or invent history are not replaced by ours."""
    commands = get_commands()
    return [
        checks.Error(f"{name} is not refused.", hint='Put "audit" before "simple_history".', id="audit.E002")
        for name in REFUSED_COMMANDS
        if commands.get(name, "audit") != "audit"
    ]


def check_triggers(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Warnings for triggers that differ from the declared. Not errors: those would stop the migration that mends it."""
    from audit.triggers import differences

    return [
        checks.Warning(told, hint="Run migrate.", obj=connections[name], id="audit.W001")
        for name in databases or ()
        for told in differences(name)
    ]
