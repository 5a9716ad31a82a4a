"""A recipient's own key: made, certified, restored, revoked. What opens a key is never shown again on a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vetting.accounts.models import Account
from vetting.policy.reasons_reports import KEY_REVOKED
from vetting.reports.labels import CHANNELS
from vetting.web.choices import choose_from
from vetting.web.fields import LineField, PickField, TextField
from vetting.web.forms import BaseForm

PARTS = range(1, 6)


class NewKeyForm(BaseForm):
    """Which channel the key is for."""

    directory = PickField(label=_("Kanal"))

    def __init__(self, *args: Any, directories: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "directory", [(code, CHANNELS[code]) for code in directories])
        self.fields["directory"].initial = directories[0] if directories else None


class CertificateForm(BaseForm):
    """What the root signed, and who took the five parts."""

    certificate = TextField(
        label=_("Intyget"),
        help_text=_("Öppna filen från ceremonin och klistra in allt som står i den."),
        rows=7,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in PARTS:
            self.fields[f"holder_{number}"] = LineField(
                label=gettext("Del %(number)s har lämnats till (användarnamn)") % {"number": number},
                max_length=150,
            )

    def clean(self) -> dict[str, Any]:
        """Each user name is an open account's."""
        cleaned = super().clean()
        for number in PARTS:
            typed = str(cleaned.get(f"holder_{number}", "")).strip()
            found = Account.objects.filter(username__iexact=typed, is_active=True).first()
            if typed and found is None:
                self.add_error(f"holder_{number}", gettext("Det finns inget öppet konto med det namnet."))
            elif found is not None:
                cleaned[f"holder_{number}"] = found.person_id
        return cleaned

    @property
    def holders(self) -> list[UUID]:
        """The five, in the order of the parts."""
        return [self.cleaned_data[f"holder_{number}"] for number in PARTS]


class RevokeForm(BaseForm):
    """Why."""

    reason = PickField(label=_("Varför?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "reason", [(code, gettext(label)) for code, label in KEY_REVOKED.items()])


class CodeForm(BaseForm):
    """A code on paper."""

    code = forms.CharField(
        label=_("Koden"),
        help_text=_(
            "Sju grupper med fyra tecken. Mellanslag och stora eller små bokstäver spelar ingen roll."
        ),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def kept_back(self) -> frozenset[str]:
        """The code opens a key."""
        return frozenset({"code"})


class ShareForm(BaseForm):
    """One of the five parts, with the mark that its owner has said in person."""

    told = forms.CharField(
        label=_("Kontrollraden"),
        help_text=_("Fem grupper med fyra tecken, som innehavaren själv har sagt till dig."),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    part = forms.CharField(
        label=_("Din del"),
        help_text=_("Tecknen på ditt papper, i grupper om fyra. Mellanslag spelar ingen roll."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )

    def kept_back(self) -> frozenset[str]:
        """The part is a secret."""
        return frozenset({"part"})


class NothingForm(BaseForm):
    """A button that is pressed in sight of what it does."""
