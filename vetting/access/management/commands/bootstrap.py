"""The first two administrators of a real installation: two persons, so that none of them can act alone from then on."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from audit.recorder import Who, act
from vetting.access.roles import grant_bootstrap
from vetting.accounts.first_password import first_password
from vetting.accounts.models import Account, Person

INSTALLATION = Who(None, None, "system")


class Command(BaseCommand):
    """``manage.py bootstrap``: exit 0 and two passwords on standard output, or one line of reason on standard error."""

    help = (
        "Creates the first two administrators of a real installation and prints a password for each, once.\n"
        "Each must choose a new one when signing in. Refuses when there is any account.\n\n"
        'Example:\n  manage.py bootstrap --administrator anna.ek "Anna Ek" --administrator bo.as "Bo Ås"'
    )

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        """Keep the example on a line of its own."""
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two administrators."""
        parser.add_argument(
            "--administrator",
            nargs=2,
            action="append",
            required=True,
            metavar=("USERNAME", "NAME"),
            help="user name and full name; given twice, for two different persons",
        )

    def handle(self, *args: Any, administrator: list[list[str]], **options: Any) -> None:
        """Create both or none. Raises CommandError with the reason."""
        wanted = [(username.strip(), name.strip()) for username, name in administrator]
        _require_two_persons(wanted)
        if settings.DEMO:
            raise CommandError("This is the demonstration; its accounts come with the seed.")
        made = [_Made(username, name) for username, name in wanted]
        with transaction.atomic():
            if Account.objects.exists():
                raise CommandError(
                    "There are accounts already; administrators are now made by administrators."
                )
            for one in made:
                one.save()
            grant_bootstrap((made[0].person, made[1].person))
        for one in made:
            self.stdout.write(f"{one.account.username}\t{one.secret}")


class _Made:
    """One administrator to be: the person, the account and the generated first password."""

    def __init__(self, username: str, name: str) -> None:
        self.secret = first_password()
        self.person = Person(display_name=name)
        self.account = Account(username=username, person=self.person, must_change_password=True)
        self.account.set_password(self.secret)
        try:
            self.person.clean_fields(exclude=["entry"])
            self.account.clean_fields(exclude=["person"])
        except ValidationError as error:
            raise CommandError(f"{username}: {' '.join(error.messages)}") from None

    def save(self) -> None:
        facts = {"role": INSTALLATION.role, "method": "bootstrap"}
        with act("account.created", INSTALLATION, subject=self.account.pk, facts=facts) as a:
            a.save(self.person)
            self.account.save(force_insert=True)


def _require_two_persons(wanted: list[tuple[str, str]]) -> None:
    if len(wanted) != 2:
        raise CommandError("Two administrators are needed: give --administrator twice.")
    for kind, values in zip(("user name", "name"), zip(*wanted, strict=True), strict=True):
        if not all(values):
            raise CommandError(f"An administrator needs a {kind}.")
        if len({value.casefold() for value in values}) != 2:
            raise CommandError(f"The two administrators are two persons; they cannot share a {kind}.")
