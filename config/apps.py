"""The wiring as a Django app: the worker's leases, and the table of the shared cache."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class WiringConfig(AppConfig):
    """Owns the table of leases, the commands and the deploy checks."""

    name = "config"

    def ready(self) -> None:
        """Connect the cache table to migrations, so that no set-up can forget it."""
        from config import checks

        checks.register_all()
        post_migrate.connect(create_cache_table, sender=self)


def create_cache_table(using: str, **kwargs: Any) -> None:
    """Create the table of the database cache in the main database, where the settings use one."""
    if using == "default":
        call_command("createcachetable", database=using, verbosity=0)
