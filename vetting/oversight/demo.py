"""What the demonstration's auditor has to look at: late readings that rules point out, one of them already closed.

Told after the recruitments, on the live database, by the same acts and the same rules as in an installation.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from audit import clock
from audit.models import Entry, Tree
from audit.recorder import record
from audit.sealer import seal_pending
from vetting.access.actor import Actor, load_actor
from vetting.access.door import ask
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account, Person
from vetting.oversight import watching
from vetting.oversight.actions.alerts import close_alert
from vetting.oversight.models import Alert, StaffNumber, Watch
from vetting.oversight.queries.moments import newest_id
from vetting.oversight.views.base import note_reading
from vetting.policy.alerts import RULES, SENSITIVE_LEVEL
from vetting.recruitment.case import Case
from vetting.recruitment.models import BlindIndex, Recruitment
from vetting.recruitment.queries.visible import reach_of

CURIOUS = RULES["many_sensitive"].threshold + 2
REASON = "Hon prövade numren ur en gammal lista som visade sig vara fel. Närmaste chefen bekräftar det."


class Evening:
    """The time between what the telling ended with and now, a step at a time."""

    def __init__(self) -> None:
        newest = Entry.objects.filter(id=newest_id()).values_list("time", flat=True).first()
        self._end = clock.now()
        self._begin: datetime = newest or self._end
        self._step = min((self._end - self._begin) / 60, timedelta(minutes=3))

    def __iter__(self) -> Iterator[datetime]:
        moment = self._begin
        while True:
            moment = min(moment + self._step, self._end)
            yield moment


def fill() -> None:
    """Let some of HR read what rules point out, the worker find it, and the auditor close one. A tiny town has none."""
    officers = [load_actor(account) for account in _holders("hr_officer")]
    auditor = next(iter(_holders("auditor")), None)
    sensitive = Recruitment.objects.filter(level__gte=SENSITIVE_LEVEL).count()
    if len(officers) < 3 or auditor is None or sensitive < CURIOUS:
        return
    _begin_watching()
    evening = iter(Evening())
    _reads_widely(max(officers, key=lambda actor: len(_outside(actor))), evening)
    _searches_in_vain(officers[0], evening)
    _reads_about_a_colleague(officers, evening)
    seal_pending()
    with clock.at(next(evening)):
        watching.watch()
        note_reading(load_actor(auditor), "log.view", "log.viewed", filter_codes="lasningar", count=50)
        first = Alert.objects.filter(rule="repeated_misses").first()
        if first is not None:
            close_alert(first.pk, by=load_actor(auditor), result="explained", reason=REASON)


def _begin_watching() -> None:
    """The rules look at what comes from now on, as in a service that has just begun to use them."""
    for tree in Tree.objects.filter(name__in=watching.watched_trees()):
        for rule in RULES:
            Watch.objects.get_or_create(rule=rule, tree=tree.name, defaults={"position": tree.size})


def _reads_widely(actor: Actor, evening: Iterator[datetime]) -> None:
    for recruitment in _outside(actor)[:CURIOUS]:
        with clock.at(next(evening)):
            _read(actor, recruitment)


def _searches_in_vain(actor: Actor, evening: Iterator[datetime]) -> None:
    facts = {"role": "hr_officer", "count": 0, "purpose": "answer_request"}
    for _ in range(RULES["repeated_misses"].threshold):
        with clock.at(next(evening)):
            record(
                "candidacy.number_searched", actor.who("hr_officer"), facts=facts, purpose="answer_request"
            )


def _reads_about_a_colleague(officers: list[Actor], evening: Iterator[datetime]) -> None:
    """One with the same manager as the reader has applied, under the number she is known by as a member of staff."""
    for actor in officers:
        colleague = _colleague(actor)
        mine = [recruitment.pk for recruitment in _outside(actor)]
        known = BlindIndex.objects.filter(candidacy__recruitment__in=mine).order_by(
            "-candidacy__created_on", "id"
        )
        found = known.select_related("candidacy__recruitment").first()
        if colleague is None or found is None:
            continue
        StaffNumber.objects.create(person=colleague, digest=bytes(found.digest))
        with clock.at(next(evening)):
            _read(actor, found.candidacy.recruitment)
        return


def _read(actor: Actor, recruitment: Recruitment) -> None:
    """As the page does it: the door is asked, and a reading outside assignments leaves its entry."""
    answer = ask(actor, "recruitment.view", Case.load(recruitment.pk).facts_for(actor))
    if answer.allowed and answer.is_outside:
        facts = {"role": answer.role, "reference": recruitment.reference}
        record("recruitment.viewed", actor.who(answer.role), subject=recruitment.pk, facts=facts)


def _outside(actor: Actor) -> list[Recruitment]:
    """Sensitive recruitments the actor sees without taking part in them, newest first."""
    rows = reach_of(actor).recruitments.filter(level__gte=SENSITIVE_LEVEL)
    rows = rows.exclude(grants__user=actor.account_id).exclude(manager=actor.person_id)
    return list(rows.order_by("-created_on", "reference"))


def _colleague(actor: Actor) -> Person | None:
    own = Person.objects.get(pk=actor.person_id)
    if own.line_manager_id is None:
        return None
    beside = Person.objects.filter(line_manager=own.line_manager_id).exclude(pk=own.pk)
    return beside.order_by("display_name").first()


def _holders(role: str) -> list[Account]:
    people = RoleGrant.objects.filter(role=role, state=RoleGrant.State.ACTIVE).values("person")
    return list(Account.objects.filter(person__in=people).select_related("person").order_by("username"))
