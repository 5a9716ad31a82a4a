"""Forms of a round: the list that is pasted or sent, and the confirmation of what was read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.recruitment.rounds.table import MOST_BYTES, Rows, Unreadable, read_file, read_text, too_large
from vetting.web.fields import TextField
from vetting.web.forms import BaseForm


class PasteField(TextField):
    """A pasted list. It is read cell by cell: one character that cannot be seen is a fault of its row alone."""

    def to_python(self, value: Any) -> str:
        """As it was pasted."""
        return str(value or "")


class ListForm(BaseForm):
    """A list, pasted from a spreadsheet or sent as a file. `rows` after it has been found valid."""

    rows_are_optional = True  # one of the two

    text = PasteField(
        label=gettext_lazy("Klistra in rader"),
        required=False,
        rows=10,
        help_text=gettext_lazy("Markera cellerna i kalkylarket, rubrikerna med, och klistra in dem här."),
    )
    file = forms.FileField(
        label=gettext_lazy("Eller välj en fil"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("CSV eller XLSX, högst 2 MB. Filen sparas inte."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, *args: Any, length: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.length = length
        self.rows: Rows = []

    def clean(self) -> dict[str, Any]:
        """Reads the rows; a file that was too large to be received is told as that."""
        cleaned = super().clean()
        sent, text = cleaned.get("file"), cleaned.get("text", "")
        try:
            if sent is not None:
                self.rows = read_file(sent.read())
            elif text.strip():
                self.rows = read_text(text)
            elif self.length > MOST_BYTES:
                raise Unreadable(too_large())
            else:
                self.add_error(None, _("Klistra in raderna, eller välj en fil."))
        except Unreadable as error:
            self.add_error("file" if sent is not None or not text.strip() else "text", str(error))
        return cleaned


class ConfirmForm(BaseForm):
    """*Lägg in*: what was read, sealed, as the page had it."""

    people = forms.CharField(widget=forms.HiddenInput, max_length=400_000)
