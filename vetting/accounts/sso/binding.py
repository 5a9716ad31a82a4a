"""Which account a subject of the provider is: bound once, by user name, and from then on by the subject alone.

The provider's user name can be given to another person there; its subject cannot. So the name is believed the first
time only, for an account that has no subject yet; a new subject with an old name opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from hmac import compare_digest
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from vetting.accounts import genuine, signin_log
from vetting.accounts.models import Account
from vetting.accounts.sso.subject import SubjectBinding, fingerprint_of

if TYPE_CHECKING:
    from audit.integrity import Finding
    from vetting.accounts.sso.id_token import Identity


def is_genuine(binding: SubjectBinding) -> bool:
    """Whether the row is as this service wrote it."""
    return compare_digest(bytes(binding.fingerprint), fingerprint_of(binding))


def account_of(identity: Identity, claim: str) -> Account | None:
    """The open account of this identity, bound now if it was not yet; None where there is none to open.

    ``claim`` names the claim that holds the user name. Records the binding, in the same transaction.
    """
    found = _bound(identity) or _unbound(identity, claim)
    if found is None or not found.is_active or not genuine.is_genuine(found):
        return None
    if not SubjectBinding.objects.filter(account=found).exists() and not _bind(found, identity):
        return None
    return found


def release(account: Account) -> bool:
    """Take the binding away, so that the next sign-in binds the account anew; True where there was one.

    For the act of an administrator, who records it: the subject has changed at the provider.
    """
    return bool(SubjectBinding.objects.filter(account=account).delete()[0])


def findings() -> Iterator[Finding]:
    """Bindings that somebody else wrote or changed (AUDIT_ALSO)."""
    from audit.integrity import Finding

    for binding in SubjectBinding.objects.order_by("pk").iterator(2000):
        if not is_genuine(binding):
            yield Finding("account-edited", label="accounts.subjectbinding", row=binding.pk)


def _bound(identity: Identity) -> Account | None:
    row = (
        SubjectBinding.objects.select_related("account__person")
        .filter(issuer=identity.issuer, subject=identity.subject)
        .first()
    )
    return row.account if row is not None and is_genuine(row) else None


def _unbound(identity: Identity, claim: str) -> Account | None:
    name = identity.claims.get(claim)
    if not isinstance(name, str) or not name.strip() or len(name) > 150:
        return None
    return (
        Account.objects.select_related("person")
        .filter(username__iexact=name.strip(), subject_binding__isnull=True)
        .first()
    )


def _bind(account: Account, identity: Identity) -> bool:
    try:
        with transaction.atomic():
            SubjectBinding.objects.create(account=account, issuer=identity.issuer, subject=identity.subject)
            signin_log.record_changed(account, "sso_bound")
    except IntegrityError:
        # Another browser, or a row that somebody else wrote, has the subject or the account.
        return False
    return True
