"""The forms of a sample: what is drawn among and how many, and what was found in one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.accounts.models import Person
from vetting.organisation.models import Authority
from vetting.oversight.actions.samples import MOST
from vetting.policy.reasons import SAMPLE_REVIEWED
from vetting.web.choices import choose_from
from vetting.web.fields import DayField, PickField, TextField
from vetting.web.forms import BaseForm


class DrawForm(BaseForm):
    """Whose decisions, which days, how many, and who may look through them beside the heads."""

    authority = forms.ChoiceField(label=gettext_lazy("Nämnd eller bolag"))
    first = DayField(label=gettext_lazy("Beslutade från och med"))
    last = DayField(label=gettext_lazy("Beslutade till och med"))
    size = forms.IntegerField(label=gettext_lazy("Antal rekryteringar"), min_value=1, max_value=MOST)
    reviewer = forms.ChoiceField(
        label=gettext_lazy("Granskas av"),
        required=False,
        help_text=gettext_lazy(
            "En säkerhetshandläggare som inte har deltagit. Säkerhetschefen kan alltid granska."
        ),
    )

    def __init__(
        self, *args: Any, authorities: Iterable[Authority], officers: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.authorities = {str(each.pk): each for each in authorities}
        self.officers = {str(each.pk): each for each in officers}
        choose_from(self, "authority", [(pk, each.name) for pk, each in self.authorities.items()])
        named = [(pk, each.display_name) for pk, each in self.officers.items()]
        choose_from(self, "reviewer", [("", _("Säkerhetschefen")), *named])


class ReviewForm(BaseForm):
    """What was found, about how it was handled."""

    result = PickField(label=gettext_lazy("Resultat"), choices=[])
    note = TextField(
        label=gettext_lazy("Iakttagelser"),
        help_text=gettext_lazy("Vad som kontrollerats och vad som brister. Skriv inget om personen."),
        readers="secrecy",
        law="39 kap. 2 § OSL",
        max_length=4000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(code, _(text)) for code, text in SAMPLE_REVIEWED.items()]
        choose_from(self, "result", [(code, text[:1].upper() + text[1:]) for code, text in words])
