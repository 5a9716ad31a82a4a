"""The form by which an auditor closes an alert."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vetting.web.fields import PickField, TextField
from vetting.web.forms import BaseForm

RESULTS = [
    ("explained", _("Förklarat: läsningen hade ett skäl som hör till arbetet")),
    ("forwarded", _("Vidare: lämnas till den som beslutar om personalen")),
]


class CloseForm(BaseForm):
    """How it is closed, and why, in words that somebody else can understand."""

    result = PickField(label=_("Så stängs varningen"), choices=RESULTS)
    reason = TextField(
        label=_("Skäl"),
        help_text=_("Vad du fått veta och av vem. Skriv inget ur ärendet och inga uppgifter om kandidater."),
        readers="secrecy",
        law="39 kap. 2 § OSL",
        max_length=4000,
    )
