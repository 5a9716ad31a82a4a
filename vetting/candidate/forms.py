"""Forms of the candidate's page: the code, the declaration, and the reply to what is to be assessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from vetting.candidate.kept import WHOSE, mark_of
from vetting.policy.words import warnings_for
from vetting.recruitment.actions.candidate_page import LONGEST
from vetting.recruitment.models import CandidateLink
from vetting.recruitment.readers_named import readers_of
from vetting.web.fields import PickField, TextField
from vetting.web.forms import BaseForm


class OwnForm(BaseForm):
    """A form on the page: it carries whose it is, so that what was typed never shows under another code.

    `about`: the check that it belongs to.
    """

    rows_are_optional = True

    def __init__(self, *args: Any, link: CandidateLink, about: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.fields[WHOSE] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=mark_of(link), max_length=64
        )

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """The remarks that HR would get for the same words: numbers, and what such a check must never hold."""
        for name, text in cleaned.items():
            if isinstance(self.fields.get(name), TextField) and text:
                for warning in warnings_for(self.about or None, str(text)):
                    said = f" (”{warning.found}”)" if warning.found else ""
                    yield name, f"{_(warning.text)}{said}"


class DeclarationForm(OwnForm):
    """Side job, conflict of interest, companies: as many of them as the post asks about. No or yes, and then what."""

    def __init__(self, *args: Any, parts: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = list(parts)
        words = questions()
        for part in self.parts:
            question, what, _heading = words[part]
            self.fields[part] = PickField(
                label=question, choices=(("no", _("Nej")), ("yes", _("Ja"))), inline=True
            )
            self.fields[f"{part}_what"] = TextField(
                label=what, max_length=LONGEST, rows=3, required=False,
                readers="secrecy", law=_("39 kap. offentlighets- och sekretesslagen"),
                who=readers_of("check.reveal"),
            )  # fmt: skip
        self.fields["true"] = forms.BooleanField(
            label=_("Uppgifterna är riktiga. Ändras något innan jag börjar säger jag till."),
            error_messages={"required": _("Kryssa i rutan för att gå vidare.")},
        )

    def clean(self) -> dict[str, Any]:
        """A yes says what; a no says nothing."""
        cleaned = super().clean()
        for part in self.parts:
            text = str(cleaned.get(f"{part}_what") or "").strip()
            if cleaned.get(part) == "yes" and not text and f"{part}_what" not in self.errors:
                self.add_error(f"{part}_what", _("Beskriv kort vad det gäller."))
            if cleaned.get(part) == "no" and text:
                self.add_error(
                    part, _("Du har svarat nej men skrivit något. Svara ja, eller ta bort texten.")
                )
        return cleaned

    def declared(self) -> dict[str, str]:
        """Part → what there is to tell, empty for no."""
        return {
            part: self.cleaned_data[f"{part}_what"].strip() if self.cleaned_data[part] == "yes" else ""
            for part in self.parts
        }


def questions() -> dict[str, tuple[str, str, str]]:
    """Part → its question, the label of what to tell, and its heading."""
    return {
        "secondary_job": (
            _("Har du, eller tänker du ha, något annat arbete, uppdrag eller företag vid sidan av anställningen?"),
            _("Vad, för vem och hur mycket tid?"),
            _("Bisysslor"),
        ),
        "conflict": (
            _("Finns det någon person, förening eller något företag som gör att din opartiskhet i befattningen kan "
              "ifrågasättas?"),
            _("Beskriv anknytningen utan att lämna uppgifter om andras privatliv."),
            _("Jäv"),
        ),
        "companies": (
            _("Har du del i, styrelseuppdrag i eller firmateckning för något företag?"),
            _("Företagets namn och organisationsnummer"),
            _("Bolagsengagemang"),
        ),
    }  # fmt: skip


class ReplyForm(OwnForm):
    """The reply about one check: in her own words, or that she declines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["check"] = forms.UUIDField(widget=forms.HiddenInput)
        self.fields["how"] = PickField(
            label=_("Vill du svara?"),
            choices=(("replied", _("Ja, jag svarar här")), ("declined", _("Nej, jag avstår från att svara"))),
        )
        self.fields["reply"] = TextField(
            label=_("Ditt svar"), max_length=LONGEST, rows=6, required=False,
            readers="secrecy", law=_("39 kap. offentlighets- och sekretesslagen"),
                who=readers_of("check.reveal"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A reply has words; declining has none."""
        cleaned = super().clean()
        text = str(cleaned.get("reply") or "").strip()
        if cleaned.get("how") == "replied" and not text and "reply" not in self.errors:
            self.add_error("reply", _("Skriv ditt svar, eller välj att avstå."))
        if cleaned.get("how") == "declined" and text:
            self.add_error(
                "how", _("Du har valt att avstå men skrivit ett svar. Välj att svara, eller ta bort texten.")
            )
        return cleaned
