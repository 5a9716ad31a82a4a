"""Many at the same moment, on real transactions: two votes are two persons, one start is one start, nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connections

from audit.errors import AlreadyDone, StaleRow
from audit.integrity import findings
from audit.models import Entry
from tests.recruitment.walk import Walk, evidence_for
from tests.recruitment.world import World, build_world
from vetting.access.door import Denied
from vetting.accounts.models import Account
from vetting.recruitment.actions.checks import record_check
from vetting.recruitment.actions.errors import Refused
from vetting.recruitment.actions.opinion import take_opinion
from vetting.recruitment.actions.vote import Ballot, decide_opinion
from vetting.recruitment.case import Case
from vetting.recruitment.models import Vote

ROUNDS = 60 if os.environ.get("SOAK") else 3
LOST = (Denied, Refused, IntegrityError, StaleRow, AlreadyDone)


@pytest.fixture
def town(real_db: Any) -> Iterator[World]:
    """The small municipality in a database of its own."""
    yield build_world()
    connections.close_all()


def at_once(works: list[Callable[[], None]]) -> list[BaseException | None]:
    """Run all at the same moment in threads of their own; what each raised, or None."""
    gate = Barrier(len(works))

    def one(work: Callable[[], None]) -> BaseException | None:
        try:
            gate.wait()
            work()
        except LOST as error:
            return error
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


@pytest.mark.deadline(120)
def test_four_approvers_at_once_leave_two_votes_of_two_persons(town: World) -> None:
    person = town.person("security_one")
    town.accounts["second_account"] = Account.objects.create_user("second_account", None, person=person)
    for _round in range(ROUNDS):
        walk = Walk(town, "buyer_lead").open()
        finalist = walk.finalist()
        walk.ready(finalist)
        opinion = walk.ask_opinion(finalist)
        # Two of the four are one person through two accounts.
        names = ["security_one", "second_account", "security_two", "security_three"]
        for name in names:
            case = walk.case()
            take_opinion(case, by=town.actor(name), opinion=case.opinion(opinion))

        def vote(name: str, pk: Any = walk.pk, opinion: Any = opinion) -> Callable[[], None]:
            actor = town.actor(name)

            def work() -> None:
                with Case.locked(pk) as case:
                    decide_opinion(case, by=actor, opinion=case.opinion(opinion), ballot=Ballot("supported"))

            return work

        outcomes = at_once([vote(name) for name in names])
        votes = list(Vote.objects.filter(opinion_id=opinion, state="given"))
        assert len(votes) == 2 == sum(outcome is None for outcome in outcomes)
        assert len({vote.person_id for vote in votes}) == 2
        assert walk.case().opinion(opinion).state == "approved"
    assert not list(findings())


@pytest.mark.deadline(120)
def test_twenty_presses_of_one_button_are_one_act(town: World) -> None:
    walk = Walk(town, "assistant").open()
    notice = walk.case().check_named("notice")
    assert notice is not None
    once, hr = uuid4(), town.actor("hr")

    def press() -> None:
        with Case.locked(walk.pk) as case:
            record_check(
                case, by=hr, check=case.check(notice.pk), outcome="given", once=once,
                evidence=evidence_for("notice", walk.on),
            )  # fmt: skip

    outcomes = at_once([press] * 20)
    assert sum(outcome is None for outcome in outcomes) == 1
    assert not any(isinstance(outcome, OperationalError) for outcome in outcomes)
    assert Entry.objects.filter(action="check.recorded", subject=walk.pk).count() == 1
    assert not list(findings())
