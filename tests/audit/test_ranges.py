"""Entries that tell a day stand in a range of their own: their ids tell no hour."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from audit import bundle, ranges
from audit import verifier as stand_alone
from audit.bulk import bulk
from audit.models import Entry
from audit.recorder import Who, act, record
from audit.sealer import seal_pending
from tests.audit.testapp.models import Note


def told(who: Who, count: int) -> None:
    """Acts of both kinds in turn, with a row in each of the ordinary ones."""
    for _ in range(count):
        with act("note.written", who, facts={"role": "hr_officer"}) as entry:
            entry.save(Note(text="x"))
        record("report.read", who, facts={"role": "report_recipient"})


def ids(tree: str) -> list[int]:
    return list(Entry.objects.filter(tree=tree).order_by("id").values_list("id", flat=True))


def test_each_kind_follows_its_own_numbers(db: None, who: Who) -> None:
    told(who, 4)
    main, days = ids("main"), ids("reports")
    assert [b - a for a, b in pairwise(main)] == [1, 1, 1]
    assert [b - a for a, b in pairwise(days)] == [1, 1, 1]
    assert main[-1] < ranges.DAYS <= days[0]
    assert days[-1] < ranges.END == stand_alone.END


def test_written_in_batches_they_do_too(db: None, who: Who) -> None:
    told(who, 1)
    seal_pending()
    with bulk(batch=3):
        told(who, 4)
    seal_pending()
    told(who, 2)
    for tree in ("main", "reports"):
        found = ids(tree)
        assert len(found) == 7
        assert found == list(range(found[0], found[0] + 7))


def test_a_later_generation_of_the_tree_stays_there() -> None:
    assert ranges.first_id("reports.2") == ranges.DAYS
    assert ranges.first_id("main.2") == ranges.first_id("main") == 1
    assert ranges.last_id("main") + 1 == ranges.first_id("reports")


def test_a_row_that_a_reports_act_wrote_is_no_ordinary_row_any_more(db: None, who: Who) -> None:
    note = Note(text="x")
    with act("report.read", who, facts={"role": "report_recipient"}) as entry:
        entry.save(note)
    note.text = "y"
    with pytest.raises(IntegrityError), transaction.atomic(), act("note.written", who) as entry:
        entry.save(note)


def test_the_bundle_is_in_order_and_its_verifier_content(db: None, who: Who, tmp_path: Path) -> None:
    told(who, 3)
    seal_pending()
    bundle.write(tmp_path / "out", full=True)
    lines = (tmp_path / "out" / "entries.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line)[:2] for line in lines]
    assert [tree for _, tree in entries] == ["main"] * 3 + ["reports"] * 3
    assert entries == sorted(entries)
    done = subprocess.run(
        [sys.executable, stand_alone.__file__, "verify", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
