"""Declarations of conflict of interest that wait for somebody's decision."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask, may_somewhere
from vetting.recruitment.apart import is_party
from vetting.recruitment.case import Case
from vetting.recruitment.models import Recusal
from vetting.recruitment.relations import ENDED, SHUT_OUT

SHUT = Q(state__in=sorted(SHUT_OUT)) | Q(state=Recusal.State.ENDED, excluded_before_end=True)


def waiting_for(actor: Actor) -> list[Recusal]:
    """The declarations that `actor` may decide, oldest first: one query at most, and the door asked for each."""
    return _decidable(actor, _rows(actor, _declared(actor)))


def matches_for(actor: Actor) -> list[Recusal]:
    """The matches by number that `actor` may answer, oldest first; each recruitment is read as its page reads it."""
    return _answerable(actor, _rows(actor, _matched(actor)))


def declarations_and_matches(actor: Actor) -> tuple[list[Recusal], list[Recusal]]:
    """`waiting_for` and `matches_for` by one query between them."""
    rows = _rows(actor, _declared(actor), _matched(actor))
    matches = [row for row in rows if row.by_match and row.state == Recusal.State.EXCLUDED]
    return _decidable(actor, [row for row in rows if row not in matches]), _answerable(actor, matches)


def _declared(actor: Actor) -> Q | None:
    if not may_somewhere(actor, "declaration.decide"):
        return None
    whole = {authority for held in actor.roles if held.role == "hr_head" for authority in held.authorities}
    everywhere = any(held.role == "hr_head" and held.everywhere for held in actor.roles)
    declared = Q(state=Recusal.State.DECLARED)
    if everywhere:
        return declared
    return declared & (_of_line_manager(actor) | Q(recruitment__unit__authority__in=whole))


def _matched(actor: Actor) -> Q | None:
    if not may_somewhere(actor, "recusal.set"):
        return None
    return Q(by_match=True, had_part=True, state=Recusal.State.EXCLUDED, match_answered_on__isnull=True)


def _rows(actor: Actor, *wanted: Q | None) -> list[Recusal]:
    asked = [which for which in wanted if which is not None]
    if not asked:
        return []
    aside = Recusal.objects.filter(SHUT, person=actor.person_id, recruitment=OuterRef("recruitment"))
    rows = Recusal.objects.filter(reduce(or_, asked)).exclude(recruitment__state__in=sorted(ENDED))
    found = rows.annotate(is_aside=Exists(aside)).select_related(
        "person__line_manager", "recruitment__position", "recruitment__unit"
    )
    return list(found.order_by("declared_on", "changed_at"))


def _decidable(actor: Actor, rows: list[Recusal]) -> list[Recusal]:
    return [recusal for recusal in rows if ask(actor, "declaration.decide", _facts(actor, recusal)).allowed]


def _answerable(actor: Actor, rows: list[Recusal]) -> list[Recusal]:
    found = []
    for row in sorted(rows, key=lambda each: (each.decided_on or date.max, each.changed_at)):
        case = Case.load(row.recruitment_id)
        own = case.recusal_of(row.person_id)
        if own is not None and may_answer_match(case, actor, own):
            found.append(row)
    return found


def may_answer_match(case: Case, actor: Actor, recusal: Recusal) -> bool:
    """Whether she heads a function here, has no hand in the matter, and is neither the one matched nor who typed it."""
    if not recusal.waits_for_head:
        return False
    return may_meet_match(case, actor, recusal)


def may_meet_match(case: Case, actor: Actor, recusal: Recusal) -> bool:
    """The same, also where it has been answered by now."""
    if actor.person_id in (recusal.matched_by_id, recusal.person_id):
        return False
    facts = case.facts_for(actor, recusal=recusal)
    return ask(actor, "recusal.set", facts).allowed and not is_party(case, actor)


def _of_line_manager(actor: Actor) -> Q:
    """Declarations of those one is the nearest manager of; where she stands aside there, of her own reports' too."""
    aside = Recusal.objects.filter(
        SHUT, recruitment=OuterRef("recruitment"), person=OuterRef("person__line_manager")
    )
    above = Q(person__line_manager__line_manager=actor.person_id) & Q(Exists(aside))
    return (Q(person__line_manager=actor.person_id) | above) & ~Q(person=actor.person_id)


def _facts(actor: Actor, recusal: Recusal) -> Facts:
    case = recusal.recruitment
    relations = {"not_protected"}
    if recusal.person_id == actor.person_id:
        relations.add("owner")
    above = recusal.person.line_manager
    if above is not None and actor.person_id in (above.pk, above.line_manager_id):
        relations.add("line_manager")  # the query has seen to which of the two it is
    if vars(recusal)["is_aside"]:
        relations.add("recused")
    return Facts(
        authority_id=case.unit.authority_id,
        unit_path=case.unit.path,
        is_own=case.manager_id == actor.person_id,
        relations=frozenset(relations),
    )
