"""What is signed, and when: nothing that does not continue what was signed before."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from audit import clock, signing
from audit.checkpoint import parse
from audit.errors import AppendOnly, CheckpointContradicted, NoSigningKey
from audit.merkle import Frontier, leaf_hash, root
from audit.models import Checkpoint, Entry
from audit.notes import open_note
from audit.recorder import Who, record
from audit.sealer import seal_pending
from audit.signatures import Signer

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 4, 12, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_state(settings, tmp_path: Path) -> None:
    settings.LOG_STATE = tmp_path
    settings.LOG_ORIGIN = "kommun.se/logg"


def write(who: Who, count: int, action: str = "note.read") -> None:
    """So many entries, in the tree."""
    for _ in range(count):
        record(action, who)
    seal_pending()


def rewritten(sql, tree: str, hashes: list[bytes], first: int = 0) -> None:
    """The tree as the owner of the database makes it out of other leaves, from a position on."""
    for position, hashed in enumerate(hashes):
        if position >= first:
            sql(
                "UPDATE audit_entry SET leaf_hash = %s WHERE tree = %s AND position = %s",
                hashed,
                tree,
                position,
            )
    frontier = Frontier()
    for hashed in hashes:
        frontier.append(hashed)
    sql(
        "UPDATE audit_tree SET size = %s, frontier = %s WHERE name = %s",
        frontier.size, frontier.to_bytes(), tree,
    )  # fmt: skip


def hashes(tree: str = "main") -> list[bytes]:
    rows = Entry.objects.filter(tree=tree).order_by("position").values_list("leaf_hash", flat=True)
    return [bytes(hashed) for hashed in rows]


def test_the_head_is_signed_in_the_agreed_form(who: Who, settings) -> None:
    with clock.at(NOON):
        write(who, 5)
        row = signing.sign("main")
    assert row is not None
    key = Signer("kommun.se/logg/main", settings.CHECKPOINT_KEY).verifier
    text = open_note(row.note, [key]).text
    assert text == (
        f"kommun.se/logg/main\n5\n{b64encode(root(hashes())).decode()}\ntime 2026-03-04T12:00:00Z\n"
    )
    assert (row.tree, row.size, bytes(row.root), row.time) == ("main", 5, root(hashes()), NOON)
    assert Checkpoint.objects.get() == row


def test_it_is_signed_again_when_it_has_grown_and_every_day_anyway(who: Who) -> None:
    with clock.at(NOON):
        write(who, 2)
        assert signing.sign("main") is not None
        assert signing.sign("main") is None
    with clock.at(NOON + timedelta(minutes=15)):
        assert signing.sign("main") is None
        write(who, 1)
        assert signing.sign("main").size == 3
    with clock.at(NOON + timedelta(hours=11, minutes=59)):
        assert signing.sign("main") is None
        assert signing.sign("main", anyway=True).size == 3
    with clock.at(NOON + timedelta(hours=12)):
        assert signing.sign("main").size == 3
        assert signing.sign("main", anyway=True) is None  # the same head in the same second
    assert Checkpoint.objects.count() == 4


def test_a_clock_that_goes_back_does_not_date_a_checkpoint_before_the_last(who: Who) -> None:
    with clock.at(NOON):
        write(who, 1)
        signing.sign("main")
    with clock.at(NOON - timedelta(hours=5)):
        write(who, 1)
        assert signing.sign("main").time == NOON


def test_a_tree_that_tells_days_is_signed_once_a_day_as_it_stood_when_the_day_began(who: Who) -> None:
    """Whoever sees every checkpoint learns how many came on each day, and nothing of the hour."""
    with clock.at(NOON):
        write(who, 3, "report.read")
        assert signing.sign("reports", anyway=True) is None
    with clock.at(NOON + timedelta(hours=20)):
        write(who, 2, "report.read")
        row = signing.sign("reports")
        assert (row.size, row.time) == (3, datetime(2026, 3, 5, tzinfo=UTC))
        assert parse(row.note.rpartition("\n\n")[0] + "\n").extra == ("time 2026-03-05",)
        assert bytes(row.root) == root(hashes("reports")[:3])
        assert signing.sign("reports", anyway=True) is None
    with clock.at(NOON + timedelta(hours=23)):
        write(who, 1, "report.read")
        assert signing.sign("reports", anyway=True) is None
    with clock.at(NOON + timedelta(days=2)):
        assert signing.sign("reports").size == 6
    with clock.at(NOON + timedelta(days=3)):
        assert signing.sign("reports").size == 6
    assert not any("T" in row.note.split("time ")[1].split("\n")[0] for row in Checkpoint.objects.all())


def test_what_is_written_late_for_the_day_before_waits_for_the_next_day(who: Who) -> None:
    with clock.at(NOON):
        write(who, 3, "report.read")
    with clock.at(NOON + timedelta(days=1)):
        assert signing.sign("reports").size == 3
    with clock.at(NOON + timedelta(hours=11)):
        write(who, 1, "report.read")
    with clock.at(NOON + timedelta(days=1, hours=1)):
        assert signing.sign("reports", anyway=True) is None
    with clock.at(NOON + timedelta(days=2)):
        assert signing.sign("reports").size == 4


def test_without_a_key_nothing_is_signed(who: Who, settings) -> None:
    settings.CHECKPOINT_KEY = None
    write(who, 1)
    with pytest.raises(NoSigningKey):
        signing.sign("main")


def test_trees_that_were_ended_are_not_signed_any_more(who: Who, tmp_path: Path) -> None:
    write(who, 1)
    write(who, 1, "report.read")
    assert signing.trees() == ["main", "reports"]
    (tmp_path / "main.2.mark").write_text("ended\n")
    assert signing.trees() == ["reports"]
    assert signing.tells_days("reports.3")
    assert not signing.tells_days("main.2")


@pytest.mark.usefixtures("no_triggers")
class TestALogThatDoesNotContinueWhatWasSigned:
    def test_entries_are_gone(self, who: Who, sql) -> None:
        write(who, 6)
        signing.sign("main")
        sql("DELETE FROM audit_entry WHERE position >= 4")
        rewritten(sql, "main", hashes()[:4])
        with pytest.raises(CheckpointContradicted, match="checkpoint-size: 2 of 6 entries of main"):
            signing.sign("main", anyway=True)

    def test_an_earlier_entry_is_another(self, who: Who, sql) -> None:
        write(who, 6)
        row = signing.sign("main")
        write(who, 1)
        rewritten(sql, "main", [*hashes()[:2], leaf_hash(b"other"), *hashes()[3:]])
        with pytest.raises(CheckpointContradicted, match="checkpoint-root: the first 6 entries"):
            signing.sign("main")
        # Where the checkpoint's row is made to fit, its note does not; where the note is, its signature does not.
        forged = Frontier()
        for hashed in hashes()[:6]:
            forged.append(hashed)
        sql("UPDATE audit_checkpoint SET root = %s, frontier = %s", forged.root(), forged.to_bytes())
        with pytest.raises(CheckpointContradicted, match="checkpoint-root: the first 6 entries"):
            signing.sign("main")
        true, false = (b64encode(made).decode() for made in (bytes(row.root), forged.root()))
        sql("UPDATE audit_checkpoint SET note = %s", row.note.replace(true, false))
        with pytest.raises(CheckpointContradicted, match="checkpoint-signature"):
            signing.sign("main")

    def test_the_head_is_not_that_of_the_entries(self, who: Who, sql) -> None:
        write(who, 6)
        signing.sign("main")
        write(who, 2)
        other = Frontier()
        for hashed in [*hashes()[:7], leaf_hash(b"other")]:
            other.append(hashed)
        sql("UPDATE audit_tree SET frontier = %s", other.to_bytes())
        with pytest.raises(CheckpointContradicted, match="the head of main is not that of its entries"):
            signing.sign("main")

    def test_an_older_copy_is_found_out_by_a_note_kept_elsewhere(self, who: Who, sql) -> None:
        write(who, 3)
        signing.sign("main")
        write(who, 3)
        note = signing.sign("main").note
        sql("DELETE FROM audit_checkpoint WHERE size = 6")
        sql("DELETE FROM audit_entry WHERE position >= 3")
        rewritten(sql, "main", hashes()[:3])
        with pytest.raises(CheckpointContradicted, match="checkpoint-size"):
            signing.sign("main", elsewhere=note, anyway=True)
        write(who, 4)  # it has grown past the note since: then the root tells
        with pytest.raises(CheckpointContradicted, match="checkpoint-root"):
            signing.sign("main", elsewhere=note, anyway=True)
        assert Checkpoint.objects.count() == 1

    def test_how_many_are_missing_is_not_told_of_a_tree_that_tells_days(self, who: Who, sql) -> None:
        with clock.at(NOON):
            write(who, 6, "report.read")
        with clock.at(NOON + timedelta(days=1)):
            signing.sign("reports")
        sql("DELETE FROM audit_entry WHERE position >= 4")
        rewritten(sql, "reports", hashes("reports")[:4])
        with (
            clock.at(NOON + timedelta(days=2)),
            pytest.raises(
                CheckpointContradicted, match="checkpoint-size: some entries of reports are missing"
            ),
        ):
            signing.sign("reports")


def test_a_note_of_a_key_and_name_that_were_replaced_still_binds(who: Who, settings) -> None:
    write(who, 3)
    old = signing.sign("main").note
    settings.CHECKPOINT_KEY, settings.LOG_ORIGIN = bytes(32), "region.se/logg"
    write(who, 1)
    assert signing.sign("main", elsewhere=old).size == 4
    assert signing.contradiction(old.replace("\n3\n", "\n9\n"), "main").startswith("checkpoint-size")


def test_another_logs_note_and_nonsense_contradict(who: Who) -> None:
    write(who, 3)
    note = signing.sign("main").note
    assert signing.contradiction(note, "main") == ""
    assert "is of the log kommun.se/logg/main" in signing.contradiction(note, "reports")
    for wrong in ("", "nonsense", note[:-1], note.replace("main", "mian", 1), note.replace("\n3\n", "\n4\n")):
        assert signing.contradiction(wrong, "main").startswith("checkpoint-signature"), wrong


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_checkpoint SET note = ''",
        "DELETE FROM audit_checkpoint",
        "UPDATE audit_anchor SET kind = 'mail'",
        "DELETE FROM audit_anchor",
    ],
)
def test_the_database_keeps_checkpoints_as_they_are(who: Who, sql, statement: str) -> None:
    write(who, 1)
    row = signing.sign("main")
    sql(
        "INSERT INTO audit_anchor (checkpoint_id, kind, time) VALUES (%s, 'file', '2026-03-04 12:00:00')",
        row.pk,
    )
    connection.check_constraints()
    if connection.vendor == "postgresql":
        sql("SET LOCAL session_replication_role = replica")
    attempts = [statement]
    if statement.startswith("DELETE"):
        table = statement.removeprefix("DELETE FROM ")
        emptying, replacing = "TRUNCATE t CASCADE", "INSERT OR REPLACE INTO t SELECT * FROM t"
        attempts.append(
            (emptying if connection.vendor == "postgresql" else replacing).replace(" t", f" {table}")
        )
    for attempt in attempts:
        with pytest.raises(IntegrityError, match="audit: "), transaction.atomic():
            sql(attempt)
    for refused in (row.save, row.delete, Checkpoint.objects.all().delete):
        with pytest.raises(AppendOnly):
            refused()
