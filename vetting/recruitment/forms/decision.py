"""Forms of the decision: what is signed, the two dates of an extract, a board's decision, a whole meeting."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.choices import CHOICES
from vetting.policy.engagement_forms import FORMS
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.actions.decision import Extract, Terms
from vetting.recruitment.forms.opinion import SECRECY, Picks, remarks
from vetting.recruitment.models import Check
from vetting.web.fields import DayField, LineField, PickField, TextField
from vetting.web.forms import BaseForm

SHOWN = gettext_lazy("Visades upp den")
ISSUED = gettext_lazy("Utfärdat den")
ISSUED_HELP = gettext_lazy("Används bara för att räkna ut utdragets ålder och sparas inte.")
YES_NO = (("1", gettext_lazy("Ja")), ("0", gettext_lazy("Nej")))


def shown_field() -> DayField:
    """The day on which the extract was shown: the one thing that is kept."""
    return DayField(label=SHOWN, not_future=True)


def issued_field() -> DayField:
    """The extract's own day, for its age alone."""
    return DayField(label=ISSUED, not_future=True, help_text=ISSUED_HELP)


class ExtractForm(BaseForm):
    """*Anteckna att utdraget visats upp*: two days and nothing else (skollagen 2:32)."""

    shown_on = shown_field()
    issued_on = issued_field()


class TermsForm(BaseForm):
    """When the engagement begins and ends, and where the papers are. `of`: its form; one of them always ends."""

    planned_start = DayField(label=gettext_lazy("Första dag"))
    planned_end = DayField(
        label=gettext_lazy("Sista dag"),
        required=False,
        help_text=gettext_lazy("Fylls i när anställningen eller uppdraget är tidsbegränsat."),
    )
    case_number = LineField(label=gettext_lazy("Diarienummer"), required=False, max_length=40)
    merit_reference = LineField(
        label=gettext_lazy("Hänvisning till jämförelsen av meriter"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Ett dokumentnummer, aldrig något om en person."),
        readers="public",
    )

    def __init__(self, *args: Any, of: str = "", questions: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of and FORMS[of].always_ends:
            self.fields["planned_end"].required = True
            self.fields["planned_end"].help_text = _("%(form)s är alltid tidsbegränsat.") % {
                "form": _(FORMS[of].name)
            }
        self.questions = tuple(questions)
        for code in self.questions:
            self.fields[code] = PickField(label=_(QUESTIONS[code].text), choices=YES_NO, inline=True)

    def question_parts(self) -> list[BoundField]:
        """The questions to show."""
        return [self[code] for code in self.questions]

    def terms(self) -> Terms:
        """What was typed, for the action."""
        typed = self.cleaned_data
        return Terms(
            typed["planned_start"], typed["planned_end"], typed["case_number"], typed["merit_reference"]
        )

    def answers(self) -> dict[str, bool]:
        """The answers to the questions that belong to the decision."""
        return {code: self.cleaned_data[code] == "1" for code in self.questions}


class WithExtracts(BaseForm):
    """Extracts that are shown on the page of a decision: two days for each."""

    extract_codes: Sequence[str] = ()

    def take_extracts(self, codes: Sequence[str], optional: Collection[str] = ()) -> None:
        """Add the two days of each extract; those in `optional` may be left for another day."""
        self.extract_codes = list(codes)
        for code in codes:
            for name, field in (("shown_on", shown_field()), ("issued_on", issued_field())):
                field.required = code not in optional
                self.fields[f"{name}_{code}"] = field

    def label_of(self, name: str) -> str:
        """An extract's day with the extract's name before it."""
        code = name.removeprefix("shown_on_").removeprefix("issued_on_")
        label = super().label_of(name)
        return f"{_(CHECKPOINTS[code].name)}: {label}" if code in self.extract_codes else label

    def extracts(self) -> dict[str, Extract]:
        """The days of each extract that was shown, for the action."""
        typed = self.cleaned_data
        return {
            code: Extract(typed[f"shown_on_{code}"], typed[f"issued_on_{code}"])
            for code in self.extract_codes
            if typed[f"shown_on_{code}"] and typed[f"issued_on_{code}"]
        }

    def extract_groups(self) -> list[dict[str, Any]]:
        """Each extract's name and two fields, in the catalogue's order."""
        return [
            {
                "code": code,
                "name": _(CHECKPOINTS[code].name),
                "shown": self[f"shown_on_{code}"],
                "issued": self[f"issued_on_{code}"],
            }
            for code in self.extract_codes
        ]


class DecisionForm(WithExtracts, TermsForm):
    """The delegate's decision; each extract that is still to be shown adds its two days.

    `goes_against`: the security function advises against, and the delegate may decide so with a reason.
    """

    def __init__(
        self, *args: Any, extracts: Sequence[Check] = (), goes_against: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if goes_against:
            self.fields["against"] = TextField(
                label=_("Varför beslutar du mot säkerhetsyttrandet?"),
                help_text=_("Vad som väger tyngre, och hur risken hanteras. Skälet förseglas."),
                max_length=4000,
                readers="secrecy",
                law=SECRECY,
            )
        self.take_extracts([check.code for check in extracts])

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """What the reason should not hold."""
        yield from remarks(cleaned, "against")

    def against(self) -> str:
        """Why the decision goes against the opinion, or ""."""
        return str(self.cleaned_data.get("against", ""))


def makers() -> list[tuple[str, str]]:
    """Who decides where no delegate does."""
    labels = CHOICES["decision", "decision_maker"]
    return [(code, _(label)) for code, label in labels.items() if code != "delegate"]


class BoardForm(TermsForm):
    """The decision of a committee, board, council or company."""

    maker = PickField(label=gettext_lazy("Vem har beslutat?"), choices=makers)
    decided_on = DayField(label=gettext_lazy("Beslutsdag"), not_future=True)
    section = LineField(
        label=gettext_lazy("Paragraf"), max_length=40, help_text=gettext_lazy("Till exempel § 112")
    )
    field_order = ["maker", "decided_on", "section", "planned_start", "planned_end"]


class MeetingForm(BaseForm):
    """Delegated decisions reported to one meeting."""

    pick = Picks(label=gettext_lazy("Beslut"), most=200)
    reported_on = DayField(label=gettext_lazy("Nämndens sammanträde"), not_future=True)


class DatesForm(BaseForm):
    """What happened after a meeting, for all its decisions."""

    minutes_approved_on = DayField(label=gettext_lazy("Protokollet justerades"), not_future=True)
    posted_on = DayField(
        label=gettext_lazy("Justeringen anslogs"),
        not_future=True,
        help_text=gettext_lazy(
            "Besluten får laga kraft tre veckor efter anslaget (13 kap. 5 § kommunallagen)."
        ),
    )

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"] = forms.ChoiceField(
            label=_("Sammanträde"),
            choices=list(meetings),
            error_messages={"required": _("Välj ett sammanträde.")},
        )
        self.order_fields(["meeting"])
