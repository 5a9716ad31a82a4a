"""Notes afterwards: a comment goes when the decision has been made, what belongs to the file with the rest of her."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit.integrity import findings
from tests.disposal.cases import NAMES, Over, cancelled, months
from tests.disposal.test_carry_out import GRACE, decided, on
from tests.recruitment.notes import CALL, REMINDER, left, write
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.disposal.actions.carrying import Result, carry_out
from vetting.disposal.queries.due import due
from vetting.recruitment.actions.candidacy_outcome import mark_not_selected
from vetting.recruitment.actions.hold import set_hold
from vetting.recruitment.models import Note

DAY = timedelta(days=1)


class Noted(Over):
    """As `Over`, with a note of the file and a comment about each of the two who were left to the end."""

    def _end(self) -> None:
        self.kept = [write(self.walk, whom) for whom in (self.engaged, self.left)]
        self.reminders = [write(self.walk, whom, "comment", REMINDER) for whom in (self.engaged, self.left)]
        super()._end()


@pytest.fixture
def noted(world: World) -> Noted:
    return Noted(world)


def test_a_comment_goes_after_the_decision_and_the_file_keeps_its_note(noted: Noted) -> None:
    day = noted.walk.on + DAY
    lot = decided(noted, "evidence_not_needed", day)
    with on(day + GRACE):
        assert carry_out(lot.pk) == Result(2, 0)
        assert left(*noted.reminders) == []
        assert left(*noted.kept) == noted.kept
        # No version of it is left, but for that of the disposal itself.
        assert [Note.history.filter(id=pk).count() for pk in (*noted.reminders, *noted.kept)] == [1, 1, 1, 1]
        assert not Note.history.filter(id__in=noted.reminders, text__isnull=False).exists()
        assert not list(findings())


def test_it_goes_where_no_check_has_written_anything_down(world: World) -> None:
    walk = Walk(world, "assistant", places=1).open()
    engaged, other = walk.finalist(NAMES[0]), walk.finalist(NAMES[1])
    reminder = write(walk, other, "comment", REMINDER)
    walk.ready(engaged)
    case = walk.case()
    mark_not_selected(
        case, by=world.actor("manager"), candidacy=case.candidacy(other.pk), reason="other_chosen"
    )
    walk.sign(engaged)
    labels = {item.of.label for item in due("evidence_not_needed", walk.on + DAY)}
    assert "K2" in labels
    assert left(reminder) == [reminder]


def test_with_whoever_was_not_engaged_everything_noted_goes(noted: Noted) -> None:
    day = months(noted.finalise(), 24)
    lot = decided(noted, "candidacy_not_engaged", day)
    with on(day + GRACE):
        assert carry_out(lot.pk) == Result(1, 0)
        engaged, other = noted.kept
        assert left(engaged, other, *noted.reminders) == [engaged, noted.reminders[0]]
        assert not Note.history.filter(candidacy_id=noted.left.pk, text__isnull=False).exists()
        assert not list(findings())


def test_a_hold_keeps_the_comment_too(noted: Noted) -> None:
    day = noted.walk.on + DAY
    lot = decided(noted, "evidence_not_needed", day)
    with on(day + GRACE):
        set_hold(noted.walk.case(), by=noted.world.actor("hr"), ground="claim")
        assert carry_out(lot.pk) == Result(0, 2)
        assert left(*noted.reminders) == noted.reminders


def test_of_a_recruitment_that_was_cancelled_they_go_with_its_finalists(world: World) -> None:
    walk, finalist = cancelled(world)
    note = write(walk, finalist, text=CALL)
    over = object.__new__(Over)
    over.world, over.walk = world, walk
    day = months(walk.on, 24)
    lot = decided(over, "recruitment_cancelled", day)
    with on(day + GRACE):
        assert carry_out(lot.pk) == Result(1, 0)
        assert left(note) == []
