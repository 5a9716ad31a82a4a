"""Forms of the start, the renewals and the exit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy.checkpoints import CHECKPOINTS, Renewal
from vetting.policy.reasons import EXIT_CANCELLED
from vetting.web.fields import DayField, PickField
from vetting.web.forms import BaseForm

AT_EXPIRY = Renewal("permit", None)
"""What is renewed when the thing itself expires."""


class StartForm(BaseForm):
    """*Har börjat*."""

    started_on = DayField(label=gettext_lazy("Första arbetsdag"), not_future=True)


class RenewalForm(BaseForm):
    """Something that recurs has been done again."""

    done_on = DayField(label=gettext_lazy("Gjord den"), not_future=True)

    def __init__(self, *args: Any, due: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = PickField(
            label=_("Vad har förnyats?"), choices=list(due), initial=due[0][0] if len(due) == 1 else None
        )
        if any(CHECKPOINTS[code].renewal == AT_EXPIRY for code, _label in due):
            self.fields["valid_until"] = DayField(
                label=_("Tillståndets sista dag"),
                required=False,
                help_text=_("Bara för arbetstillstånd."),
            )
        self.order_fields(["code"])


class BeginExitForm(BaseForm):
    """The engagement will end."""

    last_day = DayField(label=gettext_lazy("Sista dag"))


class CancelExitForm(BaseForm):
    """The engagement goes on after all."""

    reason = PickField(
        label=gettext_lazy("Skäl"), choices=lambda: [(code, _(text)) for code, text in EXIT_CANCELLED.items()]
    )


class CompleteExitForm(BaseForm):
    """Access is closed and the reminder of secrecy given."""

    ended_on = DayField(label=gettext_lazy("Upphörde den"), not_future=True)
