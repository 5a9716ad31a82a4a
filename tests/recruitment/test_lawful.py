"""Lawful by construction: what a ground does not allow cannot be recorded - in the action, nor in the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.recruitment.raw import raw_update
from tests.recruitment.walk import Walk, evidence_for
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment.actions.assessment import assess_check, notify_candidate, record_reply
from vetting.recruitment.actions.candidacy import edit_candidacy, proceed_candidacy
from vetting.recruitment.actions.candidacy_outcome import (
    mark_protected,
)
from vetting.recruitment.actions.checks import (
    mark_not_applicable,
    record_check,
)
from vetting.recruitment.actions.decision import Extract, Terms, sign_decision
from vetting.recruitment.actions.errors import BadInput, NotComplete, WrongState
from vetting.recruitment.engine.progress import missing_before_signing, missing_for_opinion
from vetting.recruitment.engine.rows import candidacy_rows
from vetting.recruitment.models import BlindIndex


class TestGroundsAndDays:
    """A check is recorded only while its ground holds, and only with what the catalogue lists."""

    def test_the_database_refuses_a_record_outside_the_grounds_days(self, ready: tuple[Walk, Any]) -> None:
        walk, finalist = ready
        case = walk.case()
        identity = case.check_named("id_check", case.candidacy(finalist.pk))
        assert identity is not None
        with pytest.raises(IntegrityError):
            raw_update(identity, ground_from="2199-01-01")

    def test_what_the_catalogue_does_not_list_is_not_stored(self, world: World) -> None:
        walk = Walk(world, "assistant").open()
        case = walk.case()
        notice = case.check_named("notice")
        assert notice is not None
        record_check(
            case, by=world.actor("hr"), check=notice, outcome="given",
            evidence={**evidence_for("notice", walk.on), "rumour": "Något som inte får stå här"},
        )  # fmt: skip
        stored = walk.case().check_named("notice")
        assert stored is not None
        assert set(stored.facts) == {"text_version", "given_on"}

    @pytest.mark.parametrize("days", [-1, 1])
    def test_evidence_counts_as_missing_the_day_after_its_last(self, world: World, days: int) -> None:
        walk = Walk(world, "buyer").open()
        finalist = walk.finalist()
        walk.ready(finalist)
        case = walk.case()
        own = case.candidacy(finalist.pk)
        limit = next(row.expires_on for row in candidacy_rows(case, own) if row.spec.code == "references")
        assert limit is not None
        states = {row.spec.code: row.state for row in candidacy_rows(case, own, limit + timedelta(days=days))}
        assert states["references"] == ("done" if days < 0 else "expired")

    def test_a_day_in_the_future_is_refused(self, world: World) -> None:
        walk = Walk(world, "assistant").open()
        case = walk.case()
        notice = case.check_named("notice")
        assert notice is not None
        evidence = {"text_version": "1", "given_on": walk.on + timedelta(days=1)}
        with pytest.raises(BadInput) as refused:
            record_check(case, by=world.actor("hr"), check=notice, outcome="given", evidence=evidence)
        assert refused.value.errors == {"given_on": "future"}

    def test_a_statutory_check_is_never_marked_as_not_needed(self, world: World) -> None:
        walk = Walk(world, "buyer").open()
        finalist = walk.finalist()
        hr = world.actor("hr")
        for check in walk.case().checks_of(finalist):
            case = walk.case()
            row = case.check(check.pk)
            if CHECKPOINTS[check.code].waivable:
                continue
            with pytest.raises(WrongState):
                mark_not_applicable(case, by=hr, check=row, reason="not_for_this_post")


class TestOnlyTheProposedFinalist:
    """Intrusive checks open after the cheaper ones and a recorded human decision to go on."""

    def test_intrusive_rows_are_blocked_until_the_decision_to_go_on(self, world: World) -> None:
        walk = Walk(world, "buyer").open({"company_roles_decided": True})
        finalist = walk.finalist()
        assert walk.states(finalist)["company_roles"] == "blocked"
        case = walk.case()
        check = case.check_named("company_roles", case.candidacy(finalist.pk))
        assert check is not None
        with pytest.raises(NotComplete):
            record_check(
                case,
                by=world.actor("hr"),
                check=check,
                outcome="no_conflict",
                evidence=evidence_for("company_roles", walk.on),
            )

    def test_nobody_goes_on_before_the_cheaper_checks(self, world: World) -> None:
        walk = Walk(world, "buyer").open()
        finalist = walk.finalist()
        case = walk.case()
        with pytest.raises(NotComplete) as refused:
            proceed_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk))
        assert {"id_check", "references"} <= {missing.code for missing in refused.value.missing}

    def test_one_place_one_proposed_finalist(self, world: World) -> None:
        walk = Walk(world, "assistant").open()
        first, second = walk.finalist("Ett Ettsson"), walk.finalist("Två Tvåsson")
        walk.ready(first)
        with pytest.raises(NotComplete) as refused:
            walk.ready(second)
        assert ("stop", "places") in {(missing.kind, missing.code) for missing in refused.value.missing}

    def test_the_database_refuses_final_checks_without_the_recorded_decision(self, world: World) -> None:
        walk = Walk(world, "assistant").open()
        finalist = walk.finalist()
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE recruitment_candidacy SET state = 'checking', entry_id = entry_id + 1 WHERE id = %s",
                [finalist.pk.hex if connection.vendor == "sqlite" else finalist.pk],
            )


class TestNothingFails:
    """*Att bedöma*: told, heard, assessed - never scored, never rejected by itself."""

    @pytest.fixture
    def deviating(self, world: World) -> tuple[Walk, Any, Any]:
        walk = Walk(world, "buyer").open()
        finalist = walk.finalist()
        walk.answer_candidacy(finalist)
        case = walk.case()
        references = case.check_named("references", case.candidacy(finalist.pk))
        assert references is not None
        walk.record(references, "to_assess")
        return walk, finalist, references.pk

    def test_it_is_assessed_only_after_the_candidate_was_told_and_heard(
        self, deviating: tuple[Walk, Any, Any]
    ) -> None:
        walk, _finalist, pk = deviating
        hr = walk.world.actor("hr")
        answers = {
            "relevant": "Ja, för posten.",
            "certain": "Säkert.",
            "condition": "Nej.",
            "conclusion": "Går vidare.",
        }

        def assess() -> None:
            case = walk.case()
            assess_check(case, by=hr, check=case.check(pk), **answers)

        with pytest.raises(NotComplete):
            assess()
        case = walk.case()
        notify_candidate(case, by=hr, check=case.check(pk), told_on=walk.on)
        with pytest.raises(NotComplete):
            assess()
        case = walk.case()
        with pytest.raises(BadInput) as early:
            record_reply(case, by=hr, check=case.check(pk), reply="silent", replied_on=walk.on)
        assert early.value.errors == {"reply": "time_left"}
        case = walk.case()
        record_reply(case, by=hr, check=case.check(pk), reply="declined", replied_on=walk.on)
        assess()
        check = walk.case().check(pk)
        assert (check.state, check.deviated) == ("done", True)

    def test_the_database_refuses_a_deviation_closed_without_hearing(
        self, deviating: tuple[Walk, Any, Any]
    ) -> None:
        walk, _finalist, pk = deviating
        with pytest.raises(IntegrityError):
            raw_update(walk.case().check(pk), state="done")


def test_the_opinion_waits_for_everything_but_what_is_shown_at_the_decision(world: World) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    case = walk.case()
    before = {missing.code for missing in missing_for_opinion(case, case.candidacy(finalist.pk))}
    walk.ready(finalist)
    case = walk.case()
    assert before
    assert not missing_for_opinion(case, case.candidacy(finalist.pk))


def test_no_signature_without_a_valid_point_of_delegation(world: World) -> None:
    walk = Walk(world, "clerk").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    case = walk.case()
    own = case.candidacy(finalist.pk)
    assert not missing_before_signing(case, own)
    case.points = []
    with pytest.raises(Denied):
        sign_decision(
            case,
            by=world.actor("manager"),
            candidacy=own,
            terms=Terms(walk.on),
            answers={"trial_period": False},
        )
    with pytest.raises(Denied):
        sign_decision(walk.case(), by=world.actor("hr"), candidacy=own, terms=Terms(walk.on))


def test_no_decision_before_the_extract_has_been_shown(ready: tuple[Walk, Any]) -> None:
    walk, finalist = ready
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    manager = walk.world.actor("manager")
    case = walk.case()
    with pytest.raises(NotComplete) as refused:
        sign_decision(
            case,
            by=manager,
            candidacy=case.candidacy(finalist.pk),
            terms=Terms(walk.on),
            answers={"trial_period": False},
        )
    assert [missing.code for missing in refused.value.missing] == ["crim_school"]
    case = walk.case()
    sign_decision(
        case, by=manager, candidacy=case.candidacy(finalist.pk), terms=Terms(walk.on), answers={"trial_period": False},
        extracts={"crim_school": Extract(walk.on, walk.on)},
    )  # fmt: skip
    assert walk.case().candidacy(finalist.pk).state == "selected"


class TestNumbers:
    """A number is asked only when a check needs it, and is found only through the blind index."""

    def test_it_is_refused_where_no_check_needs_it(self, world: World) -> None:
        walk = Walk(world, "clerk", form="volunteer").open()
        finalist = walk.finalist()
        case = walk.case()
        with pytest.raises(BadInput) as refused:
            edit_candidacy(
                case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk), number="19900101-2385"
            )
        assert refused.value.errors == {"number": "not_needed"}

    @pytest.mark.parametrize(
        ("number", "error"),
        [("19900101-2381", "number_checksum"), ("19900230-2389", "number_date"), ("nittio", "number_format")],
    )
    def test_a_wrong_number_is_refused_with_its_reason(self, world: World, number: str, error: str) -> None:
        walk = Walk(world, "buyer").open({"company_roles_decided": True})
        finalist = walk.finalist()
        case = walk.case()
        with pytest.raises(BadInput) as refused:
            edit_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk), number=number)
        assert refused.value.errors == {"number": error}
        assert not BlindIndex.objects.exists()


def test_protected_identity_marked_half_way_destroys_what_was_stored(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    with django_capture_on_commit_callbacks() as after_commit:
        case = walk.case()
        mark_protected(
            case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk),
            alias="Kandidat Björk", kept_at="Kassaskåp 2",
            handlers=[world.person_id("hr"), world.person_id("manager")],
        )  # fmt: skip
    for each in after_commit:
        if each.__module__ != "audit.writing":  # the log would remember entries that this test takes back
            each()
    case = walk.case()
    own = case.candidacy(finalist.pk)
    assert (own.name, own.contact, own.number) == (None, None, None)
    assert all(check.evidence is None for check in case.checks_of(own))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE recruitment_candidacy SET name = %s, entry_id = entry_id + 1 WHERE id = %s",
            [b"x", own.pk.hex if connection.vendor == "sqlite" else own.pk],
        )
    with pytest.raises(Denied):
        edit_candidacy(case, by=world.actor("hr_head"), candidacy=own, answers={"unexplained_history": False})
