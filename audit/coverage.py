"""Which columns a commitment covers, for every model and coverage version there has been.

The current version's columns are the model's own. Those of all versions are pinned in a file (AUDIT_COVERAGE), so that
what was committed before a migration is still checked against the columns of its time. A column that has ever been
covered is never removed from the history.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from audit.covered import Covered
from audit.plan import covered_models, plan_by_label, plan_of

Pinned = dict[str, dict[str, list[str]]]


def pinned() -> Pinned:
    """The pinned lists: label → version → columns. Empty where there is no file yet."""
    path = Path(settings.AUDIT_COVERAGE)
    if not path.exists():
        return {}
    found: Pinned = json.loads(path.read_text(encoding="utf-8"))
    return found


def columns_of(label: str, version: int) -> tuple[str, ...] | None:
    """The columns that commitments of this version cover, in order; None where nobody knows."""
    plan = plan_by_label(label)
    if plan is not None and plan.version == version:
        return plan.columns
    found = pinned().get(label, {}).get(str(version))
    return None if found is None else tuple(found)


def differences(models: Iterable[type[Covered]] | None = None) -> list[str]:
    """Where the models (all, where none are given) are not as pinned; one sentence each."""
    told, file = [], pinned()
    for model in covered_models() if models is None else models:
        plan = plan_of(model)
        versions = file.get(plan.label, {})
        found = versions.get(str(plan.version))
        if found is None:
            told.append(f"{plan.label}: version {plan.version} is not pinned")
        elif tuple(found) != plan.columns:
            told.append(
                f"{plan.label}: the columns differ from those of version {plan.version}; raise the version"
            )
        history = {field.attname for field in plan.history._meta.concrete_fields}
        told += [
            f"{plan.label}: {name}, covered by version {number}, is gone from the history"
            for number, columns in versions.items()
            for name in columns
            if name not in history
        ]
    return told


def pin(*, anew: bool = False) -> list[str]:
    """Add the models' current versions to the file; return what was added. Versions already there never change.

    `anew` forgets all earlier versions: only before there is anything committed to keep.
    """
    file: Pinned = {} if anew else pinned()
    added = []
    for model in covered_models():
        plan = plan_of(model)
        versions = file.setdefault(plan.label, {})
        if str(plan.version) not in versions:
            versions[str(plan.version)] = list(plan.columns)
            added.append(f"{plan.label} {plan.version}")
    text = json.dumps(file, indent=1, sort_keys=True, ensure_ascii=False)
    Path(settings.AUDIT_COVERAGE).write_text(text + "\n", encoding="utf-8")
    return added
