"""*Visa uppgifter*: why something sealed is opened. The purpose is written in the log before anything is shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from vetting.policy.reasons import PURPOSES
from vetting.web.forms import BaseForm


class RevealForm(BaseForm):
    """One choice: the purpose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"] = forms.ChoiceField(
            label=_("Varför behöver du uppgifterna?"),
            choices=[("", _("Välj ändamål")), *((code, _(text)) for code, text in PURPOSES.items())],
            error_messages={"required": _("Välj ett ändamål.")},
        )
