"""Giving a field its choices when the form is made: what there is to choose from is known first then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms


def choose_from(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let the field `name`, one of choices, offer `choices`: pairs of value and label, or of heading and pairs."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)
