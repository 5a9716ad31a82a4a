"""What others have proposed in the room and a person may answer, by kind: for whoever would not look there unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateTimeField, Max, Model, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.timezone import localtime
from django.utils.translation import gettext_noop

from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.door import ask, may_somewhere
from vetting.access.models import AccountProposal, RoleGrant
from vetting.administration.accounts_held import CONFIRM
from vetting.administration.queries import delegation_order, proposals, tree_proposals
from vetting.administration.roles_held import all_authorities, facts_about
from vetting.administration.settings_held import facts_of_setting
from vetting.organisation.models import (
    AgreementProposal,
    DelegationProposal,
    SettingProposal,
    TreeProposal,
)
from vetting.policy.access_review import REVIEWS

PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of proposal: who may answer such, where they stand listed, and how many `count` finds for an actor."""

    model: type[Model]
    permissions: tuple[str, ...]
    page: str
    words: str
    count: Callable[[Actor], int]


def _roles(actor: Actor) -> int:
    rows = RoleGrant.objects.filter(state=PROPOSED).select_related("unit")
    there = all_authorities()
    return sum(ask(actor, "role.confirm", facts_about(row, actor, there)).allowed for row in rows)


def _accounts(actor: Actor) -> int:
    return len(proposals.to_answer(actor))


def _points(actor: Actor) -> int:
    return sum(point.may_answer for point in delegation_order.proposed_points_for(actor))


def _agreements(actor: Actor) -> int:
    return sum(may_answer for _row, may_answer in delegation_order.proposed_agreements(actor))


def _settings(actor: Actor) -> int:
    rows = SettingProposal.objects.filter(state=PROPOSED)
    return sum(ask(actor, "setting.confirm", facts_of_setting(row, actor)).allowed for row in rows)


def _changes(actor: Actor) -> int:
    return sum(not each.is_own for each in tree_proposals.waiting_changes(actor))


KINDS = {
    "role": Kind(
        RoleGrant, ("role.confirm",), "role_list", gettext_noop("Föreslagna roller att svara på"), _roles
    ),
    "account": Kind(
        AccountProposal,
        tuple(CONFIRM.values()),
        "role_list",
        gettext_noop("Förslag om konton att svara på"),
        _accounts,
    ),
    "point": Kind(
        DelegationProposal,
        ("delegation_order.confirm",),
        "delegation_order",
        gettext_noop("Delegationspunkter att svara på"),
        _points,
    ),
    "agreement": Kind(
        AgreementProposal,
        ("service_agreement.confirm",),
        "agreement_list",
        gettext_noop("Uppdrag åt andra att svara på"),
        _agreements,
    ),
    "setting": Kind(
        SettingProposal,
        ("setting.confirm",),
        "setting_list",
        gettext_noop("Föreslagna inställningar att svara på"),
        _settings,
    ),
    "change": Kind(
        TreeProposal,
        tuple(dict.fromkeys(tree_proposals.PERMISSION.values())),
        "unit_list",
        gettext_noop("Ändringar av enheter att svara på"),
        _changes,
    ),
}


@dataclass(frozen=True, slots=True)
class Signs:
    """What lies there at all: the day of the newest review (None: no review, or not asked), and kinds of proposals."""

    last_review: date | None
    kinds: tuple[str, ...]


def signs(actor: Actor, *, of_review: bool) -> Signs:
    """One query; none for whoever answers nothing. The door is asked about each proposal by `Kind.count` alone."""
    asked = [_last_review()] if of_review else []
    asked += [
        _there(code, kind, actor)
        for code, kind in KINDS.items()
        if any(may_somewhere(actor, permission) for permission in kind.permissions)
    ]
    if not asked:
        return Signs(None, ())
    first, *others = asked
    rows: dict[str, datetime | None] = dict(first.union(*others, all=True))
    last = rows.pop("", None)
    return Signs(localtime(last).date() if last is not None else None, tuple(sorted(rows, key=_place)))


def _last_review() -> QuerySet[Any, Any]:
    rows = Entry.objects.filter(subject=REVIEWS).order_by().values("subject").annotate(at=Max("time"))
    return rows.values_list(Value("", CharField()), "at")


def _there(code: str, kind: Kind, actor: Actor) -> QuerySet[Any, Any]:
    rows = kind.model._default_manager.filter(state=PROPOSED).exclude(proposed_by=actor.person_id).order_by()
    return rows.values_list(Value(code, CharField()), Cast(Value(None), DateTimeField())).distinct()


def _place(code: str) -> int:
    return list(KINDS).index(code)
