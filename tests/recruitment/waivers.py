"""Waivers as people propose and sign them, and what an administrator with the database would try."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from audit.covered import Covered
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment.actions.candidacy import proceed_candidacy
from vetting.recruitment.actions.waiver import confirm_waiver, propose_waiver
from vetting.recruitment.case import Case
from vetting.recruitment.engine.rows import Row, candidacy_rows
from vetting.recruitment.models import Waiver

WORDS = "Referenten är bortrest till den femte nästa månad."


def almost(world: World, position: str = "buyer", left: str = "references", **more: Any) -> tuple[Walk, Any]:
    """A finalist with everything before the decision to go on done but the check `left`."""
    walk = Walk(world, position, **more).open()
    finalist = walk.finalist()
    walk.finish({"before_advert"})
    walk.answer_candidacy(finalist)
    case = walk.case()
    for check in case.checks_of(case.candidacy(finalist.pk)):
        spec = CHECKPOINTS[check.code]
        if (
            spec.stage == "finalist"
            and not spec.intrusive
            and check.code != left
            and check.state != "not_applicable"
        ):
            walk.record(check, by="hr" if "hr_officer" in spec.performed_by else walk.manager)
    return walk, finalist


def propose(
    walk: Walk,
    finalist: Any,
    code: str = "references",
    *,
    by: str = "manager",
    until: date | None = None,
    reason_code: str = "answer_delayed",
    reason: str = WORDS,
) -> UUID:
    """Propose; the waiver's id."""
    case = walk.case()
    check = case.check_named(code, case.candidacy(finalist.pk))
    assert check is not None
    waiver = propose_waiver(
        case,
        by=walk.world.actor(by),
        check=check,
        until=until or walk.on + timedelta(days=30),
        reason_code=reason_code,
        reason=reason,
    )
    return waiver.pk


def put_proposal(world: World, case: Case, finalist: Any) -> UUID:
    """A proposal about the finalist's references, which are done: for a case on which no more is to be left open."""
    references = case.check_named("references", case.candidacy(finalist.pk))
    assert references is not None
    hr = world.person("hr")
    waiver = Waiver(
        recruitment=case.recruitment,
        candidacy=case.candidacy(finalist.pk),
        of_check=references,
        state="proposed",
        until=world.today,
        reason_code="answer_delayed",
        proposed_by=hr,
        proposed_on=world.today,
        barred=f"{hr.pk.hex} {world.person_id('manager').hex}",
        changed_at=hr.created_at,
        **{name: getattr(references, name) for name in ("code", "ground", "documentation", "is_statutory")},
    )
    put(waiver)
    return waiver.pk


def confirm(walk: Walk, waiver: UUID, by: str = "hr_head") -> None:
    """Sign as `by`."""
    case = walk.case()
    confirm_waiver(case, by=walk.world.actor(by), waiver=case.waiver(waiver))


def waive(walk: Walk, finalist: Any, code: str = "references", **more: Any) -> UUID:
    """Propose as the manager and sign as the head of HR."""
    found = propose(walk, finalist, code, **more)
    confirm(walk, found)
    return found


def row(walk: Walk, finalist: Any, code: str = "references") -> Row:
    """The check as it is shown today."""
    case = walk.case()
    return next(r for r in candidacy_rows(case, case.candidacy(finalist.pk)) if r.spec.code == code)


def go_on(walk: Walk, finalist: Any) -> None:
    """The decision to go on, and the intrusive checks after it."""
    case = walk.case()
    proceed_candidacy(case, by=walk.world.actor("hr"), candidacy=case.candidacy(finalist.pk))
    case = walk.case()
    for check in case.checks_of(case.candidacy(finalist.pk)):
        if CHECKPOINTS[check.code].intrusive and check.state == "not_started" and not check.is_statutory:
            walk.record(check)


def stored(waiver: UUID) -> Waiver:
    """The row as it lies in the database."""
    found: Waiver = Waiver.objects.get(pk=waiver)
    return found


def raw(table: str, pk: UUID, **columns: Any) -> None:
    """An UPDATE past the program; the entry is bumped so that only the rules of the row can refuse."""

    def key(value: Any) -> Any:
        return value.hex if isinstance(value, UUID) and connection.vendor == "sqlite" else value

    names = ", ".join(f"{name} = %s" for name in columns)
    statement = "UPDATE {} SET {}, entry_id = entry_id + 1 WHERE id = %s"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, names), [*(key(value) for value in columns.values()), key(pk)])


def raw_copy(pk: UUID, model: type[Covered] = Waiver, **columns: Any) -> None:
    """An INSERT past the program: the row itself (a waiver's) again, with other values in `columns`."""
    told = model.objects.filter(pk=pk).values().get() | {"id": uuid4()} | columns
    fields: list[Any] = [model._meta.get_field(name) for name in told]
    values = [field.get_db_prep_save(told[field.attname], connection) for field in fields]
    statement = "INSERT INTO {} ({}) VALUES ({})"
    names, marks = ", ".join(field.column for field in fields), ", ".join(["%s"] * len(fields))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(model._meta.db_table, names, marks), values)
