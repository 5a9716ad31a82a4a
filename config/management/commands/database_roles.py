"""Set up the roles of PostgreSQL: who owns the database, what the service may, what an auditor may read."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from config.database_roles import Names, RolesError, obstacles, statements


class Command(BaseCommand):
    """Run as a superuser, or as the owner once the roles are there; again after every migration. Changes no data."""

    help = (
        "Makes the owner's, the service's and the auditor's roles in PostgreSQL and grants each what it needs."
        " Example: manage.py database_roles --print | less"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The names of the roles, which database, and whether to print the SQL instead."""
        parser.add_argument("--owner", default="vetting_owner", help="owns the tables and migrates")
        parser.add_argument("--application", default="vetting_app", help="what the service signs in as")
        parser.add_argument("--auditor", default="vetting_auditor", help="reads the log, nothing of a case")
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, choices=list(settings.DATABASES))
        parser.add_argument("--print", action="store_true", help="print the SQL and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises SystemExit with 2 and one line where the roles cannot be set up."""
        using = options["database"]
        try:
            if connections[using].vendor != "postgresql":
                raise RolesError("SQLite has no roles: whoever can write the file owns it. Use PostgreSQL.")
            names = Names(options["owner"], options["application"], options["auditor"])
            if options["print"]:
                self.stdout.write(
                    "".join(f"{statement};\n" for statement in statements(using, names)), ending=""
                )
                return
            for found in obstacles(using, names):
                raise RolesError(found)
            with transaction.atomic(using=using), connections[using].cursor() as cursor:
                for statement in statements(using, names):
                    cursor.execute(statement)
        except RolesError as error:
            sys.stderr.write(f"{error}\n")
            raise SystemExit(2) from None
        except DatabaseError as error:
            sys.stderr.write(f"The roles were left as they were: {str(error).splitlines()[0]}\n")
            raise SystemExit(2) from None
