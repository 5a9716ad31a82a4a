"""The demonstration and real installations never meet in one database: the seed's mark tells them apart."""

import sys
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import DEFAULT_DB_ALIAS, connections

from audit.startup import problems as log_problems
from audit.triggers import differences
from vetting.access import powers
from vetting.organisation.models import Organisation
from vetting.policy import soundness


def problem() -> str:
    """Why this database must not be served under these settings, in one sentence; empty where it may.

    A database without an organisation is empty: it becomes what is first put into it.
    """
    if Organisation._meta.db_table not in connections[DEFAULT_DB_ALIAS].introspection.table_names():
        return ""
    marks = set(Organisation.objects.values_list("is_demonstration", flat=True))
    if settings.DEMO and False in marks:
        return "DATABASE_URL names a database of a real installation: the demonstration does not touch it."
    if not settings.DEMO and True in marks:
        return "DATABASE_URL names the database of a demonstration: an installation begins with an empty one."
    return ""


def check(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The same as a system check, where a command asks about the database."""
    found = problem() if databases and DEFAULT_DB_ALIAS in databases else ""
    return [Error(found, id="config.E003")] if found else []


def refuse() -> None:
    """Raises SystemExit(4), which stops the web server, with one line each for what must not be served.

    The database may be of the wrong kind or older than its log, hold powers that go past the door, have triggers
    that are not those declared, or the policy may be unsound.
    """
    found = [problem()] if problem() else []
    found += powers.problems()
    found += differences(DEFAULT_DB_ALIAS)
    found += log_problems()
    found += [str(finding) for finding in soundness.findings()]
    if found:
        sys.stderr.write("".join(f"{line}\n" for line in found))
        raise SystemExit(4)
