"""What the second run of `make test`, on PostgreSQL, takes: what can come out otherwise there, and one of the rest.

The rule: a test is asked on both engines when it is about the engine. That is told by the room it lies in, by the
fixtures it asks for, or by what the test says, or a function of its file that it uses. Else it is pages, forms, words
and rules, Python over the ORM, which the first run has met in whole; the first such test of each file stands for them.
`SOAK=engine` of `make soak` takes every test on PostgreSQL.
"""

from __future__ import annotations

import ast
import os
import re
from functools import cache
from pathlib import Path

import pytest

DATABASES = {"db", "real_db", "live", "transactional_db", "seeded"}
WHOLE_ROOMS = {
    "audit": "triggers, sequences, who seals and the order of entries are written for each engine",
    "crypto": "the keystore is a database of its own, with locks and rows that both engines must hold",
    "house": "roles of the database, backups, jobs, leases and probes speak to the engine itself",
}
WHOLE_FIXTURES = {"real_db", "transactional_db", "seeded"}
"""Real commits: locks, races, other processes; and the pages and lists of a whole demonstration."""
WHOLE_TESTS = {
    r"IntegrityError|DatabaseError|ProgrammingError|OperationalError|TamperAttempt": "what the database refuses",
    r"cursor\(|\bconnections?[.\[]|\braw_\w+\(|vendor": "SQL by hand, statements counted, an engine's own way",
    r"Thread|select_for_update": "several writers at once",
    r"ordning=|collat": "the order of rows, and letters that the engines sort",
    r"JSONField|__contains|__has_key": "how the engine keeps and searches structured values",
    r"migrat": "migrations",
}
"""What the text of a test says when it is about the engine → why."""


def left_to_the_first_run(items: list[pytest.Item]) -> list[pytest.Item]:
    """Those that this run leaves out: none in the first one, and none in `make soak`."""
    if not os.environ.get("OUTCOMES_FROM"):
        return []
    out, met = [], set[Path]()
    for item in items:
        if not _asks_a_database(item) or item.get_closest_marker("one_engine"):
            out.append(item)
        elif not why_both(item):
            if item.path in met:
                out.append(item)
            met.add(item.path)
    return out


def why_both(item: pytest.Item) -> str:
    """Why the test runs on both engines; empty where the first of its file stands for it."""
    room = item.path.relative_to(Path(__file__).parents[1]).parts[0]
    if room in WHOLE_ROOMS:
        return WHOLE_ROOMS[room]
    if WHOLE_FIXTURES & set(getattr(item, "fixturenames", ())):
        return "real commits"
    text = said_by(item.path, getattr(item, "originalname", None) or item.name)
    return next((why for said, why in WHOLE_TESTS.items() if re.search(said, text)), "")


@cache
def said_by(path: Path, name: str) -> str:
    """The text of a function of the file, and of every other one there that it names, on and on."""
    parts, waiting, met = _parts(path), [name], set[str]()
    while waiting:
        each = waiting.pop()
        if each not in met and each in parts:
            met.add(each)
            waiting += re.findall(r"\w+", parts[each])
    return "\n".join(parts[each] for each in sorted(met))


@cache
def _parts(path: Path) -> dict[str, str]:
    """Each name that the file gives a meaning → the text that does so; what it only brings in is not its own."""
    text = path.read_text(encoding="utf-8")
    lines, found = text.splitlines(), dict[str, str]()
    for node in ast.parse(text).body:
        names = [node.name] if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) else []
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [each.id for each in targets if isinstance(each, ast.Name)]
        above = [each.lineno for each in getattr(node, "decorator_list", ())]
        for name in names:
            found[name] = "\n".join(lines[min([node.lineno, *above]) - 1 : node.end_lineno])
    return found


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & DATABASES) or item.get_closest_marker("django_db") is not None
