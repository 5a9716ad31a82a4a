"""What the database itself refuses: changing the log or the history, changing a covered row without a new entry.

Declared here for both engines, made anew after every migration and compared at start. The owner of the database can
drop them: they stop accidents and going past the application; what is done without them is found by `audit.integrity`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connections, models, router, transaction

from audit.kept import deeds, filling, kept_models, tables_of, untrue
from audit.models import Anchor, Blind, Checkpoint, Entry, Erased, RowCommit, Tree
from audit.plan import covered_models, plan_of
from audit.trigger_paths import dated_late, listed, unlike

PREFIX = "audit_guard_"

# An entry gets its place in the tree once, with its seal, and a tag once; nothing else about it ever changes.
_ENTRY_FIXED = [
    field.column for field in Entry._meta.concrete_fields if field.attname not in {"position", "tag", "seal"}
]


@dataclass(frozen=True, slots=True)
class Rule:
    """The event on a table that is refused, and the SQL condition under which it is (None: always).

    Or, with `does`, what is done after it: SQL statements that keep another table true.
    """

    table: str
    event: str
    refused_when: str | None
    message: str
    does: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of trigger and function: says the table, the event and the content."""
        content = "|".join([self.table, self.event, str(self.refused_when), self.message, *self.does])
        return f"{PREFIX}{self.event.lower()}_{sha256(content.encode()).hexdigest()[:16]}"


def rules(vendor: str) -> Iterator[tuple[type[models.Model], Rule]]:
    """Every rule, with the model of its table."""
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    fixed = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in _ENTRY_FIXED)
    once = " OR ".join(
        f'(OLD."{name}" IS NOT NULL AND NEW."{name}" {differs} OLD."{name}")'
        for name in ("position", "tag", "seal")
    )
    yield Entry, Rule(Entry._meta.db_table, "UPDATE", f"{fixed} OR {once}", "an entry is never changed")
    yield Tree, Rule(Tree._meta.db_table, "UPDATE", 'NEW."size" <= OLD."size"', "a tree only grows")
    yield from _never(RowCommit, "UPDATE", "a commitment is never changed")
    yield from _never(Blind, "UPDATE", "a blind is never changed")
    yield from _never(Checkpoint, "UPDATE", "a checkpoint is never changed")
    yield from _never(Anchor, "UPDATE", "a checkpoint is never changed")
    yield from _never(Erased, "UPDATE", "what is erased is never told otherwise")
    log: tuple[type[models.Model], ...] = (Entry, RowCommit, Checkpoint, Anchor, Erased, Tree)
    for model in log:
        yield from _never(model, "DELETE", "the log is never deleted")
    for model in log[:-1]:
        yield from _no_replacing(vendor, model)
    for covered in covered_models():
        yield from _covered(vendor, covered)
    for kept in kept_models():
        for event in ("INSERT", "UPDATE"):
            yield kept, Rule(kept._meta.db_table, event, untrue(kept, differs), "it is kept by the database")
        for deed in deeds(kept, differs):
            does = (deed.alone, *deed.does) if vendor == "postgresql" and deed.alone else deed.does
            yield kept, Rule(deed.table, deed.event, deed.when, "what is beside it follows", does)
    if vendor == "postgresql":
        emptied: list[type[models.Model]] = [*log, Blind, *_covered_tables()]
        for model in emptied:
            yield from _never(model, "TRUNCATE", "the log and its rows are never emptied")


def _never(model: type[models.Model], event: str, message: str) -> Iterator[tuple[type[models.Model], Rule]]:
    yield model, Rule(model._meta.db_table, event, None, message)


def _no_replacing(vendor: str, model: type[models.Model]) -> Iterator[tuple[type[models.Model], Rule]]:
    # INSERT OR REPLACE on SQLite removes the old row without asking the triggers for deletes.
    if vendor == "sqlite":
        table, pk = model._meta.db_table, model._meta.pk.column
        exists = f'EXISTS (SELECT 1 FROM "{table}" WHERE "{pk}" = NEW."{pk}")'
        yield model, Rule(table, "INSERT", exists, "the row is there already")


def _covered(vendor: str, model: Any) -> Iterator[tuple[type[models.Model], Rule]]:
    plan = plan_of(model)
    live, history, pk = model._meta.db_table, plan.history._meta.db_table, model._meta.pk.column
    yield (
        model,
        Rule(
            live,
            "UPDATE",
            f'NEW."entry_id" <= OLD."entry_id" OR NEW."{pk}" <> OLD."{pk}"',
            "a covered row changes only with a new entry",
        ),
    )
    yield from _kept_true(vendor, model)
    told = (
        f'SELECT 1 FROM "{history}" h WHERE h."{pk}" = OLD."{pk}" AND h."history_type" = \'-\''
        ' AND h."entry_id" > OLD."entry_id"'
    )
    yield (
        model,
        Rule(live, "DELETE", f"NOT EXISTS ({told})", "a covered row goes only after its history says so"),
    )
    yield from _never(plan.history, "UPDATE", "history is never changed")
    gone = f'NOT EXISTS (SELECT 1 FROM "{Erased._meta.db_table}" e WHERE e."commit_id" = OLD."history_id")'
    yield plan.history, Rule(plan.history._meta.db_table, "DELETE", gone, "history is never deleted")
    yield from _no_replacing(vendor, model)
    yield from _no_replacing(vendor, plan.history)


def _kept_true(vendor: str, model: Any) -> Iterator[tuple[type[models.Model], Rule]]:
    """What the row is about stays; what it copies of another row is so."""
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    live = model._meta.db_table
    if model.FIXED:
        columns = [model._meta.get_field(name).column for name in model.FIXED]
        changed = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in columns)
        yield model, Rule(live, "UPDATE", changed, "what a row is about never changes")
    for name in model.STAY_TRUE:
        column = model._meta.get_field(name).column
        undone = f'OLD."{column}" AND NOT NEW."{column}"'
        yield model, Rule(live, "UPDATE", undone, "what has been found is not taken back")
    for key, names in model.COPIES.items():
        own, target = model._meta.get_field(key), model._meta.get_field(key).related_model
        pairs = [(target._meta.get_field(n).column, model._meta.get_field(n).column) for n in names]
        same = " AND ".join(f'c."{theirs}" = NEW."{ours}"' for theirs, ours in pairs)
        source = f'"{target._meta.db_table}" c WHERE c."{target._meta.pk.column}" = NEW."{own.column}"'
        untrue = f"NOT EXISTS (SELECT 1 FROM {source} AND {same})"
        if own.null:
            untrue = f'NEW."{own.column}" IS NOT NULL AND {untrue}'
        for event in ("INSERT", "UPDATE"):
            yield model, Rule(live, event, untrue, "a copy is as what it copies")
    yield from _related(model, differs)


def _related(model: Any, differs: str) -> Iterator[tuple[type[models.Model], Rule]]:
    """What a row refers to is like it; what has been decided on gets no new day."""
    live = model._meta.db_table
    for key in model.ALIKE:
        for event in ("INSERT", "UPDATE"):
            yield model, Rule(live, event, unlike(model, key), "a row refers only to one like it")
    for shut in model.SHUT:
        late = dated_late(model, shut)
        day = model._meta.get_field(shut.day).column
        yield model, Rule(live, "INSERT", late, "what is decided is not looked into again")
        moved = f'NEW."{day}" {differs} OLD."{day}" AND {late}'
        yield model, Rule(live, "UPDATE", moved, "what is decided is not looked into again")
    for name, (kind, codes) in model.NEEDS.items():
        column, of = (model._meta.get_field(each).column for each in (name, kind))
        wanting = f'NEW."{column}" IS NULL AND NEW."{of}" IN ({listed(codes)})'
        yield model, Rule(live, "INSERT", wanting, "a row of its kind has what it must have")
        lost = f'{wanting} AND (OLD."{column}" IS NOT NULL OR OLD."{of}" {differs} NEW."{of}")'
        yield model, Rule(live, "UPDATE", lost, "a row of its kind has what it must have")


def _covered_tables() -> Iterator[type[models.Model]]:
    for model in covered_models():
        yield from (model, plan_of(model).history)


def statements(vendor: str, rule: Rule) -> list[str]:
    """The SQL that makes the rule's trigger."""
    message = f"audit: {rule.message}"
    if vendor == "sqlite":
        when = f"WHEN {rule.refused_when} " if rule.refused_when else ""
        does = "; ".join(rule.does) or f"SELECT RAISE(ABORT, '{message}')"
        return [
            f'CREATE TRIGGER "{rule.name}" {_moment(rule)} {rule.event} ON "{rule.table}" FOR EACH ROW {when}'
            f"BEGIN {does}; END"
        ]
    level = "STATEMENT" if rule.event == "TRUNCATE" else "ROW"
    return [
        f'CREATE OR REPLACE FUNCTION "{rule.name}"() RETURNS trigger LANGUAGE plpgsql AS $guard${_body(rule)}$guard$',
        f'CREATE TRIGGER "{rule.name}" {_moment(rule)} {rule.event} ON "{rule.table}" FOR EACH {level} '
        f'EXECUTE FUNCTION "{rule.name}"()',
        # Also where a session says it only replicates.
        f'ALTER TABLE "{rule.table}" ENABLE ALWAYS TRIGGER "{rule.name}"',
    ]


def _moment(rule: Rule) -> str:
    return "AFTER" if rule.does else "BEFORE"


def _body(rule: Rule) -> str:
    refuse = f"RAISE EXCEPTION 'audit: {rule.message}' USING ERRCODE = 'integrity_constraint_violation';"
    done = "".join(f"{statement}; " for statement in rule.does)
    back = (
        "RETURN NULL;"
        if rule.event == "TRUNCATE" or rule.does
        else f"RETURN {'OLD' if rule.event == 'DELETE' else 'NEW'};"
    )
    if rule.refused_when is None:
        return f" BEGIN {done}{back} END " if done else f" BEGIN {refuse} END "
    return f" BEGIN IF {rule.refused_when} THEN {done or refuse} END IF; {back} END "


def declared(using: str) -> dict[str, Rule]:
    """The rules by name that belong in this database: those whose tables are there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    return {
        rule.name: rule
        for model, rule in rules(connection.vendor)
        if {rule.table, model._meta.db_table} <= tables and router.allow_migrate_model(using, model)
    }


def installed(using: str) -> dict[str, str]:
    """The triggers of ours in this database, by name, each with what it does as the database tells it."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    else:
        sql = (
            "SELECT t.tgname, t.tgenabled::text || c.relname || p.prosrc FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND t.tgname LIKE %s AND c.relnamespace = current_schema()::regnamespace"
        )
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [PREFIX.replace("_", r"\_") + "%" if connection.vendor != "sqlite" else PREFIX + "%"]
        )
        return dict(cursor.fetchall())


def _expected(vendor: str, rule: Rule) -> str:
    return statements(vendor, rule)[0] if vendor == "sqlite" else f"A{rule.table}{_body(rule)}"


def differences(using: str) -> list[str]:
    """What is missing, changed or left over, one sentence each; empty where all is as declared."""
    wanted, found = declared(using), installed(using)
    vendor = connections[using].vendor
    told = []
    for name, rule in wanted.items():
        if name not in found:
            told.append(f"{rule.table}: the trigger against {rule.event} is missing")
        elif found[name] != _expected(vendor, rule):
            told.append(f"{rule.table}: the trigger against {rule.event} has been changed or disabled")
    told += [f"{name} is a trigger nobody declared" for name in sorted(found.keys() - wanted.keys())]
    return told


def install(using: str) -> None:
    """Make this database's triggers those declared here, and what they keep so. Does nothing where they are."""
    connection = connections[using]
    if not differences(using):
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        remove(using)
        for rule in declared(using).values():
            for statement in statements(connection.vendor, rule):
                cursor.execute(statement)
        tables = set(connection.introspection.table_names(cursor))
        for kept in kept_models():
            if tables_of(kept) <= tables and router.allow_migrate_model(using, kept):
                cursor.execute(f'DELETE FROM "{kept._meta.db_table}"')
                cursor.execute(filling(kept))


def remove(using: str) -> None:
    """Take this database's triggers away, for the moment in which its tables are remade."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name in installed(using):
            _drop(connection, cursor, name)


def _drop(connection: Any, cursor: Any, name: str) -> None:
    if connection.vendor == "sqlite":
        cursor.execute(f'DROP TRIGGER "{name}"')
    else:
        cursor.execute(f'DROP FUNCTION "{name}"() CASCADE')
