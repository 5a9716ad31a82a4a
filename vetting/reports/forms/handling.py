"""What recipients fill in while they handle a report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vetting.policy import reasons_reports as reasons
from vetting.policy.report_facts import QUESTIONS
from vetting.reports.case import Case
from vetting.reports.directory import recipients_of
from vetting.reports.labels import SUPPORT, THREATS, YES_NO
from vetting.reports.people import names_of
from vetting.web.choices import choose_from
from vetting.web.fields import DayField, LineField, PickField, TextField, TickField
from vetting.web.forms import BaseForm

LAW = _("17 kap. 3 b § och 32 kap. 3 b § OSL")
TO_REPORTER = _("Den som anmält läser det här med sin kod. Du visas med din funktion, inte med namn.")


class ReportForm(BaseForm):
    """A form of one report: `fill` gives its choices, which depend on the report and on who acts."""

    def __init__(self, *args: Any, case: Case, me: UUID, **kwargs: Any) -> None:
        self.case, self.me = case, me
        super().__init__(*args, **kwargs)
        self.fill()

    def fill(self) -> None:
        """Set the choices of this report."""

    def content(self, *names: str) -> dict[str, Any]:
        """What was typed in these fields, as codes and text to be sealed."""
        found = {name: self.cleaned_data[name] for name in names}
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in found.items()
            if value
        }

    def circle(self, *, others: bool = False) -> list[tuple[str, str]]:
        """Members to choose from, by name."""
        people = {member.person_id for member in self.case.circle} - ({self.me} if others else set())
        return [(str(pk), name) for pk, name in sorted(names_of({*people}).items(), key=lambda one: one[1])]


def _reasons(words: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, gettext(text)) for code, text in words.items()]


class ToReporterForm(ReportForm):
    """A text that the reporter reads."""

    text = TextField(label=_("Text"), help_text=TO_REPORTER, rows=6)


class AcknowledgeForm(ToReporterForm):
    """The first answer, with words to begin from."""

    def fill(self) -> None:
        """Words to begin from."""
        self.fields["text"].initial = gettext(
            "Tack för att du hörde av dig. Vi har läst det du skrev och börjar med det nu. Här kan du läsa våra svar "
            "och skriva mer."
        )


class NoteForm(ReportForm):
    """A note for the circle."""

    text = TextField(label=_("Anteckning"), readers="secrecy", law=LAW)


class HandOverForm(ReportForm):
    """To whom."""

    to = forms.ChoiceField(label=_("Ny ansvarig"))

    def fill(self) -> None:
        """The others of the circle."""
        choose_from(self, "to", self.circle(others=True))


class AssessForm(ReportForm):
    """Type, threat, possible crimes and what is to be done."""

    kind = TickField(label=_("Slag"))
    threat = PickField(label=_("Hotnivå"), choices=list(THREATS.items()), inline=True)
    crimes = LineField(label=_("Möjliga brott"), required=False, max_length=400)
    what = TextField(label=_("Bedömning och vad som ska göras"), readers="secrecy", law=LAW, required=False)

    def fill(self) -> None:
        """The types of the policy."""
        choose_from(self, "kind", _reasons(dict(QUESTIONS["kind"].options)))


class MeasureForm(ReportForm):
    """A measure."""

    what = TextField(label=_("Vad ska göras?"), rows=2, max_length=1000)
    responsible = forms.ChoiceField(label=_("Ansvarig"))
    due = DayField(label=_("Klart senast"), not_past=True)

    def fill(self) -> None:
        """The circle."""
        choose_from(self, "responsible", self.circle())


class SupportForm(ReportForm):
    """What support was offered."""

    offered = TickField(
        label=_("Erbjudet stöd"),
        choices=list(SUPPORT.items()),
    )
    note = TextField(label=_("Anteckning"), rows=3, required=False, readers="secrecy", law=LAW)


class WorkEnvironmentForm(ReportForm):
    """Incident, serious incident, safety representative."""

    register = LineField(label=_("Beteckning i tillbudsregistret"), required=False, max_length=60)
    serious = PickField(
        label=_("Allvarligt tillbud anmält till Arbetsmiljöverket?"),
        choices=list(YES_NO.items()),
        inline=True,
    )
    reported_on = DayField(label=_("Anmält den"), not_future=True, required=False)
    safety_informed = PickField(
        label=_("Är skyddsombudet informerat?"), choices=list(YES_NO.items()), inline=True
    )

    def clean(self) -> dict[str, Any]:
        """A report to the authority has a day."""
        cleaned = super().clean()
        if cleaned.get("serious") == "yes" and not cleaned.get("reported_on"):
            self.add_error("reported_on", gettext("Ange dagen då det anmäldes."))
        return cleaned


class RegisterForm(ReportForm):
    """The diary."""

    diary_number = LineField(label=_("Diarienummer"), help_text=_("Aldrig ett namn."), max_length=40)


class ReasonForm(ReportForm):
    """One reason of a list."""

    words: dict[str, str] = {}
    reason = PickField(label=_("Skäl"))

    def fill(self) -> None:
        """The reasons of the list."""
        choose_from(self, "reason", _reasons(self.words))


class LessonsForm(ReasonForm):
    """Proposing to close."""

    words = reasons.REPORT_CLOSED
    lessons = TextField(
        label=_("Lärdomar"),
        help_text=_("Vad kan göras så att det inte händer igen?"),
        readers="secrecy",
        law=LAW,
    )


class RejectCloseForm(ReasonForm):
    """Not closed yet."""

    words = reasons.REPORT_NOT_CLOSED


class ReopenForm(ReasonForm):
    """Opened again."""

    words = reasons.REPORT_REOPENED


class ReleaseForm(ReasonForm):
    """Released."""

    words = reasons.REPORT_RELEASED


class RejectDisposalForm(ReasonForm):
    """Not disposed of."""

    words = reasons.REPORT_NOT_DISPOSED


class HoldForm(ReasonForm):
    """Disposal stopped, until when it is looked at again."""

    words = reasons.REPORT_HOLD
    review_on = DayField(
        label=_("Prövas igen senast"),
        not_past=True,
        help_text=_("Inom sex månader. Stoppet gäller tills någon annan häver det, även efter den dagen."),
    )


class TransferForm(ReasonForm):
    """To the other channel."""

    words = reasons.TRANSFER_GROUND
    why = TextField(label=_("Varför"), rows=3, max_length=1000)


class DisposalForm(ReportForm):
    """Proposing that it is disposed of."""

    out_of_place = forms.BooleanField(
        label=_("Uppgifterna får inte finnas här, eller saknar betydelse: gallra genast"), required=False
    )


class LendForm(ReportForm):
    """Whom one lets read along."""

    to = forms.ChoiceField(label=_("Vem ska läsa med dig?"))

    def fill(self) -> None:
        """The others of the circle."""
        choose_from(self, "to", self.circle(others=True))


class JoinForm(ReasonForm):
    """Whom one proposes."""

    words = reasons.CIRCLE_PROPOSED
    person = forms.ChoiceField(label=_("Mottagare"))

    def fill(self) -> None:
        """Recipients of the same directory who are not in the circle. Whom the reporter took out is refused later."""
        super().fill()
        known = {member.person_id for member in self.case.members}
        free = [
            each for each in recipients_of(str(self.case.report.directory)) if each.person_id not in known
        ]
        choose_from(self, "person", [(str(each.person_id), each.name) for each in free])
        if not free:
            self.fields["person"].help_text = gettext(
                "Alla som tar emot i kanalen är redan med. En till måste först utses och få sin nyckel intygad."
            )


class RejectMemberForm(ReasonForm):
    """Nobody more."""

    words = reasons.CIRCLE_REJECTED


class RejectIdentityForm(ReasonForm):
    """The name is not shown."""

    words = reasons.IDENTITY_REJECTED


class AskNameForm(ReportForm):
    """Asking for the name."""

    ground = PickField(label=_("Grund"))
    why = TextField(label=_("Varför behövs namnet?"), rows=3, max_length=1000)

    def fill(self) -> None:
        """The grounds of the list."""
        choose_from(self, "ground", _reasons(reasons.IDENTITY_GROUND))


class PhraseForm(ReportForm):
    """The passphrase, once more."""

    phrase = forms.CharField(
        label=_("Lösenfras"),
        help_text=_("Den frågas igen innan ett namn visas."),
        max_length=400,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
