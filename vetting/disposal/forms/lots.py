"""The form of a lot that is put forward."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from vetting.web.fields import LineField
from vetting.web.forms import BaseForm


class ProposeForm(BaseForm):
    """Which disposal decision, or point of the document plan, it rests on."""

    decision = LineField(
        label=gettext_lazy("Gallringsbeslut"),
        help_text=gettext_lazy(
            "Diarienummer och paragraf, eller punkten i dokumenthanteringsplanen. Utan gallringsbeslut får inget "
            "gallras (arkivlagen 10 §)."
        ),
        max_length=60,
        readers="public",
    )
