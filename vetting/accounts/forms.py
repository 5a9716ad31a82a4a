"""The three forms of signing in: the sign-in itself, the password once more, and a new password."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.utils.translation import gettext_lazy as _

INPUT = "ds-input"


class SignInForm(LoginForm):
    """User name and password, without placeholders that vanish when one writes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], _("Användarnamn"), autocapitalize="none", spellcheck="false")
        _plain(self.fields["password"], _("Lösenord"))


class StepUpForm(ReauthenticateForm):
    """The password once more, asked of somebody who is already signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], _("Lösenord"), autocomplete="current-password")


class NewPasswordForm(PasswordChangeForm):
    """The present password and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = INPUT

    def save(self, commit: bool = True) -> Any:
        """Save the new password; a generated first password has then served its purpose."""
        self.user.must_change_password = False
        return super().save(commit)


def _plain(field: forms.Field, label: Any, **attrs: str) -> None:
    field.label, field.help_text = label, ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs | {"class": INPUT})
