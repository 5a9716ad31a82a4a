"""What a municipality decides for itself, body by body: each with the least that the agreed tables demand.

Two persons change one (`setting.propose`, `setting.confirm`). What a statute asks for is no setting: nothing here
takes a check away, lowers the share that is drawn, or lets a round do without its opinion.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from vetting.policy.checkpoints import CHECKPOINTS, Checkpoint
from vetting.policy.grounds import Entity, ground_in_force
from vetting.policy.text import _

LEAST_DRAWN = 10
"""Per cent of the finalists of level 3 that a second person opines on, at the least (the agreed draw)."""
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: the column of the authority it is, what it is called, and what it does."""

    code: str
    name: str
    what: str


SETTINGS = {
    each.code: each
    for each in (
        Setting(
            "opinion_binds",
            _("Säkerhetsyttrandets verkan"),
            _(
                "Bindande: efter ett avstyrkande beslutar bara den som frågan lyfts till. Samråd: den som beslutar får "
                "gå emot yttrandet med skriftligt skäl. Yttranden som redan är begärda behåller det som gällde då."
            ),
        ),
        Setting(
            "sample_percent",
            _("Andel som dras för en andra bedömare"),
            _("Procent av slutkandidaterna på nivå 3. Andelen får höjas, aldrig sättas under 10."),
        ),
        Setting(
            "switched_on",
            _("Kontroller som är på"),
            _(
                "Kontroller som är avstängda tills kommunen bestämmer att använda dem. Lagstadgade kontroller är "
                "alltid på och finns inte här. Det som redan är påbörjat ändras inte."
            ),
        ),
    )
}


def switchable(entity: Entity, on: date) -> list[Checkpoint]:
    """The checks that the body may switch on: off by default, open to all to see, and with a ground that holds for
    it. Those of protective security are switched on with their function, not here."""
    return [
        check
        for check in CHECKPOINTS.values()
        if not check.default_on
        and check.visible_to == "all"
        and check.in_catalogue(on)
        and ground_in_force(check.ground, on, entity)
    ]


def may_be(setting: str, value: Any, entity: Entity, on: date) -> bool:
    """Whether the setting may have that value in a body of that kind."""
    if setting == "opinion_binds":
        return isinstance(value, bool)
    if setting == "sample_percent":
        return type(value) is int and LEAST_DRAWN <= value <= WHOLE
    allowed = {check.code for check in switchable(entity, on)}
    return (
        setting == "switched_on"
        and isinstance(value, list)
        and value == sorted(set(value))
        and set(value) <= allowed
    )
