"""The log as a Django app: its triggers come back after every migration, its checks run with Django's."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    """Registers checks and the installation of triggers."""

    name = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what must be there before the first act."""
        from audit.checks import check_covered_models, check_history_commands, check_triggers

        checks.register(check_covered_models, checks.Tags.models)
        checks.register(check_history_commands, checks.Tags.models)
        checks.register(check_triggers, checks.Tags.database)
        # SQLite changes a table by making another one. That drops its triggers, so all are made anew each time, and
        # fails where a trigger of another table speaks of it, so all are gone before.
        pre_migrate.connect(_remove_triggers, sender=self, dispatch_uid="audit.triggers")
        post_migrate.connect(_install_triggers, sender=self, dispatch_uid="audit.triggers")


def _remove_triggers(using: str, plan: Sequence[Any], **kwargs: Any) -> None:
    from audit.triggers import remove

    if plan and connections[using].vendor == "sqlite":
        remove(using)


def _install_triggers(using: str, **kwargs: Any) -> None:
    from audit.triggers import install

    install(using)
