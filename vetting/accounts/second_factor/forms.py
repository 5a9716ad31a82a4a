"""The forms of second factors: showing one, adding an app or a key, naming a key."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vetting.accounts import signin_log
from vetting.accounts.models import Account
from vetting.accounts.second_factor import codes, keys

INPUT = "ds-input"


class CodeField(forms.CharField):
    """A code that is typed or filled in by the browser."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {
            "class": INPUT,
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "spellcheck": "false",
        }
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)


class ShowFactorForm(forms.Form):
    """A code, or a security key's answer. What was right stands in `used`."""

    code = CodeField(label=_("Kod"), required=False)
    answer = forms.CharField(required=False, widget=forms.HiddenInput, max_length=keys.LONGEST_ANSWER)

    def __init__(
        self, *args: Any, request: HttpRequest, account: Account, recovery: bool, again: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.account, self.recovery, self.again = request, account, recovery, again
        self.used: Authenticator | None = None
        if recovery:
            self.fields["code"].help_text = _("Sex siffror från appen, eller en av dina återställningskoder.")
        else:
            self.fields["code"].help_text = _("Sex siffror från appen.")

    def clean(self) -> dict[str, Any]:
        """Use the factor: what is right is spent here, whatever happens next."""
        cleaned = super().clean() or {}
        typed, answer = cleaned.get("code", ""), cleaned.get("answer", "")
        if self.errors or not (typed or answer):
            raise ValidationError(_("Skriv koden, eller använd säkerhetsnyckeln."))
        clear = self._allowed()
        if answer:
            self.used = keys.use_key(self.request, self.account, answer)
        else:
            self.used = codes.use_code(self.account, typed, recovery=self.recovery)
        if self.used is None:
            signin_log.record_failure(self._method(), self.account.username)
            raise ValidationError(
                _("Nyckeln godtogs inte. Försök igen.")
                if answer
                else _("Koden stämmer inte, eller är redan använd. Vänta på nästa kod i appen.")
            )
        clear()
        return cleaned

    def _allowed(self) -> Any:
        try:
            return check_rate_limit(self.account)
        except ValidationError:
            signin_log.record_failure("too_many", self.account.username)
            raise

    def _method(self) -> str:
        return "step_up" if self.again else "second_factor"


class AddAppForm(forms.Form):
    """The first code of an app; the secret travels along, sealed."""

    secret = forms.CharField(widget=forms.HiddenInput, max_length=2000)
    code = CodeField(label=_("Kod från appen"), help_text=_("Sex siffror."))


class AddKeyForm(forms.Form):
    """What the key is called, and what it answered."""

    name = forms.CharField(
        label=_("Namn på nyckeln"),
        help_text=_("Så att du känner igen den, till exempel Nyckelknippan."),
        max_length=keys.LONGEST_NAME,
        widget=forms.TextInput(attrs={"class": INPUT}),
    )
    answer = forms.CharField(required=False, widget=forms.HiddenInput, max_length=keys.LONGEST_ANSWER)


class NameKeyForm(forms.Form):
    """Another name for a key."""

    name = forms.CharField(
        label=_("Namn på nyckeln"),
        max_length=keys.LONGEST_NAME,
        widget=forms.TextInput(attrs={"class": INPUT}),
    )
