"""Persons, and the accounts persons sign in with.

A person is counted, an account is used: every "made by" names both, and four eyes compares persons, so that a second
account never becomes a second pair of eyes.
"""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.covered import Covered
from vetting.accounts.fingerprints import Fingerprint
from vetting.accounts.sso.subject import SubjectBinding

__all__ = ["Account", "AccountManager", "Person", "SubjectBinding"]


class Person(Covered):
    """One human being who works with recruitments; covered by the log, like every row that decides who was who."""

    display_name = models.CharField(_("namn"), max_length=120)
    email = models.EmailField(_("e-post"), blank=True)
    is_protected = models.BooleanField(_("skyddad identitet"), default=False)
    line_manager = models.ForeignKey(
        "self",
        verbose_name=_("närmaste chef"),
        on_delete=models.PROTECT,
        related_name="reports_to_me",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(line_manager__isnull=True) | ~Q(line_manager=models.F("id")),
                name="accounts_person_not_own_manager",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def shown_name(self) -> str:
        """The name for pages that others read: none of a person with protected identity."""
        return str(_("Namnet visas inte")) if self.is_protected else self.display_name


class AccountManager(BaseUserManager["Account"]):
    """Creates ordinary accounts only: there is no way to ask for a superuser."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account of a user name, letter case ignored; raises ``Account.DoesNotExist``."""
        return self.get(username__iexact=username)

    def create_user(
        self, username: str, password: str | None = None, *, person: Person, **fields: Any
    ) -> "Account":
        """Save and return a new account of ``person``; without a password nobody can sign in with it.

        Raises ValueError when the user name is empty, IntegrityError when it is taken (letter case ignored).
        """
        if not username.strip():
            raise ValueError("an account needs a user name")
        account = self.model(
            username=self.model.normalize_username(username.strip()), person=person, **fields
        )
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser, PermissionsMixin):
    """A way for one person to sign in. The times of sign-ins are in the log, never on this row."""

    # AbstractBaseUser brings a column for the latest sign-in; a tag of every sign-in belongs in the log alone.
    last_login = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        _("användarnamn"), max_length=150, unique=True, validators=[UnicodeUsernameValidator()]
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="accounts"
    )
    email = models.EmailField(_("e-post"), blank=True)
    is_active = models.BooleanField(_("öppet"), default=True)
    # A generated first password is seen by whoever hands it over, so it only opens the page where it is replaced.
    must_change_password = models.BooleanField(_("lösenordet måste bytas"), default=False)
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)
    # A digest of the rows of its second factors; empty where there are none.
    factors = models.BinaryField(default=b"", editable=False)
    # Under a key that is not in the database: a hash put here by somebody else opens nothing.
    fingerprint = Fingerprint(editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = _("konto")
        verbose_name_plural = _("konton")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(is_superuser=False), name="accounts_no_superuser"),
            models.UniqueConstraint(Lower("username"), name="accounts_username_any_case"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As any row; the fingerprint goes along where only some columns are saved."""
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "fingerprint"}
        super().save(*args, **kwargs)

    @property
    def is_staff(self) -> bool:
        """False for everyone: there is no Django administration here."""
        return False

    def get_full_name(self) -> str:
        """The name of the person behind the account."""
        return self.person.display_name
