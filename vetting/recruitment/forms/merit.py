"""What a statement of merits may hold: the three things that the law names, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy.words import warnings_for
from vetting.recruitment.models import Candidacy
from vetting.web.choices import choose_from
from vetting.web.fields import TextField
from vetting.web.forms import BaseForm

TEXTS = ("education", "experience", "other")


class MeritForm(BaseForm):
    """Whose merits, in the words of her application; nothing of it is stored."""

    candidacy = forms.ChoiceField(label=gettext_lazy("Den som fick arbetet"))
    education = TextField(label=gettext_lazy("Utbildning"), max_length=2000, readers="public")
    experience = TextField(label=gettext_lazy("Yrkeserfarenhet"), max_length=2000, readers="public")
    other = TextField(
        label=gettext_lazy("Andra meriter"),
        help_text=gettext_lazy(
            "Bara det som lades till grund för valet. Inget om kontroller, hälsa eller person."
        ),
        required=False,
        max_length=2000,
        readers="public",
    )

    def __init__(self, *args: Any, engaged: Iterable[Candidacy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "candidacy", [(str(each.pk), each.label) for each in engaged])

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """What the words should not hold."""
        for name in TEXTS:
            for found in warnings_for(None, cleaned.get(name) or ""):
                yield name, _(found.text)
