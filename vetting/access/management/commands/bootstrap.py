"""The first people of a real installation: two who administer, and two who confirm what those propose."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from audit.recorder import Who, act
from vetting.access.roles import grant_bootstrap, grant_heads, roles_in_force_of, somebody_confirms
from vetting.accounts.first_password import first_password
from vetting.accounts.models import Account, Person

INSTALLATION = Who(None, None, "system")
Named = tuple[str, str]
"""User name and full name."""


class Command(BaseCommand):
    """``manage.py bootstrap``: exit 0 and the passwords on standard output, or one line of reason on standard error."""

    help = (
        "Creates the first two administrators of a real installation, and the first head of HR and head of security,\n"
        "who confirm every role from then on. Prints a password for each, once; each must choose a new one when\n"
        "signing in. Refuses administrators when there is any account. The two heads alone can be given later, while\n"
        "there is nobody who can confirm a role: in an installation without them, or where the last one has left.\n\n"
        'Example:\n  manage.py bootstrap --administrator anna.ek "Anna Ek" --administrator bo.as "Bo Ås" \\\n'
        '    --hr-head eva.al "Eva Al" --security-head ulf.ask "Ulf Ask"'
    )

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        """Keep the example on lines of its own."""
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two administrators, and the two heads."""
        pair: dict[str, Any] = {"nargs": 2, "metavar": ("USERNAME", "NAME")}
        parser.add_argument(
            "--administrator",
            action="append",
            default=[],
            help="user name and full name; given twice, for two different persons",
            **pair,
        )
        parser.add_argument("--hr-head", help="who confirms roles as head of HR", **pair)
        parser.add_argument("--security-head", help="who confirms roles as head of security", **pair)

    def handle(
        self,
        *args: Any,
        administrator: list[list[str]],
        hr_head: list[str] | None,
        security_head: list[str] | None,
        **options: Any,
    ) -> None:
        """Create all or none. Raises CommandError with the reason."""
        wanted = [_named(pair) for pair in administrator]
        heads = [_named(pair) for pair in (hr_head, security_head) if pair is not None]
        _require_different(wanted, heads)
        if settings.DEMO:
            raise CommandError("This is the demonstration; its accounts come with the seed.")
        made = [_Made(username, name) for username, name in [*wanted, *heads]]
        with transaction.atomic():
            if wanted:
                _begin(made)
            else:
                _add_heads(made)
        for one in made:
            self.stdout.write(f"{one.account.username}\t{one.secret}")


class _Made:
    """Somebody to be: the person, the account and the generated first password."""

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


def _begin(made: list[_Made]) -> None:
    """The first people of an empty installation."""
    if Account.objects.exists():
        raise CommandError("There are accounts already; administrators are now made by administrators.")
    for one in made:
        one.save()
    first, second, *heads = (one.person for one in made)
    grant_bootstrap((first, second), (heads[0], heads[1]) if heads else None)


def _add_heads(made: list[_Made]) -> None:
    """The first who confirm, where there is nobody who can."""
    if somebody_confirms():
        raise CommandError("Somebody confirms roles already; heads are now proposed by administrators.")
    proposers = list({grant.person_id: grant.person for grant in roles_in_force_of("administrator")}.values())
    if not proposers:
        raise CommandError("There is no administrator with an open account.")
    taken = [one.account.username for one in made]
    for username in taken:
        if Account.objects.filter(username__iexact=username).exists():
            raise CommandError(f"{username}: the user name exists already.")
    for one in made:
        one.save()
    grant_heads((made[0].person, made[1].person), (proposers[0], proposers[-1]))


def _named(pair: list[str]) -> Named:
    username, name = (part.strip() for part in pair)
    return username, name


def _require_different(administrators: list[Named], heads: list[Named]) -> None:
    if len(heads) == 1 or not (administrators or heads):
        raise CommandError(
            "Give --administrator twice, or --hr-head and --security-head together, or all four."
        )
    if administrators and len(administrators) != 2:
        raise CommandError("Two administrators are needed: give --administrator twice.")
    everybody = [*administrators, *heads]
    for kind, values in zip(("user name", "name"), zip(*everybody, strict=True), strict=True):
        if not all(values):
            raise CommandError(f"Each of them needs a {kind}.")
        if len({value.casefold() for value in values}) != len(everybody):
            raise CommandError(f"They are different persons; no two of them can share a {kind}.")
