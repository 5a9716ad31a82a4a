"""What recipients fill in to give something out of a report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vetting.policy.giving_out import MASKS, POLICE_PROVISIONS, TOLD
from vetting.policy.reasons_reports import POLICE_GROUND
from vetting.reports.actions.exporting import GIVE, Tried
from vetting.reports.actions.police import has_talked
from vetting.reports.forms.handling import LAW, PhraseForm, ReportForm
from vetting.reports.labels import INPUT_ERRORS, WILL, YES_NO
from vetting.reports.pieces import Piece, outline
from vetting.web.choices import choose_from
from vetting.web.fields import DayField, LineField, PickField, TextField, TickField


class PoliceForm(ReportForm):
    """The talk before a police report; that one was made is asked only once a talk has been recorded."""

    will = PickField(label=_("Vill personen att det polisanmäls?"), choices=list(WILL.items()), inline=True)
    talked_on = DayField(
        label=_("Samtalet hölls"),
        not_future=True,
        required=False,
        help_text=_("Lämnas tomt bara när personen inte har svarat."),
    )
    reported = PickField(label=_("Har arbetsgivaren polisanmält?"), choices=list(YES_NO.items()), inline=True)
    reported_on = DayField(label=_("Anmält den"), not_future=True, required=False)
    by_employer = TickField(
        label=_("Så anmäls det"),
        required=False,
        choices=[("yes", _("Arbetsgivaren är anmälare, med arbetsplatsens adress"))],
    )
    reference = LineField(label=_("Polisens diarienummer"), required=False, max_length=60)
    note = TextField(
        label=_("Anteckning"),
        help_text=_("Skriv aldrig personens hemadress. Anmäls det fast personen inte vill: skriv varför."),
        rows=3,
        required=False,
        readers="secrecy",
        law=LAW,
    )

    @property
    def asked(self) -> list[str]:
        """The fields that are asked now."""
        return [name for name in self.fields if name in type(self).base_fields and name != "once"]

    def fill(self) -> None:
        """Without a recorded talk there is nothing to say of a report to the police."""
        if not has_talked(self.case):
            for name in ("reported", "reported_on", "by_employer", "reference"):
                del self.fields[name]


class DisclosureForm(ReportForm):
    """Ground, provision, weighing, parts, and whether the reporter is told first."""

    ground = PickField(label=_("Grund"))
    provision = PickField(label=_("Bestämmelse"))
    weighing = TextField(
        label=_("Avvägning"),
        help_text=_("Varför väger polisens behov tyngre än sekretessen? Kunde färre uppgifter räcka?"),
        readers="secrecy",
        law=LAW,
        max_length=4000,
    )
    parts = TickField(label=_("Det som lämnas"))
    told = PickField(label=_("Får den som anmält veta det först?"))
    told_text = TextField(
        label=_("Det personen får läsa, eller varför det väntar"),
        help_text=_("Vid ja skickas texten genast till den som anmält."),
        rows=3,
        max_length=2000,
    )

    def fill(self) -> None:
        """The grounds and provisions of the policy, and the parts of this report, by their headings."""
        for name, words in (("ground", POLICE_GROUND), ("provision", POLICE_PROVISIONS), ("told", TOLD)):
            choose_from(self, name, [(code, gettext(text)) for code, text in words.items()])
        choose_from(self, "parts", outline(self.case))


class DecisionForm(ReportForm):
    """Why it is given out, or not."""

    reason = TextField(label=_("Skäl för beslutet"), rows=3, max_length=2000, readers="secrecy", law=LAW)


class ExportForm(PhraseForm):
    """The passphrase, once more."""

    def fill(self) -> None:
        """Say what it is for."""
        self.fields["phrase"].help_text = gettext("Den frågas igen innan hela anmälan hämtas.")


LETTERS = 40
"""Of a line on a telephone: the part is read whole where it is tried."""


class MaskForm(ReportForm):
    """Every part with its text, to be given out or masked."""

    def __init__(self, *args: Any, opened: list[Piece], **kwargs: Any) -> None:
        self.opened = opened
        super().__init__(*args, **kwargs)

    def fill(self) -> None:
        """Two fields of each part."""
        sections = [("", gettext("Välj")), (GIVE, gettext("Lämna ut"))]
        sections += [(code, gettext(text)) for code, text in MASKS.items()]
        for piece in self.opened:
            box = forms.Textarea()
            # Without a number of columns the theme gives the box the whole width.
            box.attrs = {
                "rows": min(14, max(2, sum(len(line) // LETTERS + 1 for line in piece.text.split("\n"))))
            }
            self.fields[piece.code] = forms.CharField(
                label=piece.label, initial=piece.text, strip=False, widget=box
            )
            self.fields[f"how-{piece.code}"] = forms.ChoiceField(
                label=gettext("Prövning: %(part)s") % {"part": piece.label},
                choices=sections,
                error_messages={"required": str(INPUT_ERRORS["untried"])},
            )

    @property
    def tried(self) -> dict[str, Tried]:
        """How each part was tried."""
        said = self.cleaned_data
        return {
            each.code: Tried(said.get(f"how-{each.code}", ""), said.get(each.code, ""))
            for each in self.opened
        }
