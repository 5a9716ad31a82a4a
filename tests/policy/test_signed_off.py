"""The declarations equal the agreed tables, cell by cell, in both directions.

The copies in ``signed_off/`` were written apart from the code and hold the rows that are in use.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from vetting.policy.checkpoints import CHECKPOINTS, Checkpoint
from vetting.policy.choices import CHOICES
from vetting.policy.denials import DENIALS
from vetting.policy.engagement_forms import FORMS
from vetting.policy.events import EVENTS
from vetting.policy.grounds import GROUNDS
from vetting.policy.outcomes import OUTCOMES
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.profiles import PROFILES
from vetting.policy.questions import QUESTIONS
from vetting.policy.relations import RELATIONS
from vetting.policy.retention import RETENTION
from vetting.policy.roles import ROLES
from vetting.policy.terms import EFFECTS, SCOPES, WORDS
from vetting.policy.terms import RELATIONS as RELATION_TERMS
from vetting.policy.workflow import MACHINES

Row = dict[str, str]
HERE = Path(__file__).parent / "signed_off"


def agreed(name: str) -> list[Row]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def yes(value: bool) -> str:
    return "yes" if value else "no"


def listed(codes: Iterable[str], empty: str = "") -> str:
    return "|".join(codes) or empty


def some(value: object, empty: str = "") -> str:
    return empty if value is None else str(value)


def roles() -> Iterable[Row]:
    for r in ROLES.values():
        yield {
            "code": r.code,
            "name_sv": r.name,
            "purpose_sv": r.purpose,
            "reads_sealed": yes(r.reads_sealed),
            "second_factor": r.second_factor,
            "incompatible_with": listed(r.incompatible_with, "none"),
        }


def terms() -> Iterable[Row]:
    kinds = {"scope": SCOPES, "relation": RELATION_TERMS, "word": WORDS, "effect": EFFECTS}
    for kind, declared in kinds.items():
        for t in declared.values():
            yield {"kind": kind, "code": t.code, "name_sv": t.name, "meaning_sv": t.meaning}


def permissions() -> Iterable[Row]:
    for p in PERMISSIONS.values():
        yield {
            "code": p.code,
            "label_sv": p.label,
            "what_sv": p.what,
            "kind": p.kind,
            "logged": p.logged,
            "step_up": yes(p.step_up),
            "event": some(p.event, "none"),
        }


def matrix() -> Iterable[Row]:
    return ({"permission": p.code, **p.scopes} for p in PERMISSIONS.values())


def relations() -> Iterable[Row]:
    for code, rules in RELATIONS.items():
        for rule in rules:
            yield {"permission": code, "relation": rule.relation, "effect": rule.effect, "role": rule.role}


def denials() -> Iterable[Row]:
    for d in DENIALS.values():
        yield {
            "code": d.code,
            "roles": listed(d.roles),
            "permissions": listed(d.permissions),
            "reason_sv": d.reason,
        }


def states() -> Iterable[Row]:
    for machine in MACHINES.values():
        for s in machine.states:
            yield {
                "machine": machine.code,
                "code": s.code,
                "label_sv": s.label,
                "final": yes(s.final),
                "meaning_sv": s.meaning,
            }


def transitions() -> Iterable[Row]:
    for machine in MACHINES.values():
        for t in machine.transitions:
            yield {
                "machine": machine.code,
                "name": t.name,
                "sources": listed(t.sources),
                "target": t.target,
                "permission": some(t.permission, "none"),
                "other_than": listed(t.other_than, "none"),
                "reason_required": t.reason,
                "event": some(t.event, "none"),
                "condition_sv": t.condition,
                "automatic": yes(t.automatic),
            }


def events() -> Iterable[Row]:
    for e in EVENTS.values():
        yield {"code": e.code, "sentence_sv": e.sentence, "facts": listed(e.facts), "tree": e.tree}


def grounds() -> Iterable[Row]:
    for g in GROUNDS.values():
        yield {
            "code": g.code,
            "statute": g.statute,
            "title_sv": g.title,
            "valid_from": some(g.valid_from),
            "valid_to": some(g.valid_to),
            "entity_kinds": g.entity_kinds,
            "documentation": g.documentation,
            "rehire_months": some(g.rehire_months),
            "waivable": yes(g.waivable),
            "notes_verify": g.verify,
        }


def renewal(check: Checkpoint) -> str:
    if check.renewal is None:
        return "none"
    return f"{check.renewal.kind}:{some(check.renewal.months, 'at_expiry')}"


def checkpoints() -> Iterable[Row]:
    for c in CHECKPOINTS.values():
        yield {
            "code": c.code,
            "name_sv": c.name,
            "belongs_to": c.belongs_to,
            "stage": c.stage,
            "ground": c.ground,
            "performed_by": listed(c.performed_by),
            "question": some(c.question),
            "intrusive": yes(c.intrusive),
            "outcomes": listed(c.outcomes),
            "evidence_fields": listed(f"{f.name}:{f.type}" for f in c.fields),
            "free_text": yes(c.free_text),
            "must_not_store_sv": "; ".join(c.must_not_store),
            "max_age_months": some(c.max_age_months),
            "blocks": some(c.blocks, "none"),
            "waivable": yes(c.waivable),
            "complete_after_start": yes(c.complete_after_start),
            "reuse": c.reuse,
            "renewal": renewal(c),
            "since": some(c.since),
            "retired": some(c.retired),
            "help_sv": c.help,
            "protected_identity": c.protected_identity,
            "person_number": c.person_number,
            "visible_to": c.visible_to,
            "default_on": yes(c.default_on),
        }


def outcomes() -> Iterable[Row]:
    for check, declared in OUTCOMES.items():
        for code, o in declared.items():
            yield {"checkpoint": check, "code": code, "label_sv": o.label, "means": o.means}


def choices() -> Iterable[Row]:
    for (check, field), options in CHOICES.items():
        for code, label in options.items():
            yield {"checkpoint": check, "field": field, "code": code, "label_sv": label}


def profiles() -> Iterable[Row]:
    for p in PROFILES.values():
        yield {
            "code": p.code,
            "name_sv": p.name,
            "level": str(p.level),
            "checkpoints_added": listed(p.checkpoints_added),
            "checkpoints_removed": listed(p.checkpoints_removed),
            "approvers": str(p.approvers),
            "second_approver_on": listed(p.second_approver_on),
            "attaches_to": p.attaches_to,
            "visible_to": p.visible_to,
            "default_on": yes(p.default_on),
        }


def engagement_forms() -> Iterable[Row]:
    for f in FORMS.values():
        yield {
            "code": f.code,
            "name_sv": f.name,
            "decision_name_sv": f.decision_name,
            "allowed": yes(f.allowed),
            "allowed_note_sv": f.note,
            "checkpoints_added": listed(f.checkpoints_added),
            "checkpoints_removed": listed(f.checkpoints_removed),
            "complete_after_start_allowed": yes(f.complete_after_start_allowed),
            "pool_clearance": yes(f.pool_clearance),
        }


def questions() -> Iterable[Row]:
    for q in QUESTIONS.values():
        yield {
            "code": q.code,
            "text_sv": q.text,
            "asked_when": listed(q.asked_when),
            "answered_by": listed(q.answered_by),
            "unanswered_blocks": yes(q.unanswered_blocks),
            "inherited_from_position": yes(q.inherited_from_position),
        }


def retention() -> Iterable[Row]:
    for r in RETENTION.values():
        yield {
            "what": r.code,
            "name_sv": r.name,
            "term_months": str(r.term),
            "starts_at": r.starts_at,
            "ground": r.ground,
            "note": r.note,
        }


KEYS: Mapping[str, tuple[str, ...]] = {
    "roles": ("code",),
    "terms": ("kind", "code"),
    "permissions": ("code",),
    "matrix": ("permission",),
    "relations": ("permission", "relation", "effect", "role"),
    "denials": ("code",),
    "states": ("machine", "code"),
    "transitions": ("machine", "name"),
    "events": ("code",),
    "grounds": ("code",),
    "checkpoints": ("code",),
    "outcomes": ("checkpoint", "code"),
    "choices": ("checkpoint", "field", "code"),
    "profiles": ("code",),
    "engagement_forms": ("code",),
    "questions": ("code",),
    "retention": ("what",),
}
DECLARED = {name: globals()[name] for name in KEYS}


def keyed(name: str, rows: Iterable[Row]) -> dict[tuple[str, ...], Row]:
    rows = list(rows)
    result = {tuple(row[k] for k in KEYS[name]): row for row in rows}
    assert len(result) == len(rows), f"{name}: a row occurs twice"
    return result


def test_every_agreed_table_is_compared() -> None:
    assert {path.stem for path in HERE.glob("*.csv")} == KEYS.keys()


@pytest.mark.parametrize("name", KEYS)
def test_no_row_is_missing_and_none_is_spare(name: str) -> None:
    assert keyed(name, DECLARED[name]()).keys() == keyed(name, agreed(name)).keys()


@pytest.mark.parametrize("name", KEYS)
def test_every_cell_is_as_agreed(name: str) -> None:
    declared = keyed(name, DECLARED[name]())
    for key, row in keyed(name, agreed(name)).items():
        assert declared[key] == row, f"{name} {key}"
