"""The row that says which account a subject of the provider is; `binding` writes and asks it."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.keyed import fingerprint


class BindingFingerprint(models.BinaryField):
    """The column: worked out anew at every save, under a key that is not in the database."""

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        """The fingerprint of the row as it is about to be."""
        made = fingerprint_of(model_instance)
        setattr(model_instance, self.attname, made)
        return made


class SubjectBinding(models.Model):
    """One account is one subject of one issuer, and the other way round."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(
        "accounts.Account", verbose_name=_("konto"), on_delete=models.PROTECT, related_name="subject_binding"
    )
    issuer = models.CharField(_("utfärdare"), max_length=255)
    subject = models.CharField(_("identitet hos utfärdaren"), max_length=255)
    bound_at = models.DateTimeField(_("knuten"), default=timezone.now, editable=False)
    fingerprint = BindingFingerprint(editable=False)

    class Meta:
        app_label = "accounts"
        verbose_name = _("koppling till kommunens inloggning")
        verbose_name_plural = _("kopplingar till kommunens inloggning")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="accounts_subject_once"),
        ]


def fingerprint_of(binding: Any) -> bytes:
    """What the row's fingerprint should be."""
    values = [str(binding.pk), str(binding.account_id), binding.issuer, binding.subject]
    return fingerprint("subject binding", values)
