"""Every other row that names the person who goes: moved where it still counts, left where it tells what was done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from audit.covered import Covered
from vetting.accounts.models import Account, Person
from vetting.administration.linking.pair import Pair, person_columns, renamed_ids
from vetting.organisation.models import (
    AgreementProposal,
    DelegationPoint,
    DelegationProposal,
    Position,
    SettingProposal,
    TreeProposal,
)
from vetting.recruitment.models import Candidacy, Opinion, Recruitment, Vote
from vetting.recruitment.relations import ENDED

#: Models with rules of their own (roles, recusals, waivers, assignments to book), or whose rows tell what was done and
#: are over.
ELSEWHERE = frozenset(
    {
        "access.rolegrant",
        "access.accountproposal",
        "access.delegation",
        "recruitment.recusal",
        "recruitment.recruitmentgrant",
        "recruitment.decision",
        "recruitment.engagement",
        "recruitment.votesignature",
        "oversight.sample",
        "oversight.sampled",
        "recruitment.round",
        "recruitment.candidatelink",
        "recruitment.waiver",
        "recruitment.poolbooker",
        "disposal.lot",
    }
)
#: A round in one of these states still counts persons.
COUNTS = (
    "draft", "requested", "half_given", "approved", "approved_with_conditions", "returned", "refused", "escalated",
    "overruled", "set_aside",
)  # fmt: skip


def rows_to_move(pair: Pair) -> list[Covered]:
    """The rows, changed but not saved; each once. A row in which both are named stays as it was written."""
    found: dict[tuple[type[Covered], object], Covered] = {}
    for model, names in moved_columns().items():
        wanted = Q(pk__in=[])
        for name in names:
            wanted |= Q(**{name: pair.gone})
        rows = model._base_manager.filter(wanted)
        for row in _that_count(model, rows):
            if _moved(row, names, pair):
                found[model, row.pk] = row
    for row in _in_lists(pair):
        found.setdefault((type(row), row.pk), row)
    return list(found.values())


def moved_columns() -> dict[type[Covered], list[str]]:
    """Covered model → its columns that name a person."""
    found: dict[type[Covered], list[str]] = {}
    for model, name in person_columns():
        if issubclass(model, Covered) and model._meta.label_lower not in ELSEWHERE:
            found.setdefault(model, []).append(name)
    return found


def _that_count(model: type[Covered], rows: Any) -> Any:
    if model is Recruitment:
        return rows.exclude(state__in=sorted(ENDED))
    if model is Opinion:
        rows = rows.filter(state__in=COUNTS)
    if model in (DelegationProposal, AgreementProposal, SettingProposal, TreeProposal):
        rows = rows.filter(state="proposed")
    if model is Vote:
        rows = rows.filter(opinion__state__in=COUNTS, state=Vote.State.GIVEN)
    if any(field.name == "recruitment" for field in model._meta.fields):
        rows = rows.exclude(recruitment__state__in=sorted(ENDED))
    return rows


def _moved(row: Covered, names: list[str], pair: Pair) -> bool:
    """Name the one who is kept in the row's columns; False where it stays."""
    persons = {name: getattr(row, f"{name}_id") for name in names}
    if isinstance(row, Opinion | Vote) and pair.within(*persons.values()):
        return False
    for name, person in persons.items():
        if person == pair.gone:
            setattr(row, f"{name}_id", pair.kept)
    if isinstance(row, Person) and row.line_manager_id == row.pk:
        row.line_manager = None
    if isinstance(row, DelegationPoint | DelegationProposal) and row.escalates_to_id == row.delegate_id:
        row.escalates_to = None
    if isinstance(row, Position) and row.risk_assessed_by_id == row.risk_confirmed_by_id:
        # One person assessed and confirmed the risk: somebody else confirms it anew.
        row.risk_state = Position.RiskState.ASSESSED
        row.risk_confirmed_by = row.risk_decided_on = None
    if isinstance(row, Opinion):
        row.escalation_barred = renamed_ids(row.escalation_barred, pair)
    if isinstance(row, Vote):
        row.barred = renamed_ids(row.barred, pair)
    if isinstance(row, Recruitment):
        row.earlier_managers = _renamed(row.earlier_managers, pair)
    if isinstance(row, Candidacy):
        row.handlers = _handlers(row, pair)
    return True


def _in_lists(pair: Pair) -> Iterator[Covered]:
    """Ids that stand in lists of JSON, in rows that no column of a person leads to."""
    gone = str(pair.gone)
    going = Recruitment.objects.exclude(state__in=sorted(ENDED))
    for recruitment in going.exclude(earlier_managers=[]):
        if any(each["person"] == gone for each in recruitment.earlier_managers):
            recruitment.earlier_managers = _renamed(recruitment.earlier_managers, pair)
            yield recruitment
    for candidacy in Candidacy.objects.filter(recruitment__in=going).exclude(handlers=[]):
        if gone in candidacy.handlers:
            candidacy.handlers = _handlers(candidacy, pair)
            yield candidacy


def _handlers(candidacy: Candidacy, pair: Pair) -> list[str]:
    """At most two persons who handle a protected candidate; one fewer where they were these two."""
    gone, kept = str(pair.gone), str(pair.kept)
    return list(dict.fromkeys(kept if each == gone else each for each in candidacy.handlers))


def _renamed(managers: list[dict[str, str]], pair: Pair) -> list[dict[str, str]]:
    gone, kept = str(pair.gone), str(pair.kept)
    return [each | {"person": kept if each["person"] == gone else each["person"]} for each in managers]


def accounts_to_move(pair: Pair) -> list[Account]:
    """The accounts of the person who goes."""
    return list(Account.objects.filter(person=pair.gone).select_for_update())
