"""Shown-only grounds (skollagen 2:32, lag 2013:852 5 §): one act, its day, and nothing else anywhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from audit.models import Entry
from tests.recruitment.raw import extract_of, raw_update
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.grounds import GROUNDS
from vetting.recruitment.actions.candidacy_outcome import (
    mark_not_selected,
    withdraw_candidacy,
)
from vetting.recruitment.actions.checks import (
    mark_not_applicable,
    pause_check,
    record_check,
    reopen_check,
)
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.actions.shown import record_shown
from vetting.recruitment.models import Check
from vetting.recruitment.queries.timeline import entries_of

SHOWN_ONLY = sorted(
    code for code, spec in CHECKPOINTS.items() if GROUNDS[spec.ground].documentation == "note_shown_only"
)


class TestShownOnly:
    """Skollagen 2:32: one act, its day, and nothing else."""

    def test_the_catalogue_gives_every_such_check_one_outcome_and_one_date(self) -> None:
        assert SHOWN_ONLY
        for code in SHOWN_ONLY:
            spec = CHECKPOINTS[code]
            assert spec.outcomes == ("shown",)
            assert [(field.name, field.type) for field in spec.fields] == [("shown_on", "date")]
            assert not spec.free_text
            assert not spec.waivable
            assert not spec.complete_after_start

    def test_until_shown_it_waits_for_the_candidate(self, ready: tuple[Walk, Any]) -> None:
        walk, finalist = ready
        assert walk.states(finalist)["crim_school"] == "waiting_candidate"

    @pytest.mark.parametrize("outcome", ["shown", "to_assess", "not_shown"])
    def test_no_other_way_of_recording_exists(self, ready: tuple[Walk, Any], outcome: str) -> None:
        walk, finalist = ready
        with pytest.raises((WrongState, BadInput, Denied)):
            record_check(
                walk.case(),
                by=walk.world.actor("manager"),
                check=extract_of(walk, finalist),
                outcome=outcome,
                evidence={},
            )

    def test_it_is_neither_paused_nor_waived_nor_reopened(self, ready: tuple[Walk, Any]) -> None:
        walk, finalist = ready
        manager, hr, check = walk.world.actor("manager"), walk.world.actor("hr"), extract_of(walk, finalist)
        with pytest.raises((WrongState, Denied)):
            pause_check(walk.case(), by=manager, check=check, reason="issuer")
        with pytest.raises(WrongState):
            mark_not_applicable(walk.case(), by=hr, check=check, reason="not_for_this_post")
        with pytest.raises((WrongState, Denied)):
            reopen_check(walk.case(), by=manager, check=check, reason="wrong_entry")

    def test_only_the_one_who_signs_makes_the_note(self, ready: tuple[Walk, Any]) -> None:
        walk, finalist = ready
        for name in ("hr", "head", "hr_head", "security_one"):
            with pytest.raises(Denied):
                record_shown(
                    walk.case(),
                    by=walk.world.actor(name),
                    check=extract_of(walk, finalist),
                    shown_on=walk.on,
                    issued_on=walk.on,
                )
        record_shown(
            walk.case(),
            by=walk.world.actor("manager"),
            check=extract_of(walk, finalist),
            shown_on=walk.on,
            issued_on=walk.on,
        )
        assert extract_of(walk, finalist).state == "done"

    def test_an_extract_over_a_year_old_is_refused_and_its_day_of_issue_is_kept_nowhere(
        self, ready: tuple[Walk, Any]
    ) -> None:
        walk, finalist = ready
        manager = walk.world.actor("manager")
        old = walk.on - timedelta(days=380)
        with pytest.raises(BadInput) as refused:
            record_shown(
                walk.case(), by=manager, check=extract_of(walk, finalist), shown_on=walk.on, issued_on=old
            )
        assert refused.value.errors == {"issued_on": "too_old"}
        issued = walk.on - timedelta(days=211)
        record_shown(
            walk.case(), by=manager, check=extract_of(walk, finalist), shown_on=walk.on, issued_on=issued
        )
        row = Check.objects.filter(pk=extract_of(walk, finalist).pk).values().get()
        assert issued not in row.values()
        leaves = b"".join(bytes(leaf) for leaf in Entry.objects.values_list("leaf", flat=True))
        assert issued.isoformat().encode() not in leaves

    @pytest.mark.parametrize("field", ["shown_on", "issued_on"])
    def test_a_day_in_the_future_is_refused(self, ready: tuple[Walk, Any], field: str) -> None:
        walk, finalist = ready
        days = {"shown_on": walk.on, "issued_on": walk.on} | {field: walk.on + timedelta(days=1)}
        with pytest.raises(BadInput) as refused:
            record_shown(
                walk.case(), by=walk.world.actor("manager"), check=extract_of(walk, finalist), **days
            )
        assert refused.value.errors[field] == "future"

    @pytest.mark.parametrize("end", [mark_not_selected, withdraw_candidacy])
    def test_the_note_disappears_with_a_candidacy_that_ends(self, ready: tuple[Walk, Any], end: Any) -> None:
        walk, finalist = ready
        manager = walk.world.actor("manager")
        record_shown(
            walk.case(), by=manager, check=extract_of(walk, finalist), shown_on=walk.on, issued_on=walk.on
        )
        case = walk.case()
        more = {"reason": "other_chosen"} if end is mark_not_selected else {}
        end(case, by=manager, candidacy=case.candidacy(finalist.pk), **more)
        check = extract_of(walk, finalist)
        assert (check.state, check.outcome, check.evidence_on, check.recorded_by_id) == (
            "not_applicable",
            "",
            None,
            None,
        )

    @pytest.mark.parametrize(
        "columns",
        [
            {"reason": "not_shown"},
            {"outcome": "not_shown"},
            {"outcome": "to_assess", "state": "to_assess", "deviated": True},
            {"state": "paused"},
            {"state": "in_progress"},
            {"evidence": b"x"},
            {"assessment": b"x"},
            {"evidence_on": "2026-01-02"},
            {"reply_code": "declined"},
        ],
        ids=lambda columns: "+".join(columns),
    )
    def test_the_database_refuses_anything_else(
        self, ready: tuple[Walk, Any], columns: dict[str, Any]
    ) -> None:
        walk, finalist = ready
        with pytest.raises(IntegrityError):
            raw_update(extract_of(walk, finalist), **columns)


def test_the_timeline_forgets_the_note_of_one_who_was_not_engaged(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    manager = world.actor("manager")
    record_shown(
        walk.case(), by=manager, check=extract_of(walk, finalist), shown_on=walk.on, issued_on=walk.on
    )

    def told() -> set[str]:
        return {entry.action for entry in entries_of(walk.case(), manager, limit=100).entries}

    assert "check.shown_recorded" in told()
    case = walk.case()
    mark_not_selected(case, by=manager, candidacy=case.candidacy(finalist.pk), reason="other_chosen")
    assert "check.shown_recorded" not in told()
    assert "candidacy.not_selected" in told()
