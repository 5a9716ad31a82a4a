"""The catalogue's evidence fields as form fields, with defaults that hold for most days and most checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy.checkpoints import CHECKPOINTS, Checkpoint
from vetting.policy.checkpoints.model import EvidenceField
from vetting.policy.choices import CHOICES
from vetting.policy.field_labels import field_label
from vetting.policy.outcomes import OUTCOMES
from vetting.policy.words import warnings_for
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.actions.evidence import MAY_BE_AHEAD, OPTIONAL, clean_evidence
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.web.fields import DayField, LineField, PickField, TextField

YES_NO = (("yes", gettext_lazy("Ja")), ("no", gettext_lazy("Nej")))
NOT_NOW = gettext_lazy("Inte nu")
ASSUMED: dict[tuple[str, str], str] = {
    ("references", "number"): "two",
    ("references", "recent_manager"): "yes",
    ("company_roles", "source"): "companies_office",
}
"""What the catalogue's own instruction asks for; one click where it was otherwise."""
ASSUMED_IN: dict[tuple[str, str, str], str] = {("internal_move", "references", "number"): "one"}
"""The same in a form of engagement of which the catalogue asks for something else."""
VERSIONS = {
    "text_version": gettext_lazy("Standardtext"),
    "material_version": gettext_lazy("Standardmaterial"),
}
FEW = 4


def outcome_field(code: str, *, may_wait: bool = True) -> forms.ChoiceField:
    """The outcomes of a check; in a form of several rows *Inte nu* leaves the row alone."""
    choices = [(name, _(outcome.label)) for name, outcome in OUTCOMES[code].items()]
    if may_wait:
        return PickField(
            label=_("Resultat"), choices=[("", NOT_NOW), *choices], required=False, initial="", inline=True
        )
    return PickField(label=_("Resultat"), choices=choices)


def evidence_fields(
    spec: Checkpoint, today: date, version: date | None = None, engagement: str = ""
) -> dict[str, forms.Field]:
    """Field name → form field. Nothing is required here: what the outcome calls for is judged as a whole.

    `engagement`: the form of engagement, by which what is assumed may differ.
    """
    return {
        field.name: _field(spec, field, today, version or today, engagement)
        for field in spec.fields
        if field.type != "text" or spec.free_text
    }


def _field(
    spec: Checkpoint, field: EvidenceField, today: date, version: date, engagement: str
) -> forms.Field:
    optional = field.name in OPTIONAL or field.name in MAY_BE_AHEAD
    label = _(field_label(spec.code, field.name))
    if optional:
        label = _("%(label)s (om det gäller)") % {"label": label}
    common: dict[str, Any] = {"label": label, "required": False}
    key = (spec.code, field.name)
    assumed = ASSUMED_IN.get((engagement, *key), ASSUMED.get(key))
    if field.type == "date":
        ahead = field.name in MAY_BE_AHEAD
        return DayField(not_future=not ahead, initial=None if optional else today, help_text="", **common)
    if field.type == "choice":
        options = [(code, _(text)) for code, text in CHOICES[spec.code, field.name].items()]
        if len(options) <= FEW and not optional:
            return PickField(choices=options, inline=True, initial=assumed, **common)
        return forms.ChoiceField(choices=[("", _("Välj")), *options], initial=assumed or "", **common)
    if field.type == "yes_no":
        return PickField(choices=YES_NO, inline=True, initial=assumed, **common)
    if field.type == "reference":
        known = VERSIONS.get(field.name)
        initial = f"{known} {version.isoformat()}" if known else ""
        return LineField(max_length=60, initial=initial, **common)
    return TextField(max_length=4000, rows=3, readers="public", **common)


def typed_evidence(spec: Checkpoint, cleaned: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """What was filled in, as the action takes it: days, codes, booleans and text."""
    typed: dict[str, Any] = {}
    for field in spec.fields:
        value = cleaned.get(prefix + field.name)
        if value in (None, ""):
            continue
        typed[field.name] = value == "yes" if field.type == "yes_no" else value
    return typed


def evidence_errors(code: str, outcome: str, typed: Mapping[str, Any]) -> dict[str, str]:
    """Field name → sentence for what cannot be stored; an outcome that means waiting needs no evidence."""
    found = OUTCOMES[code].get(outcome)
    if found is None or found.means == "waiting":
        return {}
    try:
        clean_evidence(CHECKPOINTS[code], typed)
    except BadInput as error:
        return {name: str(INPUT_ERRORS[why]) for name, why in error.errors.items()}
    return {}


def evidence_warnings(
    spec: Checkpoint, cleaned: Mapping[str, Any], prefix: str = ""
) -> Iterator[tuple[str, str]]:
    """(field, sentence) for numbers and for what the check must never hold, in everything that is free text."""
    for field in spec.fields:
        text = cleaned.get(prefix + field.name)
        if field.type in {"text", "reference"} and isinstance(text, str) and text:
            for warning in warnings_for(spec.code, text):
                said = f" (”{warning.found}”)" if warning.found else ""
                yield prefix + field.name, f"{_(spec.name)}: {_(warning.text)}{said}"
