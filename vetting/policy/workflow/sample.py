"""A sample: drawn, then looked through one by one until none is left."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import NEW, Machine, State, Transition

_APART = ("participant", "preparer", "approver", "hiring_manager")

_STATES = (
    State("drawn", _("Draget"), _("Väntar på granskning.")),
    State("reviewed", _("Granskat"), _("Alla i urvalet är granskade."), final=True),
)

_TRANSITIONS = (
    Transition(
        "draw",
        (NEW,),
        "drawn",
        "sample.draw",
        "sample.drawn",
        _("Urvalet kan dras om med samma resultat."),
    ),
    Transition(
        "review_one",
        ("drawn",),
        "drawn",
        "sample.review",
        "sample.reviewed",
        _("Fler återstår i urvalet."),
        other_than=_APART,
    ),
    Transition(
        "review_last",
        ("drawn",),
        "reviewed",
        "sample.review",
        "sample.reviewed",
        _("Den sista i urvalet är granskad."),
        other_than=_APART,
    ),
)

SAMPLE = Machine("sample", _("Stickprov"), _STATES, _TRANSITIONS)
