"""Forms of what is proposed about an account."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.accounts.models import Account
from vetting.web.fields import LineField
from vetting.web.forms import BaseForm


class ResetForm(BaseForm):
    """Nothing but the button: whoever proposes chooses nothing."""


class LinkForm(BaseForm):
    """The other account of the same person."""

    other = LineField(
        label=gettext_lazy("Det andra kontots användarnamn"),
        max_length=150,
        help_text=gettext_lazy("Öppet eller stängt."),
    )

    def clean_other(self) -> str:
        """There is such an account."""
        typed: str = self.cleaned_data["other"]
        found = Account.objects.select_related("person").filter(username__iexact=typed).first()
        if found is None:
            raise forms.ValidationError(_("Det finns inget konto med det användarnamnet."))
        self.account = found
        return found.username


class SeenForm(BaseForm):
    """Whoever confirms a reset says that she has seen the person."""

    has_seen = forms.BooleanField(
        label=gettext_lazy("Jag har träffat personen och vet att det är hon eller han som äger kontot."),
        error_messages={"required": gettext_lazy("Kryssa i när du har träffat personen.")},
    )
