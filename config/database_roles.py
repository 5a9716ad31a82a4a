"""Who may do what in PostgreSQL: an owner, the service, and an auditor who reads the log. Worked out from the models.

The service adds to the log and its history and changes nothing there but what sealing gives; it owns nothing, so it can
drop or disable no trigger. The auditor reads the tables of which every column is of the class "log": nothing of a case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models, router
from django.db.migrations.recorder import MigrationRecorder

from audit.covered import AppendOnlyModel
from audit.triggers import declared
from vetting.policy.handling_tables import TABLES

# The one table that belongs to no app.
_MIGRATIONS: Any = MigrationRecorder.Migration
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_WITHOUT_POWERS = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


class RolesError(Exception):
    """The roles cannot be set up like this; the text says why."""


@dataclass(frozen=True, slots=True)
class Names:
    """The three roles by name. Raises RolesError for names that are not plain, or not three."""

    owner: str
    application: str
    auditor: str

    def __post_init__(self) -> None:
        names = (self.owner, self.application, self.auditor)
        if len(set(names)) != len(names) or not all(map(_NAME.fullmatch, names)):
            raise RolesError(
                "The three roles need three names of lower-case letters, digits and underscores."
            )


def tables(using: str) -> Iterator[tuple[type[models.Model], str]]:
    """Every table of this database with its model: those of the apps, and the list of migrations."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and router.allow_migrate_model(using, model):
            yield model, model._meta.db_table
    yield _MIGRATIONS, _MIGRATIONS._meta.db_table


def service_may(model: type[models.Model]) -> list[str]:
    """What the service may do with the table, as PostgreSQL writes privileges."""
    if model is _MIGRATIONS:
        return ["SELECT"]
    if not issubclass(model, AppendOnlyModel):
        return ["SELECT", "INSERT", "UPDATE", "DELETE"]
    later = ", ".join(f'"{field.column}"' for field in model._meta.fields if field.name in model.given_later)
    return ["SELECT", "INSERT", *([f"UPDATE ({later})"] if later else [])]


def auditor_may_read(model: type[models.Model]) -> bool:
    """Whether every column of the table is of the class "log", as the policy has it."""
    classes = TABLES.get(model._meta.label_lower, ("", {}))[1]
    return set(classes) == {"log"}


def statements(using: str, names: Names) -> list[str]:
    """The SQL that sets the roles up, whatever was there before. Reads which triggers belong in the database."""
    database = connections[using].settings_dict["NAME"].replace('"', '""')
    owner, service, auditor = (f'"{name}"' for name in (names.owner, names.application, names.auditor))
    others = f"PUBLIC, {service}, {auditor}"
    made = [_role(name) for name in (names.owner, names.application, names.auditor)]
    made += [
        f'ALTER DATABASE "{database}" OWNER TO {owner}',
        f'REVOKE ALL ON DATABASE "{database}" FROM {others}',
        f'GRANT CONNECT ON DATABASE "{database}" TO {service}',
        f"REVOKE ALL ON SCHEMA public FROM {others}",
        f"GRANT USAGE ON SCHEMA public TO {service}",
        f"GRANT ALL ON SCHEMA public TO {owner}",
    ]
    if any(auditor_may_read(model) for model, _ in tables(using)):
        made.append(f'GRANT CONNECT ON DATABASE "{database}" TO {auditor}')
        made.append(f"GRANT USAGE ON SCHEMA public TO {auditor}")
    made += [f'ALTER TABLE "{table}" OWNER TO {owner}' for _, table in tables(using)]
    made += [f'ALTER FUNCTION "{name}"() OWNER TO {owner}' for name in declared(using)]
    for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        made.append(f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM {others}")
        # What a later migration makes is nobody's until this is run again.
        made.append(f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} REVOKE ALL ON {kind} FROM {others}")
    for model, table in tables(using):
        made.append(f'GRANT {", ".join(service_may(model))} ON "{table}" TO {service}')
        if auditor_may_read(model):
            made.append(f'GRANT SELECT ON "{table}" TO {auditor}')
    made.append(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {service}")
    return made


def _role(name: str) -> str:
    # An existing role keeps its password; what it may beyond this database is looked at before.
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}')"
        f' THEN CREATE ROLE "{name}" LOGIN {_WITHOUT_POWERS}; END IF; END $$'
    )


def obstacles(using: str, names: Names) -> list[str]:
    """Roles that are there already and may more than any grant could take from them, one sentence each."""
    found = []
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND"
            " (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls) ORDER BY rolname",
            [[names.application, names.auditor]],
        )
        found += [
            f"{name} has powers over the whole server: ALTER ROLE first." for (name,) in cursor.fetchall()
        ]
        cursor.execute(
            "SELECT m.rolname, r.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member"
            " JOIN pg_roles r ON r.oid = a.roleid WHERE m.rolname = ANY(%s) ORDER BY 1, 2",
            [[names.application, names.auditor]],
        )
        found += [f"{name} is a member of {of}: REVOKE it first." for name, of in cursor.fetchall()]
    return found


def owns_its_log(using: str) -> bool:
    """Whether the role of this connection can change the log: because it owns it, or may without owning."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('audit_entry', 'DELETE, TRUNCATE')")
        row: Any = cursor.fetchone()
        return bool(row[0])


def without_rights(using: str) -> list[str]:
    """The tables that the role of this connection cannot read."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT t FROM unnest(%s::text[]) AS t WHERE to_regclass(quote_ident(t)) IS NOT NULL"
            " AND NOT has_table_privilege(quote_ident(t), 'SELECT') ORDER BY t",
            [[table for _, table in tables(using)]],
        )
        return [name for (name,) in cursor.fetchall()]
