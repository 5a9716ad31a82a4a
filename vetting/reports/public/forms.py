"""The forms of the reporting pages: one thing at a time, little of it required, each question with its reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from vetting.crypto.written import holds_code
from vetting.policy.report_facts import CONSENTS, QUESTIONS, Question
from vetting.reports.public.join import Reader
from vetting.web.fields import LineField, PickField, TextField, TickField
from vetting.web.forms import Renderer

STORY = 20_000
"""Letters: with a page that shows them once more, they fit in the largest answer."""
SHORT = 1_000


def no_code(text: str) -> None:
    """Refuse a text with a code in it: whoever reads the text could then come back in the reporter's place."""
    if holds_code(text):
        raise forms.ValidationError(
            _("Här står en återkomstkod. Ta bort den ur texten; den är bara till för dig."), code="code"
        )


class PageForm(forms.Form):
    """A form without any cookie or key of its own: the token beside it is the key."""

    default_renderer = Renderer
    rows_are_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def kept(self) -> dict[str, Any]:
        """What can be kept of a form that may be faulty: for a way back that loses nothing."""
        self.is_valid()
        return dict(self.cleaned_data)


def text(
    label: str, help_text: str = "", *, rows: int = 3, limit: int = SHORT, required: str = ""
) -> TextField:
    """A box of text; `required` is the sentence where it is left empty."""
    made = TextField(label=label, help_text=help_text, rows=rows, max_length=limit, required=bool(required))
    made.validators.append(no_code)
    if required:
        made.error_messages["required"] = required
    return made


def line(label: str, help_text: str = "", *, required: str = "", limit: int = 200) -> LineField:
    """A line of text."""
    made = LineField(label=label, help_text=help_text, max_length=limit, required=bool(required))
    made.validators.append(no_code)
    if required:
        made.error_messages["required"] = required
    return made


def question_field(question: Question) -> forms.Field:
    """A coded question, with why it is asked."""
    options = [(code, _(words)) for code, words in question.options.items()]
    values: dict[str, Any] = {"label": _(question.text), "help_text": _(question.why), "required": False}
    if question.several:
        return TickField(choices=options, **values)
    return PickField(choices=options, **values)


class CallForm(PageForm):
    """Ring mig: a number is enough."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = line(
            _("Telefonnummer"), required=_("Skriv numret som vi ska ringa."), limit=60
        )
        self.fields["number"].widget = forms.TextInput(
            attrs={"inputmode": "tel", "autocomplete": "off", "size": 20}
        )
        self.fields["when"] = line(
            _("När är det säkert att ringa?"), _("Till exempel: efter 18, aldrig på kvällen, bara sms först.")
        )
        self.fields["called"] = line(_("Vad ska vi kalla dig?"), _("Ett påhittat namn går bra."), limit=80)


class StoryForm(PageForm):
    """What happened: the only thing that is required."""

    def __init__(self, *args: Any, way: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["story"] = text(
            _("Vad har hänt?"),
            _("Skriv med egna ord. Några rader räcker: vad som sades eller gjordes."),
            rows=7,
            limit=STORY,
            required=_("Skriv några ord om vad som har hänt."),
        )
        if way == "other":
            self.fields["other_person"] = line(
                _("Vem gäller det?"),
                _(
                    "Behövs för att kunna skydda personen. Uppgiften förseglas för sig. Du kan hoppa över den."
                ),
            )
        if way == "short":
            for question in QUESTIONS.values():
                if question.short:
                    self.fields[question.code] = question_field(question)


class QuestionsForm(PageForm):
    """The coded questions. None has to be answered."""

    def __init__(self, *args: Any, way: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS.values():
            self.fields[question.code] = question_field(question)


class ReadersForm(PageForm):
    """Who receives it."""

    def __init__(self, *args: Any, readers: list[Reader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerns_security"] = forms.BooleanField(
            required=False,
            label=_("Det rör säkerhetsfunktionen eller ledningen"),
            help_text=_("Då går anmälan till en annan grupp, där två personer måste läsa tillsammans."),
        )
        self.fields["about"] = line(
            _("Rör det en viss person eller rekrytering här i kommunen?"),
            _("Skriv namn eller rekryteringens nummer. De som arbetar med den får inte anmälan."),
        )
        self.fields["readers"] = TickField(
            label=_("De här tar emot din anmälan"),
            help_text=_("Ta bort krysset för den som inte ska få läsa. Personen får inte veta det."),
            required=False,
            choices=[
                (each.mark, f"{each.function}: {each.name}" + (f" ({each.named})" if each.named else ""))
                for each in readers
                if not each.is_concerned
            ],
        )


class SelfForm(PageForm):
    """Who one is and how one can be reached: a name, or none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = line(
            _("Ditt namn"),
            _(
                "Lämna tomt för att vara anonym. Ett namn låses in för sig: två personer måste öppna det tillsammans, "
                "för någon som behöver det."
            ),
        )
        self.fields["may_be_named"] = forms.BooleanField(
            required=False, label=_("Mitt namn får nämnas när ni tar hand om det här")
        )
        self.fields["contact"] = line(
            _("Hur når vi dig?"),
            _(
                "Telefon eller e-post, och när det är säkert. Lämna tomt om du hellre kommer tillbaka med koden."
            ),
            limit=SHORT,
        )
        self.fields["consents"] = TickField(
            label=_("Det här säger jag ja till"),
            help_text=_("Det du inte kryssar i gör vi inte. Du kan ändra dig senare."),
            required=False,
            choices=[(code, _(words)) for code, words in CONSENTS.items()],
        )


class OverviewForm(PageForm):
    """The last look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alarm"] = alarm_field()


def alarm_field() -> forms.BooleanField:
    """The alarm, by choice alone."""
    return forms.BooleanField(
        required=False,
        label=_("Larma jouren nu"),
        help_text=_(
            "Den som har jour får ett larm utan innehåll, och läser sedan din anmälan. Svarar ingen på "
            "30 minuter går larmet vidare."
        ),
    )
