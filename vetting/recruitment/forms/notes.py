"""What is written in a note, and of which kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from vetting.policy.notes import KINDS, LONGEST
from vetting.policy.words import warnings_for
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.recruitment.readers_named import readers_of
from vetting.web.fields import PickField, TextField
from vetting.web.forms import BaseForm


class NoteForm(BaseForm):
    """A text, and the kind of note where there is one to choose: who may come to read it stands beside the box."""

    def __init__(self, *args: Any, kinds: Sequence[str], corrects: str = "", **kwargs: Any) -> None:
        """`kinds`: those that may be written now. `corrects`: the kind of the note that is put right, or ""."""
        super().__init__(*args, **kwargs)
        if not corrects:
            self.fields["kind"] = PickField(
                label=_("Slag av anteckning"),
                choices=[(code, _(KINDS[code].means)) for code in kinds],
                initial=kinds[0] if len(kinds) == 1 else None,
                error_messages={
                    "required": _("Välj slag av anteckning."),
                    "invalid_choice": INPUT_ERRORS["comment_over"],
                },
            )
        alone = corrects or (kinds[0] if len(kinds) == 1 else "")
        self.fields["text"] = TextField(
            label=_("Anteckning"),
            help_text=_("Skriv inte namn eller personnummer: det framgår vem anteckningen gäller."),
            max_length=LONGEST,
            rows=8,
            readers=KINDS[alone].readers if alone else "by_kind",
            who=readers_of("note.reveal"),
        )

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """What no note about a recruitment needs, and where a shown extract is noted instead."""
        for found in warnings_for(None, str(cleaned.get("text") or "")):
            said = f" (”{found.found}”)" if found.found else ""
            instead = _(
                "Att ett utdrag har visats upp antecknas bara i beslutet, och inget om vad det visar."
            )
            yield "text", f"{_(found.text)}{said}" + (f" {instead}" if found.topic == "crime" else "")
