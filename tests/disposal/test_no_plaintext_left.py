"""After the disposal nothing of the person can be read: not in a file, not in a row, not with the keys of today."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from tests.disposal.cases import NAMES, Over, months
from tests.disposal.test_carry_out import GRACE, decided, on
from tests.harness.databases import RealDatabase
from tests.recruitment.test_no_plaintext import _places
from tests.recruitment.world import build_world
from vetting.crypto.value import bytes_of
from vetting.disposal.actions.carrying import Result, carry_out
from vetting.recruitment.actions.candidacy_outcome import mark_protected
from vetting.recruitment.models import Candidacy, Check

ALIAS, KEPT = "Kanariefågel Sju", "Kassaskåp Kanarieholmen"


@pytest.mark.deadline(300)
def test_what_lay_open_and_what_was_sealed_is_gone_from_every_file(
    real_db: RealDatabase, tmp_path_factory: pytest.TempPathFactory
) -> None:
    over = Over(build_world())
    day = months(over.finalise(), 24)
    case = over.walk.case()
    # Her alias lies open, in the row and in its history; the engaged one's stays, so that the test can see.
    for finalist, alias in ((over.left, ALIAS), (over.gone, "Stannar Kvar")):
        mark_protected(
            case, by=over.world.actor("hr_head"), candidacy=case.candidacy(finalist.pk), alias=alias, kept_at=KEPT,
            handlers=[over.world.person_id("hr")],
        )  # fmt: skip
        case = over.walk.case()
    earlier = {bytes_of(row.evidence) for row in _ciphertexts(over.left)}
    assert earlier, "something of hers was sealed"
    before = _everything(real_db, tmp_path_factory)
    assert ALIAS.encode() in before
    lot = decided(over, "protected_identity_mark", day)
    with on(day + GRACE):
        assert carry_out(lot.pk) == Result(2, 0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
    after = _everything(real_db, tmp_path_factory)
    for words in (ALIAS, KEPT, "Stannar Kvar", *(name.split()[1] for name in NAMES[1:])):
        assert words.encode() not in after
        assert words.encode().hex().encode() not in after.lower()
    for blob in earlier:
        assert blob not in after
        assert blob.hex().encode() not in after.lower()


def _ciphertexts(candidacy: Candidacy) -> list[Any]:
    return list(Check.history.filter(candidacy_id=candidacy.pk).filter(evidence__isnull=False))


def _everything(database: RealDatabase, folders: pytest.TempPathFactory) -> bytes:
    """Both databases as files, or as they are dumped; the write-ahead log emptied first."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return b"\n".join(content for _name, content in _places(database, folders.mktemp("places")))
