"""Answers to a review: for each access whether it is kept or taken away; rows left alone wait on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from vetting.web.fields import PickField
from vetting.web.forms import BaseForm

KEEP, DROP = "behall", "ta-bort"


class AnswersForm(BaseForm):
    """One pair of radio buttons per row; `rows` name → (label, help)."""

    rows_are_optional = True

    def __init__(self, *args: Any, rows: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, note) in rows.items():
            self.fields[name] = PickField(
                label=label,
                help_text=note,
                required=False,
                inline=True,
                choices=[(KEEP, _("Behåll")), (DROP, _("Ta bort"))],
            )
        self.order_fields(list(rows))

    def answers(self) -> dict[str, bool]:
        """Name of the row → whether it is kept, for the rows that were answered."""
        chosen = {
            name: self.cleaned_data.get(name)
            for name in self.fields
            if name.startswith(("roll-", "uppdrag-"))
        }
        return {name: answer == KEEP for name, answer in chosen.items() if answer}
