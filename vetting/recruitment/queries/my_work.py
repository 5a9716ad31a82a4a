"""The named selections of *Mitt arbete*: each number on that page is the number of rows of the same list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop

from audit.clock import now
from audit.models import Entry
from audit.prepared import KINDS, Counting, Prepared, PreparedCounting, count_true, side_by_side
from vetting.access.actor import Actor
from vetting.policy.calendar import newest_lapsed
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.event_groups import GROUPS
from vetting.policy.own_choices import NEW_DAYS
from vetting.policy.pool import SOON_DAYS
from vetting.policy.reminders import RENEWAL_DAYS
from vetting.recruitment.ended.standing import knows_who_left
from vetting.recruitment.models import (
    Candidacy,
    Check,
    Engagement,
    Given,
    Opinion,
    OwnChoices,
    PoolClearance,
    Recruitment,
    Recusal,
    Waiver,
)
from vetting.recruitment.queries.candidate import waits_to_be_taken_in
from vetting.recruitment.queries.own import Asking, rows_of
from vetting.recruitment.queries.terms import RUNNING, Terms, mine, picked
from vetting.recruitment.queries.visible import Reach
from vetting.recruitment.relations import ENDED

DAYS_AHEAD = 7
ONGOING = ~Q(state__in=sorted(ENDED))
GOING = ONGOING & Q(on_hold=False)
AT_SECURITY = (Opinion.State.REQUESTED, Opinion.State.HALF_GIVEN, Opinion.State.ESCALATED)
GIVEN = (Opinion.State.APPROVED, Opinion.State.APPROVED_WITH_CONDITIONS, Opinion.State.OVERRULED)
UNDECIDED = (
    Candidacy.State.PROPOSED,
    Candidacy.State.CHECKING,
    Candidacy.State.AWAITING_SECURITY,
    Candidacy.State.RETURNED,
    Candidacy.State.CLEARED,
)
#: What only protective security may see is counted nowhere.
SHOWN = [check for check in CHECKPOINTS.values() if check.visible_to == "all"]
STOPS_DECISION = [check.code for check in SHOWN if check.blocks == "decision"]
RENEWED = [check.code for check in SHOWN if check.renewal is not None]
EXEMPTED = [check.code for check in SHOWN if check.reuse == "statutory_exemption"]
AGES = sorted({check.max_age_months for check in SHOWN if check.max_age_months})
NEWS = sorted(
    code
    for group in ("lage", "kontroller", "beslut")
    for code in GROUPS[group].events
    if not code.startswith("protective.") and code != "candidacy.protection_marked"
)
"""What counts as new when another person has done it: acts, no readings, and nothing that only some are told of."""
Select = Callable[[Actor], Q]


def at_security() -> Q:
    """Recruitments in which an opinion is asked for or lifted (read from the queue's own index)."""
    return Q(pk__in=Opinion.objects.filter(state__in=AT_SECURITY).values("recruitment"))


def _has(model: type[Model], *conditions: Q, **columns: object) -> Q:
    rows = model._default_manager.filter(*conditions, recruitment=OuterRef("pk"), **columns)
    return Q(Exists(rows))


def _waits_for_candidate() -> Q:
    shown = Q(documentation="note_shown_only", state=Check.State.NOT_STARTED)
    shown &= Q(candidacy__proceeded_on__isnull=False, candidacy__state__in=UNDECIDED)
    # Asked apart, each is answered by the index on state.
    return _has(Check, state=Check.State.WAITING_CANDIDATE) | _has(Check, shown)


def _of_mine(select: Select) -> Select:
    """The selection among one's own."""
    return lambda actor: mine(actor) & select(actor)


def _to_do(actor: Actor) -> Q:
    """Under way, and something can be done here: not only waiting for the candidate or for others."""
    elsewhere = _has(Check, state__in=[Check.State.WAITING_CANDIDATE, Check.State.PAUSED])
    elsewhere |= _has(Opinion, state__in=AT_SECURITY)
    here = _has(Check, state__in=[Check.State.IN_PROGRESS, Check.State.TO_ASSESS])
    here |= _has(Given, waits_to_be_taken_in())
    here |= _has(Candidacy, state__in=[Candidacy.State.RETURNED, Candidacy.State.REFUSED])
    here |= _to_declare(actor)
    return GOING & (here | ~elsewhere)


def _to_declare(actor: Actor) -> Q:
    """Those she manages with a finalist whom her declaration of conflict of interest is not about."""
    entered = Candidacy.objects.filter(recruitment=OuterRef("recruitment")).order_by().values("recruitment")
    covered = Q(finalists_seen__gte=Coalesce(Subquery(entered.annotate(n=Count("pk")).values("n")), 0))
    answered = _has(Recusal, covered | Q(state=Recusal.State.EXCLUDED), person=actor.person_id)
    return Q(manager=actor.person_id) & ~answered & _has(Candidacy)


def _to_decide(actor: Actor) -> Q:
    """Those one manages with a finalist for whom nothing stored stops the decision but extracts shown at it: evidence
    that is too old, and an opinion whose last day has passed, stop it like what is missing."""
    blocking = Q(code__in=STOPS_DECISION) & ~Q(documentation="note_shown_only")
    blocking &= ~Q(state__in=[Check.State.DONE, Check.State.NOT_APPLICABLE]) | _done_and_aged(actor.on)
    waived = Waiver.objects.filter(state=Waiver.State.IN_FORCE, until__gte=actor.on)
    own = Check.objects.filter(blocking & ~Q(pk__in=waived.values("of_check")), candidacy=OuterRef("pk"))
    common = Check.objects.filter(blocking, candidacy=None, recruitment=OuterRef("recruitment"))
    given = Opinion.objects.filter(candidacy=OuterRef("pk"), state__in=GIVEN)
    passed, standing = given.filter(valid_until__lt=actor.on), given.exclude(valid_until__lt=actor.on)
    cleared = Q(state=Candidacy.State.CLEARED) & (~Exists(passed) | Exists(standing))
    unasked = Q(state=Candidacy.State.CHECKING, sampled=False, recruitment__approvers=0)
    ready = Q(~Exists(own), ~Exists(common)) & (cleared | unasked)
    return Q(manager=actor.person_id, state=Recruitment.State.OPEN, on_hold=False) & _has(Candidacy, ready)


def _done_and_aged(on: date) -> Q:
    """Done checks whose evidence had its last day before `on`; a statute's exemption does not count its age."""
    aged = Q(pk__in=[])
    for months in AGES:
        codes = [check.code for check in SHOWN if check.max_age_months == months]
        aged |= Q(code__in=codes, evidence_on__lte=newest_lapsed(on - timedelta(days=1), months))
    return Q(state=Check.State.DONE) & aged & ~Q(code__in=EXEMPTED, reused_from__isnull=False)


def _due(first: date, last: date) -> Q:
    """Under way, with a day between `first` and `last`: a reply, evidence, a waiver or an opinion that
    lapses, the start."""
    reply = Q(state=Check.State.TO_ASSESS, replied_on=None, reply_by__range=(first, last))
    aged = Q(pk__in=[])
    for months in AGES:
        codes = [check.code for check in SHOWN if check.max_age_months == months]
        aged |= Q(
            code__in=codes,
            evidence_on__gt=newest_lapsed(first - timedelta(days=1), months),
            evidence_on__lte=newest_lapsed(last, months),
        )
    undecided = Q(candidacy=None) | Q(candidacy__state__in=UNDECIDED)
    lapses = _has(Check, reply | (Q(state=Check.State.DONE) & aged & undecided))
    lapses |= _has(Opinion, state__in=GIVEN, valid_until__range=(first, last))
    waivers = Waiver.objects.filter(state=Waiver.State.IN_FORCE, until__range=(first, last))
    waived = Q(pk__in=waivers.values("recruitment"))
    before = [Recruitment.State.DRAFT, Recruitment.State.OPEN]
    start = Q(state__in=before, planned_start__range=(first, last))
    return GOING & (start | waived | (Q(state=Recruitment.State.OPEN) & lapses))


def _renewals_due(actor: Actor) -> Q:
    """With something to renew in an engagement under way within a month, or already late; or a clearance for a
    pool that lapses within a month, or did so lately. Nothing is renewed where it is not known who has left."""
    last = (actor.on + timedelta(days=RENEWAL_DAYS)).isoformat()
    late = Q(pk__in=[])
    for code in RENEWED:
        late |= Q(**{f"renewals__{code}__lte": last})
    due = _has(Engagement, ~Q(renewals={}) & late, state=Engagement.State.ACTIVE) & knows_who_left(actor.on)
    near = (actor.on - timedelta(days=SOON_DAYS), actor.on + timedelta(days=SOON_DAYS))
    due |= _has(PoolClearance, state=PoolClearance.State.VALID, until__range=near)
    return due


def _news_since(actor: Actor, lately: datetime) -> Q:
    """In which somebody else has done something since the person last said that she had seen it."""
    said = OwnChoices.objects.filter(person=actor.person_id).values("new_since")[:1]
    since = Coalesce(Subquery(said), Value(lately, output_field=DateTimeField()))
    entries = Entry.objects.filter(subject=OuterRef("pk"), time__gt=since, action__in=NEWS)
    # Who the service shut out is told in the list of who stands aside; here it would tell that a finalist works here.
    entries = entries.exclude(action__startswith="recusal.", actor_role="system")
    return Q(Exists(entries.filter(Q(actor_person=None) | ~Q(actor_person=actor.person_id))))


def _lately() -> datetime:
    return now() - timedelta(days=NEW_DAYS)


#: Among one's own: code in the address → (words, selection)
OWN: dict[str, tuple[str, Select]] = {
    "att-gora": (gettext_noop("Att göra nu"), _to_do),
    "beslut": (gettext_noop("Klara för beslut"), _to_decide),
    "forfallna": (
        gettext_noop("Förfallna"),
        lambda actor: _due(actor.on - timedelta(days=3650), actor.on - timedelta(days=1)),
    ),
    "forfaller": (
        gettext_noop("Förfaller inom 7 dagar"),
        lambda actor: _due(actor.on, actor.on + timedelta(days=DAYS_AHEAD)),
    ),
    "fornyelser": (gettext_noop("Förnyelser"), _renewals_due),
    "kandidat": (gettext_noop("Väntar på kandidaten"), lambda actor: ONGOING & _waits_for_candidate()),
    "andra": (
        gettext_noop("Väntar på någon annan"),
        lambda actor: ONGOING & _has(Check, state=Check.State.PAUSED),
    ),
    "sakerhet": (
        gettext_noop("Yttrande begärt"),
        lambda actor: ONGOING & _has(Opinion, state__in=AT_SECURITY),
    ),
    "vilande": (gettext_noop("Pausade"), lambda actor: ONGOING & Q(on_hold=True)),
    "nytt": (gettext_noop("Nytt sedan sist"), lambda actor: _news_since(actor, _lately())),
}
ALSO_ENDED = ("fornyelser", "nytt")
"""Of these, the selections that also hold what has ended."""
SELECTIONS: dict[str, tuple[str, Select]] = {
    **{code: (words, _of_mine(select)) for code, (words, select) in OWN.items()},
    "lediga": (gettext_noop("Utan handläggare"), lambda actor: ONGOING & Q(responsible=None)),
}


def work_counts(actor: Actor, reach: Reach) -> dict[str, int]:
    """How many recruitments stand in each selection that is about the actor's own: one query."""
    if reach.terms is not None:
        person, account, *units = reach.values
        return _counting(reach.terms)(person, account, _lately(), *units)
    own = picked(mine(actor), reach.recruitments)
    return _counted(actor, own, own, _lately()).numbers()


def _counted(
    actor: Actor, going: QuerySet[Recruitment], own: QuerySet[Recruitment], lately: datetime
) -> Counting:
    """One's own are gone through once, each asked what it waits for; those that have ended what they still may."""
    asked = {code: select(actor) for code, (_words, select) in OWN.items() if code not in ALSO_ENDED}
    still = {"fornyelser": _renewals_due(actor), "nytt": _news_since(actor, lately)}
    return side_by_side(count_true(going, asked), count_true(own, still))


@lru_cache(maxsize=KINDS)
def _counting(terms: Terms) -> PreparedCounting:
    def say(person: UUID, account: UUID, lately: datetime, *units: UUID) -> Counting:
        actor = Actor(person, account, "", terms.on)
        asking = Asking(terms, person, account, units)
        return _counted(actor, rows_of(asking.own(RUNNING)), rows_of(asking.own()), lately)

    return PreparedCounting(say)


def first_to_do(actor: Actor, reach: Reach, number: int) -> list[Recruitment]:
    """The recruitments of *Att göra nu*, what presses most first: a start within seven days, or one that nobody has
    confirmed; what is ready for one's own decision; what is under way, by the nearest start to come; the old, and last
    those in which everybody has begun."""
    if reach.terms is not None:
        return _firsts(reach.terms, number)(*reach.values)
    return list(_first(actor, picked(mine(actor) & _to_do(actor), reach.recruitments), number))


@lru_cache(maxsize=KINDS)
def _firsts(terms: Terms, number: int) -> Prepared[Recruitment]:
    def build(person: UUID, account: UUID, *units: UUID) -> QuerySet[Recruitment]:
        actor = Actor(person, account, "", terms.on)
        own = rows_of(Asking(terms, person, account, units).own(RUNNING))
        return _first(actor, own.filter(_to_do(actor)), number)

    return Prepared(build)


def _first(actor: Actor, to_do: QuerySet[Recruitment], number: int) -> QuerySet[Recruitment]:
    soon = actor.on + timedelta(days=DAYS_AHEAD)
    before = [Recruitment.State.DRAFT, Recruitment.State.OPEN]
    starts = Q(state__in=before, planned_start__range=(actor.on, soon))
    starts |= _has(Engagement, state=Engagement.State.PLANNED, planned_start__lte=soon)
    waits = Q(state__in=before) | _has(Engagement, state=Engagement.State.PLANNED)
    pressing = Case(
        When(starts, then=Value(0)),
        When(_to_decide(actor), then=Value(1)),
        When(waits & ~Q(planned_start__lt=actor.on), then=Value(2)),
        When(waits, then=Value(3)),
        default=Value(4),
    )
    order = (pressing, F("planned_start").asc(nulls_last=True), "created_on", "pk")
    rows = to_do.order_by(*order)[:number]
    # Chosen before the joins, as a page of the list.
    first = Recruitment.objects.filter(pk__in=rows.values("pk")).order_by(*order)
    return first.select_related("position", "unit__authority", "manager", "responsible")
