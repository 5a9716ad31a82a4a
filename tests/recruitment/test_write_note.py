"""Writing a note: by those who have a part, about a finalist, sealed, never changed, and not when it is too late."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.errors import OutsideAct
from audit.models import Entry
from tests.harness.databases import RealDatabase
from tests.recruitment.notes import CALL, REMINDER, left, write
from tests.recruitment.rounds import entered, opened
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world, put
from vetting.access.door import Denied
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import Opening, unseal
from vetting.policy.notes import LONGEST
from vetting.recruitment.actions.candidacy_outcome import mark_protected, withdraw_candidacy
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.actions.recruitment import hold_recruitment
from vetting.recruitment.actions.round import undo_round
from vetting.recruitment.models import Note, Recusal


def protect(walk: Walk, finalist: Any) -> None:
    case = walk.case()
    mark_protected(
        case, by=walk.world.actor("hr_head"), candidacy=case.candidacy(finalist.pk), alias="Lind", kept_at="HR",
        handlers=[walk.world.person_id("hr")],
    )  # fmt: skip


def test_it_is_sealed_with_who_and_when_and_the_log_tells_its_kind_alone(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    note = Note.objects.get(pk=write(walk, finalist))
    assert (note.kind, note.candidacy_id, note.written_by_id) == (
        "file_note",
        finalist.pk,
        world.person_id("hr"),
    )
    assert CALL not in repr(note.text)
    entry = Entry.objects.get(action="note.added")
    assert unseal(note, "text", Opening(entry.pk)) == CALL
    assert entry.facts == {
        "role": "hr_officer",
        "reference": walk.case().recruitment.reference,
        "candidacy": "K1",
        "note_kind": "file_note",
    }
    assert entry.time.replace(microsecond=0) == note.written_at.replace(microsecond=0)


def test_whoever_has_a_part_writes_and_nobody_else(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    world.hire("colleague", "hr_officer", unit=world.units["school"])
    for name in ("manager", "hr"):
        assert write(walk, finalist, by=name)
    for name in ("colleague", "hr_head", "security_one", "auditor", "administrator", "registrar"):
        with pytest.raises(Denied):
            write(walk, finalist, by=name)
    assert Note.objects.count() == 2


def test_nor_whoever_stands_aside(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    own = Recusal.objects.get(recruitment=walk.pk, person=world.person("hr"))
    write(walk, finalist)
    own.state, own.decided_by, own.decided_on = "excluded", world.person("hr_head"), walk.on
    put(own)
    with pytest.raises(Denied):
        write(walk, finalist)


def test_a_correction_is_another_note_of_the_same_kind_and_both_stand(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    first = write(walk, finalist)
    second = write(walk, finalist, kind="comment", text="Det var på tisdagar.", corrects=first)
    rows = {note.pk: note for note in Note.objects.all()}
    assert (rows[second].corrects_id, rows[second].kind) == (first, "file_note")
    assert left(first, second) == [first, second]
    other = walk.finalist("Annan Person")
    with pytest.raises(WrongState, match="note_gone"):
        write(walk, other, corrects=first)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"text": "  \n "}, {"text": "required"}),
        ({"text": "a" * (LONGEST + 1)}, {"text": "too_long"}),
        ({"kind": "rumour"}, {"kind": "choice"}),
    ],
)
def test_what_is_typed_is_judged(world: World, typed: dict[str, str], errors: dict[str, str]) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    write(walk, finalist, text="a" * LONGEST)
    with pytest.raises(BadInput) as refused:
        write(walk, finalist, **typed)
    assert refused.value.errors == errors


def test_no_comment_once_the_decision_is_made_but_a_call_is_still_noted(ready: tuple[Walk, Any]) -> None:
    walk, finalist = ready
    assert write(walk, finalist, "comment", REMINDER)
    walk.sign(finalist)
    with pytest.raises(BadInput) as refused:
        write(walk, finalist, "comment", REMINDER)
    assert refused.value.errors == {"kind": "comment_over"}
    assert write(walk, finalist)


def test_nor_about_whoever_has_withdrawn_while_the_others_go_on(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist, other = walk.finalist(), walk.finalist("Annan Person")
    case = walk.case()
    withdraw_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk))
    with pytest.raises(BadInput):
        write(walk, finalist, "comment", REMINDER)
    assert write(walk, finalist)
    assert write(walk, other, "comment", REMINDER)


def test_people_call_while_the_recruitment_is_on_hold_too(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    hold_recruitment(walk.case(), by=world.actor("hr"), reason="holidays")
    assert write(walk, finalist)


def test_a_protected_identity_destroys_what_was_noted_and_nothing_more_is_written(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist, other = walk.finalist(), walk.finalist("Annan Person")
    note, comment = write(walk, finalist), write(walk, finalist, "comment", REMINDER)
    stays = write(walk, other)
    with transaction.atomic():
        protect(walk, finalist)
    assert left(note, comment, stays) == [stays]
    with pytest.raises(WrongState, match="no_notes"):
        write(walk, finalist)


def test_and_the_history_opens_no_more(real_db: RealDatabase) -> None:
    walk = Walk(build_world(), "assistant").open()
    finalist = walk.finalist()
    note = write(walk, finalist)
    earlier = Note.history.get(id=note, history_type="+")
    assert unseal(earlier, "text", Opening(1)) == CALL
    protect(walk, finalist)
    with pytest.raises(SealError):
        unseal(earlier, "text", Opening(1))


def test_a_round_with_a_note_about_one_of_them_is_not_taken_back(world: World) -> None:
    walk = opened(world)
    made = entered(walk, 2)
    write(walk, walk.case().candidacies[0])
    with pytest.raises(WrongState):
        undo_round(walk.case(), by=world.actor("hr"), made=made)


def test_nothing_changes_one_that_is_written(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    note = Note.objects.get(pk=write(walk, finalist))
    with pytest.raises(OutsideAct):
        note.save()
    for change in (
        "UPDATE recruitment_note SET kind = 'comment', entry_id = entry_id + 1",
        "UPDATE recruitment_note SET written_at = '2026-01-01', entry_id = entry_id + 1",
        "UPDATE recruitment_note SET corrects_id = id, entry_id = entry_id + 1",
        "DELETE FROM recruitment_note",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    with pytest.raises(IntegrityError), transaction.atomic():
        put(Note(recruitment=walk.case().recruitment, candidacy=finalist, kind="rumour", written_by=world.person("hr"),
                 written_at=note.written_at))  # fmt: skip
