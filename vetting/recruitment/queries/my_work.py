"""The named selections of *Mitt arbete*: each number on that page is the number of rows of the same list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

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
from vetting.access.actor import Actor
from vetting.policy.calendar import add_months
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
from vetting.recruitment.queries.terms import mine, picked
from vetting.recruitment.queries.visible import Reach
from vetting.recruitment.relations import ENDED

DAYS_AHEAD = 7
ONGOING = ~Q(state__in=sorted(ENDED))
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
    return _has(Check, Q(state=Check.State.WAITING_CANDIDATE) | shown)


def _open(actor: Actor) -> Q:
    return mine(actor) & ONGOING & Q(on_hold=False)


def to_do(actor: Actor) -> Q:
    """Mine, under way, and something can be done here: not only waiting for the candidate or for others."""
    elsewhere = _has(Check, state__in=[Check.State.WAITING_CANDIDATE, Check.State.PAUSED])
    elsewhere |= _has(Opinion, state__in=AT_SECURITY)
    here = _has(Check, state__in=[Check.State.IN_PROGRESS, Check.State.TO_ASSESS])
    here |= _has(Given, waits_to_be_taken_in())
    here |= _has(Candidacy, state__in=[Candidacy.State.RETURNED, Candidacy.State.REFUSED])
    here |= _to_declare(actor)
    return _open(actor) & (here | ~elsewhere)


def _to_declare(actor: Actor) -> Q:
    """Those she manages with a finalist whom her declaration of conflict of interest is not about."""
    entered = Candidacy.objects.filter(recruitment=OuterRef("recruitment")).order_by().values("recruitment")
    covered = Q(finalists_seen__gte=Coalesce(Subquery(entered.annotate(n=Count("pk")).values("n")), 0))
    answered = _has(Recusal, covered | Q(state=Recusal.State.EXCLUDED), person=actor.person_id)
    return Q(manager=actor.person_id) & ~answered & _has(Candidacy)


def to_decide(actor: Actor) -> Q:
    """Own recruitments with a finalist for whom nothing stored stops the decision but extracts shown at it: evidence
    that is too old, and an opinion whose last day has passed, stop it like what is missing."""
    blocking = Q(code__in=STOPS_DECISION) & ~Q(documentation="note_shown_only")
    blocking &= ~Q(state__in=[Check.State.DONE, Check.State.NOT_APPLICABLE]) | _done_and_aged(actor.on)
    holds = Waiver.objects.filter(of_check=OuterRef("pk"), state=Waiver.State.IN_FORCE, until__gte=actor.on)
    own = Check.objects.filter(blocking & ~Exists(holds), candidacy=OuterRef("pk"))
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
        aged |= Q(code__in=codes, evidence_on__lte=_newest_lapsed(on - timedelta(days=1), months))
    return Q(state=Check.State.DONE) & aged & ~Q(code__in=EXEMPTED, reused_from__isnull=False)


def due(actor: Actor, first: date, last: date) -> Q:
    """Mine, with a day between `first` and `last`: a reply, evidence, a waiver or an opinion that
    lapses, the start."""
    reply = Q(state=Check.State.TO_ASSESS, replied_on=None, reply_by__range=(first, last))
    aged = Q(pk__in=[])
    for months in AGES:
        codes = [check.code for check in SHOWN if check.max_age_months == months]
        aged |= Q(
            code__in=codes,
            evidence_on__gt=_newest_lapsed(first - timedelta(days=1), months),
            evidence_on__lte=_newest_lapsed(last, months),
        )
    undecided = Q(candidacy=None) | Q(candidacy__state__in=UNDECIDED)
    lapses = _has(Check, reply | (Q(state=Check.State.DONE) & aged & undecided))
    lapses |= _has(Opinion, state__in=GIVEN, valid_until__range=(first, last))
    waived = _has(Waiver, state=Waiver.State.IN_FORCE, until__range=(first, last))
    before = [Recruitment.State.DRAFT, Recruitment.State.OPEN]
    start = Q(state__in=before, planned_start__range=(first, last))
    return _open(actor) & (start | waived | (Q(state=Recruitment.State.OPEN) & lapses))


def renewals_due(actor: Actor) -> Q:
    """Mine, with something to renew in an engagement under way within a month, or already late; or a clearance for a
    pool that lapses within a month, or did so lately. Nothing is renewed where it is not known who has left."""
    last = (actor.on + timedelta(days=RENEWAL_DAYS)).isoformat()
    late = Q(pk__in=[])
    for code in RENEWED:
        late |= Q(**{f"renewals__{code}__lte": last})
    due = _has(Engagement, late, state=Engagement.State.ACTIVE) & knows_who_left(actor.on)
    near = (actor.on - timedelta(days=SOON_DAYS), actor.on + timedelta(days=SOON_DAYS))
    due |= _has(PoolClearance, state=PoolClearance.State.VALID, until__range=near)
    return mine(actor) & due


def news(actor: Actor) -> Q:
    """Mine, in which somebody else has done something since the person last said that she had seen it."""
    said = OwnChoices.objects.filter(person=actor.person_id).values("new_since")[:1]
    since = Coalesce(Subquery(said), Value(now() - timedelta(days=NEW_DAYS), output_field=DateTimeField()))
    entries = Entry.objects.filter(subject=OuterRef("pk"), time__gt=since, action__in=NEWS)
    # Who the service shut out is told in the list of who stands aside; here it would tell that a finalist works here.
    entries = entries.exclude(action__startswith="recusal.", actor_role="system")
    return mine(actor) & Q(Exists(entries.filter(Q(actor_person=None) | ~Q(actor_person=actor.person_id))))


def _newest_lapsed(day: date, months: int) -> date:
    """The newest evidence whose last day is on or before `day`."""
    found = add_months(day, -months) + timedelta(days=4)
    while add_months(found, months) > day:
        found -= timedelta(days=1)
    return found


#: code in the address → (words, selection)
SELECTIONS: dict[str, tuple[str, Select]] = {
    "att-gora": (gettext_noop("Att göra nu"), to_do),
    "beslut": (gettext_noop("Klara för beslut"), to_decide),
    "forfallna": (
        gettext_noop("Förfallna"),
        lambda actor: due(actor, actor.on - timedelta(days=3650), actor.on - timedelta(days=1)),
    ),
    "forfaller": (
        gettext_noop("Förfaller inom 7 dagar"),
        lambda actor: due(actor, actor.on, actor.on + timedelta(days=DAYS_AHEAD)),
    ),
    "fornyelser": (gettext_noop("Förnyelser"), renewals_due),
    "kandidat": (
        gettext_noop("Väntar på kandidaten"),
        lambda actor: mine(actor) & ONGOING & _waits_for_candidate(),
    ),
    "andra": (
        gettext_noop("Väntar på någon annan"),
        lambda actor: mine(actor) & ONGOING & _has(Check, state=Check.State.PAUSED),
    ),
    "sakerhet": (
        gettext_noop("Yttrande begärt"),
        lambda actor: mine(actor) & ONGOING & _has(Opinion, state__in=AT_SECURITY),
    ),
    "vilande": (gettext_noop("Pausade"), lambda actor: mine(actor) & ONGOING & Q(on_hold=True)),
    "nytt": (gettext_noop("Nytt sedan sist"), news),
    "lediga": (gettext_noop("Utan handläggare"), lambda actor: ONGOING & Q(responsible=None)),
}
COUNTED = [code for code in SELECTIONS if code != "lediga"]


def work_counts(actor: Actor, reach: Reach) -> dict[str, int]:
    """How many recruitments stand in each selection that is about the actor's own: one query."""
    own = picked(mine(actor), reach.recruitments)
    wanted = {code.replace("-", "_"): Count("pk", filter=SELECTIONS[code][1](actor)) for code in COUNTED}
    return {code.replace("_", "-"): number for code, number in own.aggregate(**wanted).items()}


def first_to_do(actor: Actor, reach: Reach, number: int) -> QuerySet[Recruitment]:
    """The recruitments of *Att göra nu*, what presses most first: a start within seven days, or one that nobody has
    confirmed; what is ready for one's own decision; what is under way, by the nearest start to come; the old, and last
    those in which everybody has begun."""
    rows = reach.recruitments.filter(to_do(actor)).select_related(
        "position", "unit__authority", "manager", "responsible"
    )
    soon = actor.on + timedelta(days=DAYS_AHEAD)
    before = [Recruitment.State.DRAFT, Recruitment.State.OPEN]
    starts = Q(state__in=before, planned_start__range=(actor.on, soon))
    starts |= _has(Engagement, state=Engagement.State.PLANNED, planned_start__lte=soon)
    waits = Q(state__in=before) | _has(Engagement, state=Engagement.State.PLANNED)
    pressing = Case(
        When(starts, then=Value(0)),
        When(to_decide(actor), then=Value(1)),
        When(waits & ~Q(planned_start__lt=actor.on), then=Value(2)),
        When(waits, then=Value(3)),
        default=Value(4),
    )
    return rows.order_by(pressing, F("planned_start").asc(nulls_last=True), "created_on", "pk")[:number]
