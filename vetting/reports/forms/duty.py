"""The duty roster, and what somebody tells by word of mouth."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vetting.policy.calendar import STOCKHOLM
from vetting.policy.report_facts import QUESTIONS
from vetting.reports.directory import recipients_of
from vetting.reports.forms.handling import LAW
from vetting.reports.labels import CHANNELS, MODES
from vetting.web.choices import choose_from
from vetting.web.fields import DayField, LineField, MailField, PickField, TextField, TickField
from vetting.web.forms import BaseForm


class WhoForm(BaseForm):
    """One recipient of a directory."""

    person = forms.ChoiceField(label=_("Vem"))

    def __init__(self, *args: Any, directory: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(each.person_id), each.name) for each in recipients_of(directory)]
        choose_from(self, "person", people)


class ShiftForm(WhoForm):
    """A shift: whole hours of a day, to the same or a later one."""

    first = DayField(label=_("Från och med"), not_past=True)
    first_hour = forms.TimeField(
        label=_("Klockan"), initial="08:00", widget=forms.TextInput(attrs={"size": 6, "autocomplete": "off"})
    )
    last = DayField(label=_("Till"), not_past=True)
    last_hour = forms.TimeField(
        label=_("Klockan"), initial="08:00", widget=forms.TextInput(attrs={"size": 6, "autocomplete": "off"})
    )

    def moment(self, which: str) -> datetime:
        """The moment of `first` or `last`."""
        hour: time = self.cleaned_data[f"{which}_hour"]
        return datetime.combine(self.cleaned_data[which], hour, STOCKHOLM)


class ContactForm(BaseForm):
    """Where messages reach one."""

    mail = MailField(
        label=_("E-post"),
        required=False,
        help_text=_("Larm och påminnelser. De säger att du ska logga in, och inget annat."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.RegexField(
        r"^\+[0-9]{8,15}$",
        label=_("Mobilnummer"),
        required=False,
        help_text=_("Bara larm. Med landsnummer och utan mellanslag, till exempel +46701234567."),
        error_messages={"invalid": _("Skriv numret med landsnummer och utan mellanslag: +46701234567.")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )


class OralForm(BaseForm):
    """What somebody told a recipient; only what happened is required."""

    channel = PickField(label=_("Kanal"), inline=True)
    mode = PickField(
        label=_("Hur vill personen anmäla?"), choices=list(MODES.items()), inline=True, initial="confidential"
    )
    story = TextField(
        label=_("Vad har hänt?"),
        help_text=_("Skriv med personens egna ord. Personen kan läsa, rätta och godkänna med sin kod."),
        rows=8,
        readers="secrecy",
        law=LAW,
    )
    kind = TickField(label=_("Slag"), required=False)
    contact = LineField(label=_("Hur och när får personen nås?"), required=False)
    name = LineField(
        label=_("Namn"),
        required=False,
        help_text=_("Förseglas för sig. Två mottagare behövs för att läsa det igen."),
    )

    def __init__(self, *args: Any, channels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "channel", [(code, CHANNELS[code]) for code in channels])
        self.fields["channel"].initial = channels[0] if channels else None
        kinds = [(code, gettext(text)) for code, text in QUESTIONS["kind"].options.items()]
        choose_from(self, "kind", kinds)
