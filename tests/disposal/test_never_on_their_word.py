"""Keys lie outside the database: whoever writes in it does not get the service to destroy them for her."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import clock
from audit.recorder import Who, record
from tests.disposal.cases import Over, months
from tests.disposal.test_carry_out import GRACE, decided, on
from vetting.crypto import keystore
from vetting.disposal.jobs import finish_keys
from vetting.disposal.models import Lot
from vetting.recruitment.jobs import finish_protection, finish_undoing
from vetting.recruitment.models import Candidacy, KeyToDestroy

SERVICE = Who(person_id=None, account_id=None, role="system")


def write(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def stored(key: UUID) -> object:
    return key.hex if connection.vendor == "sqlite" else key


def later() -> int:
    """An entry of somebody's, after all the others: what the database asks of a changed row."""
    return record("operation.commanded", SERVICE, facts={"command": "x", "result": "done"}).id


def version_like(pk: UUID, **changed: object) -> None:
    """A version of the finalist's row written beside the true ones, past the log."""
    changed["history_id"] = stored(uuid4())
    names = [field.column for field in Candidacy.history.model._meta.concrete_fields]
    listed, values = (", ".join(each) for each in (names, ["%s" if n in changed else n for n in names]))
    copied = (
        "INSERT INTO recruitment_historicalcandidacy ({}) SELECT {}"
        " FROM recruitment_historicalcandidacy WHERE id = %s LIMIT 1"
    )
    given = [changed[name] for name in names if name in changed]
    write(copied.format(listed, values), *given, stored(pk))


def emptied(pk: UUID, column: str, value: object) -> None:
    """Her row as the act would leave it, with `column` saying so."""
    statement = (
        "UPDATE recruitment_candidacy SET {} = %s, entry_id = %s, name = NULL, contact = NULL, number = NULL,"
        " number_kind = 'none', alias = '' WHERE id = %s"
    )
    write(statement.format(column), value, later(), stored(pk))


def test_no_key_goes_because_somebody_wrote_that_she_was_disposed_of(
    over: Over, caplog: pytest.LogCaptureFixture
) -> None:
    pk = over.engaged.pk
    emptied(pk, "disposed_on", "2026-01-01")
    finish_keys()
    assert keystore.existing([pk]) == {pk}
    assert "1 keys that outlived a disposal are let be" in caplog.text
    assert "live-edited" in caplog.text


def test_no_key_goes_because_somebody_wrote_that_she_is_protected(over: Over) -> None:
    made = keystore.made_at(over.engaged.pk)
    version_like(over.engaged.pk, is_protected=True, history_date=clock.now() + timedelta(days=1))
    emptied(over.engaged.pk, "is_protected", True)
    finish_protection()
    assert keystore.made_at(over.engaged.pk) == made


def test_no_key_goes_because_somebody_wrote_it_down_among_those_to_destroy(over: Over) -> None:
    taken = uuid4()  # as one whose row she has taken: history names the key, and nothing else does
    keystore.create(taken)
    version_like(over.engaged.pk, id=stored(taken))
    KeyToDestroy.objects.create(pk=taken)
    finish_undoing()
    assert keystore.existing([taken]) == {taken}


def test_nothing_is_carried_out_where_the_tables_say_other_than_the_log(over: Over) -> None:
    day: date = months(over.finalise(), 24)
    lot = decided(over, "candidacy_not_engaged", day)
    with on(day + GRACE):
        write(
            "UPDATE recruitment_candidacy SET outcome = %s, entry_id = %s WHERE id = %s",
            "x", later(), stored(over.engaged.pk),
        )  # fmt: skip
        with pytest.raises(CommandError, match="not what the log says") as refused:
            call_command("dispose", "--execute", stdout=StringIO(), stderr=StringIO())
        assert refused.value.returncode == 2
    assert Lot.objects.get(pk=lot.pk).state == "confirmed"
    assert keystore.existing([over.left.pk])
