"""The settings of every body, what waits for an answer, and what has been changed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.administration.settings_held import facts_of_setting, in_words, value_of
from vetting.organisation.models import Authority, SettingProposal
from vetting.policy.own_settings import SETTINGS, Setting

EARLIER = 50
"""How many answered proposals the page tells of."""


@dataclass(frozen=True, slots=True)
class Line:
    """One setting of one body as it stands, with the proposal that waits."""

    setting: Setting
    value: str
    waiting: SettingProposal | None
    proposed: str
    may_answer: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One answered proposal."""

    row: SettingProposal
    setting: Setting
    before: str
    value: str


def bodies(actor: Actor) -> list[tuple[Authority, list[Line]]]:
    """Every authority and company with its settings: two queries."""
    rows = SettingProposal.objects.filter(state="proposed").select_related("proposed_by")
    waiting: dict[tuple[UUID, str], SettingProposal] = {(row.authority_id, row.setting): row for row in rows}
    return [
        (
            body,
            [_line(actor, body, setting, waiting.get((body.pk, code))) for code, setting in SETTINGS.items()],
        )
        for body in Authority.objects.order_by("name")
    ]


def earlier() -> list[Told]:
    """The newest answers, yes and no: one query."""
    rows = SettingProposal.objects.exclude(state="proposed")
    rows = rows.select_related("authority", "proposed_by", "answered_by").order_by(
        "-answered_on", "-entry_id"
    )
    return [
        Told(row, SETTINGS[row.setting], in_words(row.setting, row.before), in_words(row.setting, row.value))
        for row in rows[:EARLIER]
    ]


def _line(actor: Actor, body: Authority, setting: Setting, waiting: SettingProposal | None) -> Line:
    return Line(
        setting,
        in_words(setting.code, value_of(body, setting.code)),
        waiting,
        in_words(setting.code, waiting.value) if waiting is not None else "",
        waiting is not None and ask(actor, "setting.confirm", facts_of_setting(waiting, actor)).allowed,
        waiting is not None
        and waiting.proposed_by_id == actor.person_id
        and ask(actor, "setting.propose", facts_of_setting(waiting, actor)).allowed,
    )
