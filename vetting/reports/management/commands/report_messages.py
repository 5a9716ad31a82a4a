"""For the operator: whether messages to recipients of reports leave the machine. Names nobody and no report."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from vetting.reports.notices import is_stuck, unsent


class Command(BaseCommand):
    """One line for each way and kind; exit 1 where something that should have left has not."""

    help = (
        "Whether messages to recipients leave; exit 1 when some are stuck. Example: manage.py report_messages"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print and judge. Raises SystemExit (1) when a message has failed more than once."""
        self.stdout.write(f"mail: {'set' if settings.ANCHOR_RELAY is not None else 'no server (EMAIL_URL)'}")
        self.stdout.write(
            f"sms: {'set' if settings.SMS_GATEWAY is not None else 'no gateway (SMS_GATEWAY_URL)'}"
        )
        waiting = unsent()
        for kind, number in waiting.items():
            self.stdout.write(f"{kind}: {number} tried and not sent")
        if not waiting:
            self.stdout.write("everything due has left")
        if is_stuck():
            raise SystemExit(1)
