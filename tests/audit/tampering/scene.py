"""A log with a past, whoever may do anything to it, and the two who look: the check of the database and the verifier.

The past is told once, in a transaction that is rolled back. Each attempt has a savepoint and a copy of what lies
outside the database, so that the next one finds both untouched.
"""

from __future__ import annotations

import hmac
import io
import random
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from audit import anchors, bundle, clock, integrity, outside, signing, state, triggers, verifier
from audit.merkle import Frontier
from audit.models import Checkpoint, Entry, Tree
from audit.recorder import Who, act, record
from audit.sealer import seal_pending
from tests.audit.tampering.synthetic import BEGAN, dumps
from tests.audit.testapp.models import Folder, Note

ENTRIES = 300


@dataclass(frozen=True)
class Told:
    """A finding that must be among the lines: its kind, the entry or row it names, and words of its detail."""

    kind: str
    place: str
    detail: str = ""

    def is_in(self, lines: Sequence[str]) -> bool:
        wanted = f"{self.kind}: {self.place} " if self.place else f"{self.kind}: "
        return any(f"{line} ".startswith(wanted) and self.detail in line for line in lines)


@dataclass
class Scene:
    """The log, and what its auditor was handed before anybody touched it."""

    who: Who
    folder: Path
    first_keys: dict[str, bytes] = field(default_factory=dict)
    notes: list[Path] = field(default_factory=list)
    attempts: int = 0

    def tell(self, entries: int = ENTRIES, seed: int = 1) -> None:
        """The past: more than two epochs, checkpoints on the way, and a tail that no checkpoint holds."""
        drawn = random.Random(seed)
        notes: list[Note] = []
        folders = [Folder(title=f"Pärm {n}") for n in range(4)]
        with clock.at(BEGAN), act("note.written", self.who) as a:
            for folder in folders:
                a.save(folder)
        for number in range(1, entries):
            with clock.at(BEGAN.replace(hour=8 + number // 60, minute=number % 60)):
                self.step(number, drawn, notes, folders)
                if number in (entries // 3, entries * 2 // 3, entries - 20):
                    self.sign()
        seal_pending()
        for tree in Tree.objects.all():
            state.advance(tree.name, Frontier.from_bytes(tree.size, bytes(tree.frontier)))
        self.hand_over()

    def step(self, number: int, drawn: random.Random, notes: list[Note], folders: list[Folder]) -> None:
        if number % 10 == 9:
            record("report.read", self.who)
            return
        if number % 4 == 3:
            record("note.read", self.who, facts={})
            return
        with act("note.written", self.who, facts={"reference": f"RK-{number}"}, seal=number % 3 == 0) as a:
            if number % 50 == 17 and len(notes) > 20:
                a.delete(notes.pop(drawn.randrange(len(notes))))
                return
            if len(notes) < 25:
                notes.append(Note())
            note = notes[drawn.randrange(len(notes))]
            note.text, note.count, note.blob = f"text {number}", number, drawn.randbytes(24)
            note.folder, note.day = drawn.choice(folders), clock.now().date()
            a.save(note)
            if number % 5 == 0:
                folder = drawn.choice(folders)
                folder.title = f"Pärm {number}"
                a.save(folder)

    def sign(self) -> None:
        seal_pending()
        for tree in signing.trees():
            signing.sign(tree, anyway=True)
        anchors.deliver([anchors.FILE])

    def hand_over(self) -> None:
        """The auditor fetches the first keys, which are then gone from here, and keeps two notes."""
        for tree in state.trees():
            key = state.first_key(tree)
            assert key is not None
            self.first_keys[tree] = key
            (state.folder() / f"{tree}.first").unlink()
        for number, row in enumerate(Checkpoint.objects.filter(tree="main").order_by("id")):
            path = self.folder / f"kept-{number}.note"
            path.write_text(row.note)
            self.notes.append(path)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """The database and what lies outside it, to be put back afterwards."""
        self.attempts += 1
        copy = self.folder / f"state-{self.attempts}"
        shutil.copytree(settings.LOG_STATE, copy)
        with override_settings(LOG_STATE=copy), transaction.atomic():
            yield
            transaction.set_rollback(True)
        shutil.rmtree(copy)

    def checked(self) -> list[str]:
        """The lines of the check of the database."""
        return [str(finding) for finding in integrity.findings(outside.read(self.first_keys))]

    def exported(self) -> Path:
        """A bundle of the log as it is now."""
        target = self.folder / f"bundle-{self.attempts}-{uuid4().hex[:6]}"
        bundle.write(target, full=True)
        return target

    def verified(self, target: Path) -> tuple[int, list[str]]:
        """The exit code and the lines of the verifier, with all that the auditor holds."""
        keys = (f"--first-key={tree}={b64encode(key).decode()}" for tree, key in self.first_keys.items())
        vkeys = (f"--vkey={signing.signer(tree).verifier}" for tree in self.first_keys)
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            code = verifier.main(
                ["verify", str(target), *keys, *vkeys, *(f"--note={path}" for path in self.notes)]
            )
        return code, out.getvalue().splitlines()


class Hands:
    """The owner of the database and of the server: SQL without triggers, the signing key, the newest sealing key."""

    def __init__(self, scene: Scene, drawn: random.Random) -> None:
        self.scene, self.drawn = scene, drawn
        self.signer = Ed25519PrivateKey.from_private_bytes(settings.CHECKPOINT_KEY)

    def sql(self, statement: str, *values: object) -> None:
        """Run a statement; UUIDs are written as each engine keeps them."""
        written = [v.hex if connection.vendor == "sqlite" and isinstance(v, UUID) else v for v in values]
        with connection.cursor() as cursor:
            cursor.execute(statement, written)

    def entry(self, where: Callable[[Entry], bool] = lambda entry: True, tree: str = "main") -> Entry:
        """An entry drawn by lot, neither the first nor one of the last ten."""
        rows = [e for e in Entry.objects.filter(tree=tree).order_by("position") if where(e)]
        return self.drawn.choice([e for e in rows if 0 < e.position < len(rows_of(tree)) - 10])

    def at(self, position: int, tree: str = "main") -> Entry:
        return Entry.objects.get(tree=tree, position=position)

    def current(self, tree: str = "main") -> tuple[int, bytes]:
        """The epoch and the key that seal now."""
        found = state.current_key(tree)
        assert found is not None
        return found

    def seal(self, tree: str, position: int, hashed: bytes) -> bytes:
        """A seal as good as can be made with the current key: right in its epoch and later, wrong before."""
        epoch, key = self.current(tree)
        for _ in range(position // state.EPOCH_SIZE - epoch):
            key = state.next_key(key)
        return state.seal_of(key, tree, position, hashed)

    def rewrite(self, entry: Entry, **changes: Any) -> bytes:
        """Change an entry's leaf, and its hash with it; the new hash."""
        leaf = dumps({**entry.content, **changes}).encode()
        hashed = sha256(b"\x00" + leaf).digest()
        self.sql("UPDATE audit_entry SET leaf = %s, leaf_hash = %s WHERE id = %s", leaf, hashed, entry.id)
        return hashed

    def reseal(self, entry: Entry, hashed: bytes) -> None:
        seal = self.seal(entry.tree, entry.position, hashed)
        self.sql("UPDATE audit_entry SET seal = %s WHERE id = %s", seal, entry.id)

    def regrow(self, tree: str = "main") -> Frontier:
        """Make the tree's head that of its entries."""
        frontier = Frontier()
        for hashed in rows_of(tree):
            frontier.append(hashed)
        values = frontier.size, frontier.to_bytes(), tree
        self.sql("UPDATE audit_tree SET size = %s, frontier = %s WHERE name = %s", *values)
        return frontier

    def remove(self, entry: Entry) -> None:
        """Remove an entry with all that it committed to."""
        self.sql(
            "DELETE FROM audit_blind WHERE commit_id IN (SELECT row_id FROM audit_rowcommit WHERE entry_id = %s)",
            entry.id,
        )
        self.sql("DELETE FROM audit_rowcommit WHERE entry_id = %s", entry.id)
        for table in ("audit_tests_historicalnote", "audit_tests_historicalfolder"):
            self.sql(f"DELETE FROM {table} WHERE entry_id = %s", entry.id)
        self.sql("DELETE FROM audit_entry WHERE id = %s", entry.id)

    def resign(self, tree: str = "main") -> None:
        """Sign every checkpoint of the tree anew, for what the tree is now."""
        hashes = rows_of(tree)
        for row in Checkpoint.objects.filter(tree=tree):
            frontier = Frontier()
            for hashed in hashes[: row.size]:
                frontier.append(hashed)
            note = self.note(tree, row.size, frontier.root())
            self.sql(
                "UPDATE audit_checkpoint SET root = %s, note = %s, frontier = %s WHERE id = %s",
                frontier.root(), note, frontier.to_bytes(), row.pk,
            )  # fmt: skip

    def note(self, tree: str, size: int, root: bytes) -> str:
        from tests.audit.tampering.opened import note

        return note(self.signer, signing.origin(tree), size, root)

    def history(self, model: type[Note | Folder] = Note, kind: str = "") -> Any:
        """A history row drawn by lot."""
        rows = model.history.order_by("history_id")
        return self.drawn.choice(list(rows.filter(history_type=kind) if kind else rows))

    def live(self, model: type[Note | Folder] = Note) -> Any:
        """A row in use drawn by lot."""
        return self.drawn.choice(list(model.objects.order_by("pk")))

    def copy_row(self, table: str, key: str, old: object, **changes: object) -> None:
        """Insert a copy of a row with some columns changed."""
        with connection.cursor() as cursor:
            names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        values = [changes[name] for name in names if name in changes]
        told = ", ".join("%s" if name in changes else f'"{name}"' for name in names)
        quoted = ", ".join(f'"{name}"' for name in names)
        self.sql(f"INSERT INTO {table} ({quoted}) SELECT {told} FROM {table} WHERE {key} = %s", *values, old)


def rows_of(tree: str) -> list[bytes]:
    """The hashes of the tree's leaves in order."""
    found = Entry.objects.filter(tree=tree, position__isnull=False).order_by("position")
    return [bytes(hashed) for hashed in found.values_list("leaf_hash", flat=True)]


def of(row: Any) -> str:
    """How a history row is named."""
    return f"entry {row.entry_id} {label(row)} {row.history_id}"


def label(row: Any) -> str:
    return "audit_tests.folder" if isinstance(row, Folder | Folder.history.model) else "audit_tests.note"


def mac(blind: bytes, text: str) -> str:
    return b64encode(hmac.digest(blind, text.encode(), "sha256")).decode()


def drop_triggers() -> None:
    with connection.cursor() as cursor:
        for name in triggers.installed("default"):
            triggers._drop(connection, cursor, name)
