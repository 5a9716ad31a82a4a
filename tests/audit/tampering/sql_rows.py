"""What the owner of the database can do to rows, their history and what commits to them, the triggers dropped."""

from __future__ import annotations

from base64 import b64encode
from uuid import uuid4

from audit.models import Blind, Entry, RowCommit
from audit.plan import commitment, plan_of
from tests.audit.tampering.scene import Hands, Told, of
from tests.audit.testapp.models import Folder, Note

HISTORY = "audit_tests_historicalnote"


def history_edited(hands: Hands) -> list[Told]:
    row = hands.history()
    change = hands.drawn.choice(["text = 'bättre'", "count = count + 1", "day = NULL", "history_type = '+-'"])
    if "history_type" in change:
        change = f"history_type = '{'~' if row.history_type == '+' else '+'}'"
    hands.sql(f"UPDATE {HISTORY} SET {change} WHERE history_id = %s", row.history_id)
    return [Told("row-edited", of(row))]


def history_removed(hands: Hands) -> list[Told]:
    row = hands.history()
    hands.sql(f"DELETE FROM {HISTORY} WHERE history_id = %s", row.history_id)
    return [Told("row-missing", of(row))]


def history_forged(hands: Hands) -> list[Told]:
    row, forged = hands.history(), uuid4()
    hands.copy_row(HISTORY, "history_id", row.history_id, history_id=forged, text="aldrig")
    if hands.drawn.random() < 0.5:
        # With a commitment of an entry that there is not.
        columns = {"row_id": forged, "entry_id": 999_999, "index": 0}
        hands.copy_row("audit_rowcommit", "row_id", row.history_id, **columns)
        return [
            Told("commitments-without-entry", "entry 999999"),
            Told("blind-missing", f"entry 999999 audit_tests.note {forged}"),
        ]
    return [Told("row-forged", f"audit_tests.note {forged}")]


def ciphertexts_exchanged(hands: Hands) -> list[Told]:
    """Between two rows, or within one between columns; in use and in the history."""
    if hands.drawn.random() < 0.5:
        row = hands.live()
        hands.sql(f"UPDATE audit_tests_note SET text = '{row.folder_id}' WHERE id = %s", row.pk)
        return [Told("live-edited", f"entry {row.entry_id} audit_tests.note {row.pk}", "text")]
    one = hands.history()
    other = hands.drawn.choice([r for r in Note.history.all() if r.blob != one.blob])
    for row, blob in ((one, other.blob), (other, one.blob)):
        hands.sql(f"UPDATE {HISTORY} SET blob = %s WHERE history_id = %s", bytes(blob), row.history_id)
    return [Told("row-edited", of(one)), Told("row-edited", of(other))]


def older_ciphertext_put_back(hands: Hands) -> list[Told]:
    changed = [n for n in Note.objects.order_by("pk") if Note.history.filter(id=n.pk).count() > 1]
    row = hands.drawn.choice(changed)
    older, newest = (
        Note.history.filter(id=row.pk).order_by("-entry_id")[1],
        Note.history.filter(id=row.pk).latest("entry_id"),
    )
    hands.sql("UPDATE audit_tests_note SET blob = %s WHERE id = %s", bytes(older.blob), row.pk)
    if hands.drawn.random() < 0.5:
        hands.sql(
            f"UPDATE {HISTORY} SET blob = %s WHERE history_id = %s", bytes(older.blob), newest.history_id
        )
        return [Told("row-edited", of(newest))]
    return [Told("live-edited", f"entry {row.entry_id} audit_tests.note {row.pk}", "blob")]


def row_in_use_edited(hands: Hands) -> list[Told]:
    row = hands.live()
    name, value = hands.drawn.choice(
        [("count", "count + 1"), ("text", "'ny'"), ("day", "NULL"), ("is_open", "NOT is_open")]
    )
    hands.sql(f"UPDATE audit_tests_note SET {name} = {value} WHERE id = %s", row.pk)
    return [Told("live-edited", f"entry {row.entry_id} audit_tests.note {row.pk}", name)]


def row_in_use_removed(hands: Hands) -> list[Told]:
    row = hands.live()
    hands.sql("DELETE FROM audit_tests_note WHERE id = %s", row.pk)
    return [Told("live-missing", f"entry {row.entry_id} audit_tests.note {row.pk}")]


def row_in_use_forged(hands: Hands) -> list[Told]:
    row, forged = hands.live(), uuid4()
    hands.copy_row("audit_tests_note", "id", row.pk, id=forged)
    return [Told("live-forged", f"entry {row.entry_id} audit_tests.note {forged}")]


def role_forged(hands: Hands) -> list[Told]:
    """A row with its history and even a commitment to it: all but the entry's leaf."""
    row, forged, history = hands.live(Folder), uuid4(), uuid4()
    newest = Folder.history.filter(id=row.pk).latest("entry_id")
    hands.copy_row("audit_tests_folder", "id", row.pk, id=forged, title="Administratör")
    hands.copy_row(
        "audit_tests_historicalfolder",
        "history_id",
        newest.history_id,
        id=forged,
        history_id=history,
        title="Administratör",
        history_type="+",
    )
    place = RowCommit.objects.filter(entry_id=newest.entry_id).count()
    hands.copy_row("audit_rowcommit", "row_id", newest.history_id, row_id=history, index=place)
    hands.copy_row("audit_blind", "commit_id", newest.history_id, commit_id=history)
    return [Told("commitments-changed|row-forged", f"entry {newest.entry_id}|audit_tests.folder {history}")]


def commitment_exchanged(hands: Hands) -> list[Told]:
    """The row, the commitment to it, the leaf and its hash: all but the seal, whose key is gone."""
    row = hands.history()
    plan = plan_of(Note)
    commit = RowCommit.objects.get(pk=row.history_id)
    blind = bytes(Blind.objects.get(pk=row.history_id).blind)
    hands.sql(f"UPDATE {HISTORY} SET text = 'bättre' WHERE history_id = %s", row.history_id)
    row.text = "bättre"
    made = commitment(blind, plan.row_bytes([getattr(row, name) for name in plan.columns]))
    hands.sql("UPDATE audit_rowcommit SET commitment = %s WHERE row_id = %s", made, row.history_id)
    entry = Entry.objects.get(pk=row.entry_id)
    rows = entry.content["rows"]
    rows[commit.index][3] = b64encode(made).decode()
    hands.rewrite(entry, rows=rows)
    hands.regrow()
    return [Told("seal-wrong", f"entry {entry.id}")]


def commitments_table_changed(hands: Hands) -> list[Told]:
    commit = hands.drawn.choice(list(RowCommit.objects.order_by("row_id")))
    change = hands.drawn.choice(["commitment = %s", "label = %s", "version = %s", "DELETE"])
    if change == "DELETE":
        hands.sql("DELETE FROM audit_rowcommit WHERE row_id = %s", commit.pk)
    else:
        value = {"c": hands.drawn.randbytes(32), "l": "audit_tests.other", "v": 7}[change[0]]
        hands.sql(f"UPDATE audit_rowcommit SET {change} WHERE row_id = %s", value, commit.pk)
    return [Told("commitments-changed", f"entry {commit.entry_id}")]


def blind_removed(hands: Hands) -> list[Told]:
    row = hands.history()
    hands.sql("DELETE FROM audit_blind WHERE commit_id = %s", row.history_id)
    return [Told("blind-missing", of(row))]


def blind_exchanged(hands: Hands) -> list[Told]:
    row = hands.history()
    hands.sql(
        "UPDATE audit_blind SET blind = %s WHERE commit_id = %s", hands.drawn.randbytes(32), row.history_id
    )
    return [Told("row-edited", of(row))]


def bit_flipped(hands: Hands) -> list[Told]:
    row, entry = hands.history(), hands.entry()
    place = hands.drawn.choice(["leaf", "leaf_hash", "seal", "commitment", "blind", "blob"])
    if place in ("leaf", "leaf_hash", "seal"):
        value = _flipped(hands, bytes(getattr(entry, place)))
        hands.sql(f"UPDATE audit_entry SET {place} = %s WHERE id = %s", value, entry.id)
        return [Told("seal-wrong" if place == "seal" else "leaf-changed", f"entry {entry.id}")]
    if place == "commitment":
        commit = RowCommit.objects.get(pk=row.history_id)
        value = _flipped(hands, bytes(commit.commitment))
        hands.sql("UPDATE audit_rowcommit SET commitment = %s WHERE row_id = %s", value, commit.pk)
        return [Told("commitments-changed", f"entry {commit.entry_id}"), Told("row-edited", of(row))]
    if place == "blind":
        value = _flipped(hands, bytes(Blind.objects.get(pk=row.history_id).blind))
        hands.sql("UPDATE audit_blind SET blind = %s WHERE commit_id = %s", value, row.history_id)
    else:
        hands.sql(
            f"UPDATE {HISTORY} SET blob = %s WHERE history_id = %s",
            _flipped(hands, bytes(row.blob)),
            row.history_id,
        )
    return [Told("row-edited", of(row))]


def _flipped(hands: Hands, raw: bytes) -> bytes:
    place = hands.drawn.randrange(len(raw))
    return raw[:place] + bytes([raw[place] ^ 1 << hands.drawn.randrange(8)]) + raw[place + 1 :]
