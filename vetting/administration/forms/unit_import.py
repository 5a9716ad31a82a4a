"""A list of units, read row by row: every fault is told by its row, and nothing is laid up before it has been read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from io import StringIO
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vetting.administration.actions.unit_import import Row
from vetting.administration.actions.units import workplace_profiles
from vetting.administration.unit_names import Names
from vetting.organisation.models import Authority, Unit
from vetting.policy.profiles import PROFILES
from vetting.web.fields import TextField
from vetting.web.forms import BaseForm
from vetting.web.text import UnsafeText, clean

HEAD = ("myndighet", "enhet", "under", "profiler")
MOST_ROWS, MOST_TOLD = 1000, 20


class ImportForm(BaseForm):
    """The list, pasted: from a spreadsheet with tabs between the cells, from a file with semicolons."""

    text = TextField(
        label=gettext_lazy("Rader"),
        max_length=100_000,
        rows=12,
        help_text=gettext_lazy(
            "Klistra in från kalkylarket, eller ur en fil med semikolon mellan kolumnerna."
        ),
    )

    def __init__(
        self,
        *args: Any,
        authorities: Iterable[Authority],
        units: Iterable[Unit],
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.bodies = {body.name.casefold(): body for body in authorities}
        self.known = Names(units)
        self.rows: list[Row] = []

    def clean_text(self) -> str:
        """Reads the rows. Raises ValidationError with one sentence for each faulty row."""
        typed: str = self.cleaned_data["text"]
        between = "\t" if "\t" in typed.partition("\n")[0] else ";"
        lines = [
            (number, _filled_out([cell.strip() for cell in line], between))
            for number, line in enumerate(csv.reader(StringIO(typed), delimiter=between), 1)
            if any(cell.strip() for cell in line)
        ]
        if not lines or tuple(cell.casefold() for cell in lines[0][1]) != HEAD:
            raise forms.ValidationError(_("Den första raden ska vara: %(head)s") % {"head": ";".join(HEAD)})
        if not 1 < len(lines) <= MOST_ROWS + 1:
            raise forms.ValidationError(_("Listan ska ha minst en rad och högst %(n)s.") % {"n": MOST_ROWS})
        faults: list[str] = []
        for number, cells in lines[1:]:
            try:
                self.rows.append(self._row(number, cells))
            except forms.ValidationError as error:
                faults.append(_("Rad %(number)s: %(fault)s") % {"number": number, "fault": error.messages[0]})
        if faults:
            self.rows = []
            raise forms.ValidationError(faults[:MOST_TOLD])
        return typed

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """What will be laid up is read before it is."""
        if self.rows:
            n = len(self.rows)
            yield (
                "text",
                ngettext(
                    "%(n)s enhet läggs upp. Läs igenom den nedan först.",
                    "%(n)s enheter läggs upp. Läs igenom dem nedan först.",
                    n,
                )
                % {"n": n},
            )

    def _row(self, number: int, cells: list[str]) -> Row:
        if len(cells) != len(HEAD):
            raise forms.ValidationError(_("ska ha fyra kolumner. Skriv semikolon också efter en tom."))
        body = self.bodies.get(cells[0].casefold())
        if body is None:
            raise forms.ValidationError(_("myndigheten eller bolaget finns inte. Lägg upp den först."))
        try:
            name = clean(cells[1], limit=120, lines=False)
        except UnsafeText as error:
            raise forms.ValidationError(str(error)) from error
        if not name:
            raise forms.ValidationError(_("enheten har inget namn."))
        if self.known.named(body, name):
            raise forms.ValidationError(_("enheten finns redan, eller står två gånger i listan."))
        under = _above(self.known.found(body, cells[2])) if cells[2] else None
        row = Row(number, body, name, under, _profiles(cells[3]), self.on)
        self.known.add(row)
        return row


def _above(found: list[Unit | Row]) -> Unit | Row:
    """The one unit that was meant. Raises ValidationError where there is none, or more than one."""
    if not found:
        raise forms.ValidationError(
            _("enheten den ska ligga under finns inte där. Den ska stå på en tidigare rad.")
        )
    if len(found) > 1:
        raise forms.ValidationError(
            _("flera enheter heter så. Skriv hela vägen till den rätta, till exempel /Skola/Björkskolan.")
        )
    return found[0]


def _filled_out(cells: list[str], between: str) -> list[str]:
    """With tabs the empty cells at the end of a row are not seen, and go missing on the way."""
    return cells + [""] * (len(HEAD) - len(cells)) if between == "\t" else cells


def _profiles(cell: str) -> tuple[str, ...]:
    """Codes or names, with a comma between them. Raises ValidationError."""
    named = {_(PROFILES[code].name).casefold(): code for code in workplace_profiles()}
    named |= {code: code for code in workplace_profiles()}
    found = []
    for word in filter(None, (part.strip().casefold() for part in cell.split(","))):
        if word not in named:
            raise forms.ValidationError(_("en av profilerna finns inte för arbetsplatser."))
        found.append(named[word])
    return tuple(sorted(set(found)))
