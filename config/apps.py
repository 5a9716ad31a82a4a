"""The wiring as a Django app: the worker's leases, the commands and the deploy checks."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Owns the table of leases, the commands and the deploy checks."""

    name = "config"

    def ready(self) -> None:
        """Register the checks."""
        from config import checks

        checks.register_all()
