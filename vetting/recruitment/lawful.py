"""The lawful checks of a post and a form, as shown before the advert is written: what, on which ground, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.organisation.models import Position
from vetting.policy.checkpoints import CHECKPOINTS, Checkpoint
from vetting.policy.engagement_forms import FORMS
from vetting.policy.grounds import GROUNDS
from vetting.policy.information import advert_paragraph
from vetting.policy.profiles import PROFILES
from vetting.policy.requirement import Requirement, requirement
from vetting.recruitment.tasks import legal_of
from vetting.web.parts import Fact, Task

STAGES = {
    "before_advert": gettext_lazy("Inför annons"),
    "finalist": gettext_lazy("Slutkandidat"),
    "decision": gettext_lazy("Beslut"),
    "start": gettext_lazy("Start"),
}
BLOCKS = {"decision": gettext_lazy("Klar före beslutet"), "start": gettext_lazy("Klar före start")}


@dataclass(frozen=True, slots=True)
class Lawful:
    """What the page shows: groups of checks, those that are off and why, and the advert's paragraph.

    `asked`: codes of the questions that are answered when the recruitment is opened.
    """

    groups: Sequence[tuple[str, Sequence[Task]]]
    off: Sequence[Fact]
    asked: Sequence[str]
    facts: Sequence[Fact]
    paragraph: Sequence[str]


def lawful_checks(position: Position, form: str, on: date, days: int | None = None) -> Lawful:
    """The requirement of `position` (with `unit__authority` loaded) in `form` on the legal day `on`."""
    unit = position.unit
    needed = requirement(
        profiles=position.profiles,
        unit_profiles=unit.profiles,
        form=form,
        answers=position.answers,
        on=on,
        entity=unit.authority.entity,  # type: ignore[arg-type]
        switched_on=frozenset(unit.authority.switched_on),
        raised_to=position.min_approvers,
    )
    later = needed.may_complete_after_start if days else frozenset()
    shown = [CHECKPOINTS[code] for code in needed.in_play]
    groups = [
        (str(name), [_task(check, needed, check.code in later) for check in shown if check.stage == stage])
        for stage, name in STAGES.items()
    ]
    return Lawful(
        [(name, tasks) for name, tasks in groups if tasks],
        [
            Fact(
                _(CHECKPOINTS[item.check].name),
                _(item.text),
                note=_(GROUNDS[CHECKPOINTS[item.check].ground].statute),
            )
            for item in needed.excluded
        ],
        [code for code in needed.unanswered_at("opening") if code != "participant_conflict"],
        _facts(needed, form),
        [_(line) for line in advert_paragraph(needed).split("\n")],
    )


def _task(check: Checkpoint, needed: Requirement, is_later: bool) -> Task:
    kind, words = "todo", str(BLOCKS.get(check.blocks or "", _("Hör till arbetet")))
    if check.code in needed.pending:
        kind, words = "waiting", _("Beror på ett svar")
    elif is_later:
        kind, words = "redo", _("Får göras klart efter start")
    only = _("Bara för den som föreslås för platsen.") if check.intrusive else ""
    return Task(_(check.name), kind, status=words, note=only, legal=legal_of(check))


def _facts(needed: Requirement, form: str) -> list[Fact]:
    profiles = ", ".join(_(PROFILES[code].name) for code in needed.profiles)
    opinions = {0: _("Behövs inte"), 1: _("Av en person"), 2: _("Av två personer, oberoende av varandra")}
    return [
        Fact(_("Kontrollprofil"), profiles),
        Fact(_("Kontrollnivå"), str(needed.level)),
        Fact(_("Säkerhetsyttrande"), opinions[min(needed.approvers, 2)]),
        Fact(_("Beslutet heter"), _(FORMS[form].decision_name)),
    ]
