"""Every check that a statute demands, and the ways somebody would try to get round one; each refusal is counted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from audit.clock import now
from audit.covered import Covered
from audit.errors import OutsideAct
from audit.models import Entry
from audit.recorder import act
from tests.policy.test_signed_off import agreed
from tests.recruitment.world import SYSTEM
from vetting.access.door import Denied
from vetting.recruitment.actions.errors import Refused
from vetting.recruitment.models import Check, Waiver

STATUTORY = [row["code"] for row in agreed("checkpoints") if row["waivable"] == "no"]
"""As agreed, not as the program has it."""

FULL = bool(os.environ.get("SOAK"))
"""Whether everybody tries everything at the pages; in the suite one person tries each thing."""

REFUSALS = (Refused, Denied, IntegrityError, OutsideAct)


@dataclass
class Tally:
    """How much was tried, and what got through."""

    tried: int = 0
    through: list[str] = field(default_factory=list)

    def attempt(self, what: str, do: Callable[[], object]) -> None:
        """Do it; whatever is not refused has got through, and is taken back."""
        self.tried += 1
        try:
            with transaction.atomic():
                do()
                self.through.append(what)
                transaction.set_rollback(True)
        except REFUSALS:
            pass

    def answered(self, what: str, status: int, unchanged: bool) -> None:
        """A page has answered: refused where nothing was changed by it."""
        self.tried += 1
        if not unchanged or status >= 500:
            self.through.append(f"{what} ({status})")

    def require(self, number: int) -> None:
        """So much was tried, and all of it refused."""
        assert self.through == []
        assert self.tried == number


def visitors(names: tuple[str, ...]) -> Iterator[tuple[str, str, bool]]:
    """(check, who tries it, whether to look at its page too): each check by one of `names`, in full by each."""
    for place, code in enumerate(STATUTORY):
        for name in names if FULL else (names[place % len(names)],):
            yield code, name, FULL or place % 3 == 0


def in_act(row: Covered, subject: UUID | None = None) -> None:
    """Save the row as a program of ours would that had forgotten every rule: in an act, with an entry."""
    with act("check.begun", SYSTEM, subject=subject or row.pk) as entry:
        entry.save(row)


def later_entry() -> int:
    """An entry that is there already, and newer than any row."""
    return int(Entry.objects.order_by("-pk").values_list("pk", flat=True)[0])


def raw_insert(row: Covered, **columns: Any) -> None:
    """An INSERT past the program."""
    for name, value in ({"entry_id": later_entry()} | columns).items():
        setattr(row, name, value)
    fields = row._meta.concrete_fields
    values = [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields]
    names, marks = ", ".join(f'"{each.column}"' for each in fields), ", ".join(["%s"] * len(fields))
    statement = "INSERT INTO {} ({}) VALUES ({})"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(row._meta.db_table, names, marks), values)


def raw_update(row: Covered, **columns: Any) -> None:
    """An UPDATE past the program; the entry is bumped so that only the rules of the row can refuse."""
    fields = [row._meta.get_field(name) for name in columns]
    plain = [getattr(value, "pk", value) for value in columns.values()]
    values = [each.get_db_prep_save(value, connection) for each, value in zip(fields, plain, strict=True)]
    names = ", ".join(f'"{each.column}" = %s' for each in fields)
    statement = 'UPDATE {} SET {}, "entry_id" = "entry_id" + 1 WHERE "id" = %s'
    key = row._meta.pk.get_db_prep_save(row.pk, connection)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(row._meta.db_table, names), [*values, key])


def past_the_managers(row: Covered, **columns: Any) -> None:
    """By the plain manager that Django keeps for itself, which knows nothing of acts."""
    type(row)._base_manager.filter(pk=row.pk).update(**columns, entry_id=later_entry() + 1)


def postponement(check: Check, by: UUID, on: date, **lies: Any) -> Waiver:
    """*Komplettera efter start* of the check, unsaved, whatever the check is."""
    told = {
        "code": check.code, "ground": check.ground, "documentation": check.documentation,
        "is_statutory": check.is_statutory, "state": "in_force", "deferred": True, "reason_code": "start_cannot_wait",
    }  # fmt: skip
    return Waiver(
        recruitment_id=check.recruitment_id,
        candidacy_id=check.candidacy_id,
        of_check=check,
        until=on,
        proposed_by_id=by,
        proposed_on=on,
        barred=by.hex,
        changed_at=now(),
        **(told | lies),
    )
