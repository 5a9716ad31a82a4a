"""What the log says about signing in: every success, every failure and every way an open sign-in ended."""

from uuid import UUID

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest

from audit.recorder import Who, record
from vetting.accounts import sessions
from vetting.accounts.assurance import demands
from vetting.accounts.genuine import renew
from vetting.accounts.models import Account

# Whoever signs in does so as an account holder; which other roles she acts in is said by the acts that follow.
ROLE = "employee"
NOBODY = Who(None, None, "system")


def connect() -> None:
    """Listen to sign-ins; called once, when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="accounts.signin_log")


def who(account: Account) -> Who:
    """The account holder as the log names her: person, account, and the role every account holder has."""
    return Who(account.person_id, account.pk, ROLE)


def record_failure(method: str, username: str = "") -> None:
    """Record an attempt that was refused; ``method`` is a code such as ``password`` or ``too_many``.

    The entry points at the account that was tried, when there is one, and never holds what was typed.
    """
    # One and the same question for known and unknown names, so that the answer takes equally long.
    tried: UUID | None = (
        Account.objects.filter(username__iexact=username.strip()).values_list("pk", flat=True).first()
    )
    record("account.sign_in_failed", NOBODY, subject=tried, facts={"method": method})


def record_expired(account: Account, minutes: int) -> None:
    """Record that a sign-in ran out, ``minutes`` after its latest use (or, at the absolute limit, its start)."""
    record("account.session_expired", who(account), subject=account.pk, facts={"minutes": minutes})


def record_ended(account: Account, count: int) -> None:
    """Record that the account holder ended ``count`` of her own sign-ins."""
    record("account.session_ended", who(account), subject=account.pk, facts={"role": ROLE, "count": count})


def record_changed(account: Account, method: str, digest: str = "") -> None:
    """Record that the account holder changed how she signs in, in the transaction that does it.

    `digest` is the fingerprint of a security key that came or went: what is signed with it is held against this entry.
    """
    facts = {"role": ROLE, "method": method} | ({"digest": digest} if digest else {})
    with transaction.atomic():
        record("account.sign_in_edited", who(account), subject=account.pk, facts=facts)
        renew(account.pk)


def _signed_in(sender: type[Model], request: HttpRequest, user: Account, **_kwargs: object) -> None:
    """Start the session's clocks and record the sign-in; a log that cannot be written stops the sign-in."""
    sessions.start(request)
    if demands(user).one_session:
        ended = sessions.end_others(request, user)
        if ended:
            record_ended(user, ended)
    facts = {"role": ROLE, "method": sessions.method_of(request, user)}
    record("account.signed_in", who(user), subject=user.pk, facts=facts)
