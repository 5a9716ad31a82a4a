from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The room's Django app; it exists because the room owns tables."""

    name = "vetting.access"
    label = "access"

    def ready(self) -> None:
        """Register the system checks of the policy."""
        import_module("vetting.access.checks")
