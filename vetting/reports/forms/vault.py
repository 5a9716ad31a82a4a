"""Unlocking one's key."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from vetting.web.forms import BaseForm


class UnlockForm(BaseForm):
    """The passphrase of the ceremony; never shown again, not even on a page that comes back."""

    phrase = forms.CharField(
        label=_("Lösenfras"),
        help_text=_(
            "De sex orden som du fick vid nyckelceremonin. Stora och små bokstäver spelar ingen roll."
        ),
        max_length=400,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
