"""What a municipality decides for itself: proposed with its reason by one who administers, answered by a head."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction

from vetting.access.actor import Actor
from vetting.access.door import Denied, require
from vetting.administration.actions.two_persons import (
    answered,
    confirmed,
    put_forward,
    require_waiting,
    say_no,
)
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
        proposal = SettingProposal(
            authority=own, setting=setting, before=before, value=value, reason=reason.strip()
        )
        said: dict[str, object] = {"role": answer.role, "setting": setting}
        like_it = SettingProposal.objects.filter(authority=own, setting=setting)
        put_forward(proposal, by=by, event="setting.proposed", said=said, like_it=like_it, once=once)
    return proposal


def confirm_setting(proposal: SettingProposal, *, by: Actor, once: Once = None) -> None:
    """Yes: from now it holds. Raises Denied, WrongState; nothing is judged by what held when it was proposed."""
    answer = require(by, "setting.confirm", facts_of_setting(proposal, by))
    require_waiting(proposal)
    own, setting = proposal.authority, str(proposal.setting)
    if value_of(own, setting) != proposal.before or not may_be(
        setting, proposal.value, own.entity_kind, by.on
    ):
        raise WrongState("setting_proposal", "confirm", "setting_changed")
    setattr(own, setting, proposal.value)
    answered(proposal, State.CONFIRMED, by)
    said = _told(proposal, answer.role, State.CONFIRMED)
    confirmed(proposal, own, by=by, event="setting.confirmed", said=said, once=once)


def reject_setting(proposal: SettingProposal, *, by: Actor, once: Once = None) -> None:
    """No: what holds is unchanged. Raises Denied, WrongState."""
    answer = require(by, "setting.confirm", facts_of_setting(proposal, by))
    said = _told(proposal, answer.role, State.REJECTED)
    say_no(proposal, State.REJECTED, by=by, event="setting.confirmed", said=said, once=once)


def withdraw_setting(proposal: SettingProposal, *, by: Actor, once: Once = None) -> None:
    """Take one's own back before it is answered. Raises Denied for anybody else, WrongState."""
    answer = require(by, "setting.propose", facts_of_setting(proposal, by))
    if proposal.proposed_by_id != by.person_id:
        raise Denied("setting.propose", "proposer")
    said = _told(proposal, answer.role, State.WITHDRAWN)
    say_no(proposal, State.WITHDRAWN, by=by, event="setting.confirmed", said=said, once=once)


def _told(proposal: SettingProposal, role: str, result: State) -> dict[str, object]:
    return {"role": role, "setting": str(proposal.setting), "result": str(result)}
