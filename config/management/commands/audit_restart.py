"""Let a broken log go on: two persons decide, and the new tree's first entry binds it to the old one."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import state
from audit.events import DAY_TREES
from audit.restart import restart
from vetting.access.actor import Actor, load_actor
from vetting.accounts.genuine import is_genuine
from vetting.accounts.models import Account
from vetting.policy.reasons import LOG_RESTART

ROLES = ("auditor", "security_head", "administrator")


class Command(BaseCommand):
    """Exit 0 and the new tree's name, or 2 and one line of reason."""

    help = (
        "Ends a log that no longer matches its state outside the database and begins a new tree, anchored to it."
        " Stop the web server and the worker first, and run audit_verify. Two persons who are auditor, head of security"
        " or administrator give their passwords (asked for, or one a line on standard input)."
        " Example: manage.py audit_restart --reason restored --by anna.ek --with bo.as"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Why, and which two."""
        parser.add_argument("--tree", choices=["main", *sorted(DAY_TREES)], default="main")
        parser.add_argument("--reason", choices=sorted(LOG_RESTART), required=True)
        parser.add_argument("--by", required=True, metavar="USERNAME")
        parser.add_argument("--with", required=True, dest="other", metavar="USERNAME")

    def handle(self, *args: Any, tree: str, reason: str, by: str, other: str, **options: Any) -> None:
        """Raises CommandError."""
        acting, agreeing = _proven(by), _proven(other)
        if acting.person_id == agreeing.person_id:
            raise CommandError("Two different persons are needed, not two accounts.", returncode=2)
        role = next(role for role in ROLES if acting.holds(role))
        new = restart(tree, acting.who(role), other=agreeing.person_id, reason=reason)
        self.stdout.write(f"The log goes on as {new}. Its first key: {state.folder() / new}.first")


def _proven(username: str) -> Actor:
    """Whose account it is, after the right password. The same answer for what is wrong, whatever it is."""
    asked = f"Password of {username}: "
    password = getpass(asked) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    account = (
        Account.objects.select_related("person").filter(username__iexact=username, is_active=True).first()
    )
    # Who can write to the database could else give two accounts a password of her own, and be both persons.
    if account is not None and is_genuine(account) and account.check_password(password):
        actor = load_actor(account)
        if actor.holds(*ROLES):
            return actor
    raise CommandError(f"{username}: not an account with that password and one of the roles.", returncode=2)
