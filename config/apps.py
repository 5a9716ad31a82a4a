"""The wiring as a Django app: the worker's leases, the commands and the deploy checks."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Owns the table of leases, the commands and the deploy checks."""

    name = "config"

    def ready(self) -> None:
        """Register the checks, and who tells whether messages leave."""
        from config import checks
        from vetting.oversight import sending
        from vetting.reports import notices

        checks.register_all()
        sending.SENDERS[:] = [lambda: [sending.Way(code, state) for code, state in notices.ways()]]
