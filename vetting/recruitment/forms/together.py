"""Forms for what is done for several finalists with one confirmation. Who they are stands in the page, by reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.outcomes import OUTCOMES
from vetting.recruitment.forms.decision import TermsForm
from vetting.recruitment.forms.engagement import StartForm
from vetting.recruitment.forms.evidence import (
    evidence_errors,
    evidence_fields,
    evidence_warnings,
    typed_evidence,
)
from vetting.web.fields import PickField
from vetting.web.forms import BaseForm

STALE = gettext_lazy("Ladda om sidan och välj på nytt.")
LABELS = re.compile(r"K[0-9]{1,5}(?: K[0-9]{1,5})*")


class TogetherForm(BaseForm):
    """Who it is done for."""

    pick = forms.RegexField(
        regex=LABELS,
        max_length=1_000,
        widget=forms.HiddenInput,
        error_messages={"required": STALE, "invalid": STALE},
    )

    def labels(self) -> list[str]:
        """The references, each once."""
        return list(dict.fromkeys(self.cleaned_data["pick"].split()))


class NoteTogetherForm(TogetherForm):
    """One result that is the same for all: only one that settles the check, and no text about anybody."""

    rows_are_optional = True  # what the outcome calls for is judged as a whole

    def __init__(
        self, *args: Any, code: str, today: date, version: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.code, self.spec = code, CHECKPOINTS[code]
        done = [(name, _(o.label)) for name, o in OUTCOMES[code].items() if o.means == "done"]
        self.fields["outcome"] = PickField(
            label=_("Resultat"), choices=done, initial=done[0][0] if len(done) == 1 else None
        )
        texts = {field.name for field in self.spec.fields if field.type == "text"}
        for name, field in evidence_fields(self.spec, today, version).items():
            if name not in texts:
                self.fields[name] = field

    def evidence(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        return typed_evidence(self.spec, self.cleaned_data)

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """What the fields should not hold."""
        yield from evidence_warnings(self.spec, cleaned)

    def clean(self) -> dict[str, Any]:
        """Judges result and fields as a whole."""
        cleaned = super().clean()
        outcome = cleaned.get("outcome", "")
        for name, sentence in evidence_errors(self.code, outcome, typed_evidence(self.spec, cleaned)).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, sentence)
        return cleaned


class DecideTogetherForm(TermsForm, TogetherForm):
    """The same terms for all."""


class StartTogetherForm(StartForm, TogetherForm):
    """The same first day for all."""
