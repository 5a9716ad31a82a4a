"""Forms about one check: its result, a wait, what is to be assessed, and why it is not needed or opened again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.policy.reasons import NOT_APPLICABLE, PAUSE, REOPEN_CHECK
from vetting.policy.words import warnings_for
from vetting.recruitment.actions.assessment import REPLIES
from vetting.recruitment.engine.rows import Row
from vetting.recruitment.forms.evidence import (
    evidence_errors,
    evidence_fields,
    evidence_warnings,
    outcome_field,
    typed_evidence,
)
from vetting.recruitment.readers_named import readers_of
from vetting.web.fields import DayField, PickField, TextField
from vetting.web.forms import BaseForm

READERS = {"readers": "secrecy", "law": "21 kap. 1 § och 39 kap. OSL"}


class ResultForm(BaseForm):
    """The result of one check, in the fields that the catalogue allows."""

    def __init__(
        self,
        *args: Any,
        row: Row,
        today: date,
        version: date | None = None,
        engagement: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.fields["outcome"] = outcome_field(row.spec.code, may_wait=False)
        self.fields |= evidence_fields(row.spec, today, version, engagement)

    def evidence(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return typed_evidence(self.row.spec, self.cleaned_data)

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """What the text should not hold."""
        yield from evidence_warnings(self.row.spec, cleaned)

    def clean(self) -> dict[str, Any]:
        """Judges the fields as a whole, as the outcome calls for."""
        cleaned = super().clean()
        code = self.row.spec.code
        typed = typed_evidence(self.row.spec, cleaned)
        for name, sentence in evidence_errors(code, cleaned.get("outcome", ""), typed).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, sentence)
        return cleaned


class ReasonForm(BaseForm):
    """A reason from one of the lists."""

    LABEL = ""
    REASONS: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, _(text)[:1].upper() + _(text)[1:]) for code, text in self.REASONS.items()]
        self.fields["reason"] = PickField(label=_(self.LABEL), choices=choices)


class PauseForm(ReasonForm):
    """Whom one waits for."""

    LABEL = gettext_noop("Vem väntar du på?")
    REASONS = PAUSE


class NotNeededForm(ReasonForm):
    """Why the check is not needed."""

    LABEL = gettext_noop("Varför behövs den inte?")
    REASONS = NOT_APPLICABLE


class ReopenForm(ReasonForm):
    """Why a recorded check is opened again."""

    LABEL = gettext_noop("Varför ska den rättas?")
    REASONS = REOPEN_CHECK


class ToldForm(BaseForm):
    """The day on which the candidate was told."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_on"] = DayField(
            label=_("Kandidaten fick veta den"), not_future=True, initial=today, help_text=""
        )


class ReplyForm(BaseForm):
    """What came of it: a reply, a no, or silence after the time was out."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "replied": _("Har svarat"),
            "declined": _("Avstår från att svara"),
            "silent": _("Har inte hörts av i tid"),
        }
        self.fields["reply"] = PickField(
            label=_("Kandidaten"), choices=[(code, words[code]) for code in REPLIES]
        )
        self.fields["replied_on"] = DayField(label=_("Dag"), not_future=True, initial=today, help_text="")


class AssessForm(BaseForm):
    """The three questions and the conclusion, against this post's risk. Sealed."""

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code
        who = readers_of("check.reveal")
        for name, label in (
            ("relevant", _("Spelar det roll för den här befattningen?")),
            ("certain", _("Hur gammalt är det, och hur säkert?")),
            ("condition", _("Kan ett villkor ta bort risken?")),
            ("conclusion", _("Slutsats")),
        ):
            self.fields[name] = TextField(label=label, max_length=4000, rows=3, who=who, **READERS)

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """What the check must not hold."""
        for name in ("relevant", "certain", "condition", "conclusion"):
            for warning in warnings_for(self.code, str(cleaned.get(name) or "")):
                said = f" (”{warning.found}”)" if warning.found else ""
                yield name, f"{self.fields[name].label} {_(warning.text)}{said}"


class ReuseForm(BaseForm):
    """Which earlier check is used again."""

    def __init__(self, *args: Any, earlier: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["earlier"] = PickField(label=_("Tidigare kontroll"), choices=list(earlier))


class DoneForm(BaseForm):
    """The day protective security was done with the finalist; neither level nor content."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"] = DayField(label=_("Klar den"), not_future=True, initial=today, help_text="")
