"""What a municipality decides for itself: proposed with its reason by one who administers, answered by a head."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import require
from vetting.administration.settings_held import facts_of_setting, value_of
from vetting.organisation.models import Authority, SettingProposal
from vetting.policy.own_settings import SETTINGS, may_be
from vetting.recruitment.actions.errors import BadInput, WrongState

Once = UUID | None
State = SettingProposal.State
SHORTEST = 10
"""Characters of a reason at the least."""


@contextmanager
def locked_setting(pk: UUID) -> Iterator[SettingProposal]:
    """The proposal and the body under locks, in one transaction. Raises SettingProposal.DoesNotExist."""
    with transaction.atomic():
        found = SettingProposal.objects.get(pk=pk)
        Authority.objects.select_for_update().get(pk=found.authority_id)
        rows = SettingProposal.objects.select_related("authority").select_for_update(of=("self",))
        yield rows.get(pk=pk)


def propose_setting(
    authority: Authority, setting: str, value: Any, reason: str, *, by: Actor, once: Once = None
) -> SettingProposal:
    """Propose another value; what holds is unchanged. Raises Denied, BadInput, WrongState.

    BadInput `value="setting_limit"`: below what law or the agreed tables demand, or no value of the setting.
    """
    answer = require(by, "setting.propose")
    if setting not in SETTINGS or not may_be(setting, value, authority.entity_kind, by.on):
        raise BadInput(value="setting_limit")
    if len(reason.strip()) < SHORTEST:
        raise BadInput(reason="too_short")
    with transaction.atomic():
        own = Authority.objects.select_for_update().get(pk=authority.pk)
        before = value_of(own, setting)
        if before == value:
            raise BadInput(value="setting_same")
        if SettingProposal.objects.filter(authority=own, setting=setting, state=State.PROPOSED).exists():
            raise WrongState("setting_proposal", "propose", "waiting")
        proposal = SettingProposal(
            authority=own,
            setting=setting,
            before=before,
            value=value,
            reason=reason.strip(),
            proposed_by_id=by.person_id,
            proposed_on=by.on,
        )
        facts = {"role": answer.role, "setting": setting}
        with act(
            "setting.proposed", by.who(answer.role), subject=proposal.pk, facts=facts, once=once
        ) as entry:
            entry.save(proposal)
    return proposal


def confirm_setting(proposal: SettingProposal, *, by: Actor, once: Once = None) -> None:
    """Yes: from now it holds. Raises Denied, WrongState; nothing is judged by what held when it was proposed."""
    answer = require(by, "setting.confirm", facts_of_setting(proposal, by))
    _require_waiting(proposal)
    own, setting = proposal.authority, str(proposal.setting)
    if value_of(own, setting) != proposal.before or not may_be(
        setting, proposal.value, own.entity_kind, by.on
    ):
        raise WrongState("setting_proposal", "confirm", "setting_changed")
    setattr(own, setting, proposal.value)
    _answer(proposal, State.CONFIRMED, by, answer.role, once, [own])


def reject_setting(proposal: SettingProposal, *, by: Actor, once: Once = None) -> None:
    """No: what holds is unchanged. Raises Denied, WrongState."""
    answer = require(by, "setting.confirm", facts_of_setting(proposal, by))
    _require_waiting(proposal)
    _answer(proposal, State.REJECTED, by, answer.role, once, [])


def _answer(
    proposal: SettingProposal, state: State, by: Actor, role: str, once: Once, changed: list[Authority]
) -> None:
    proposal.state, proposal.answered_by_id, proposal.answered_on = state, by.person_id, by.on
    facts = {"role": role, "setting": str(proposal.setting), "result": str(state)}
    with act("setting.confirmed", by.who(role), subject=proposal.pk, facts=facts, once=once) as entry:
        for row in changed:
            entry.save(row)
        entry.save(proposal)


def _require_waiting(proposal: SettingProposal) -> None:
    if proposal.state != State.PROPOSED:
        raise WrongState("setting_proposal", "answer", "answered")
