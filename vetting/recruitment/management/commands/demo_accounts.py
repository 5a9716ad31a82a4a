"""The accounts of the demonstration, as JSON."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vetting.organisation.models import Organisation
from vetting.recruitment.demo.accounts import listing


class Command(BaseCommand):
    """Nothing outside the demonstration, where no password can be known."""

    help = (
        "Prints the demonstration's accounts as a JSON list: username, password, role, name."
        " Example: manage.py demo_accounts | python3 -m json.tool"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError (exit 2) in a database without the demonstration's mark."""
        if not settings.DEMO or not Organisation.objects.filter(is_demonstration=True).exists():
            raise CommandError("There is no demonstration here: fill one with seed_demo.", returncode=2)
        self.stdout.write(json.dumps(listing(), ensure_ascii=False, indent=1))
