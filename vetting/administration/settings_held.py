"""What the door needs to know of a proposed setting, and how a setting's value is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import Facts
from vetting.organisation.models import Authority, SettingProposal
from vetting.policy.checkpoints import CHECKPOINTS


def facts_of_setting(proposal: SettingProposal, actor: Actor) -> Facts:
    """The body it holds for, and whether the actor proposed it."""
    relations = {"not_protected"}
    if proposal.proposed_by_id == actor.person_id:
        relations.add("proposer")
    return Facts(proposal.authority_id, relations=frozenset(relations))


def value_of(authority: Authority, setting: str) -> Any:
    """The value that holds now."""
    value = getattr(authority, setting)
    return sorted(value) if isinstance(value, list) else value


def in_words(setting: str, value: Any) -> str:
    """A value as a person reads it."""
    if setting == "opinion_binds":
        return _("Bindande") if value else _("Samråd")
    if setting == "sample_percent":
        return _("%(number)s procent") % {"number": value}
    names = [_(CHECKPOINTS[code].name) for code in value if code in CHECKPOINTS]
    return ", ".join(names) or _("Inga")
