"""What the database keeps beside the assignments, for the lists: as the long way round finds it, whatever is done."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread
from typing import Any, cast
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections, models, transaction

from audit import triggers
from audit.bulk import bulk
from audit.clock import now
from audit.covered import AppendOnly
from audit.integrity import findings
from audit.kept import filling
from audit.recorder import act
from audit.sealer import seal_pending
from tests.recruitment.test_visible import grant
from tests.recruitment.walk import Walk
from tests.recruitment.world import SYSTEM, World, build_world, put
from vetting.access.grants import permission_for
from vetting.policy.reasons import HOLD, REOPEN_RECRUITMENT
from vetting.recruitment.actions.assign import unassign
from vetting.recruitment.actions.candidacy_outcome import withdraw_candidacy
from vetting.recruitment.actions.endings import cancel_recruitment, close_recruitment, reopen_recruitment
from vetting.recruitment.actions.recruitment import hold_recruitment, resume_recruitment
from vetting.recruitment.models import ListedGrant, Recruitment, RecruitmentGrant

OF_GRANT = ("pk", "user_id", "permission_id", "content_object_id", "answer_by", "until")
OF_RECRUITMENT = ("created_on", "reference", "state", "unit")
KEPT = ("source", "account", "permission", "recruitment", "answer_by", "until", *OF_RECRUITMENT)
SOURCE: Any = ListedGrant._meta.get_field("source")
Rows = list[tuple[Any, ...]]


def kept() -> Rows:
    """What stands in the table."""
    return sorted(ListedGrant.objects.values_list(*KEPT), key=str)


def true() -> Rows:
    """What should."""
    joined = [*OF_GRANT, *(f"content_object__{name}" for name in OF_RECRUITMENT)]
    return sorted(RecruitmentGrant.objects.values_list(*joined), key=str)


def states() -> set[str]:
    """The states that the lists are told."""
    assert kept() == true() != []
    return {row.state for row in ListedGrant.objects.all()}


def newly(world: World, recruitment: Recruitment) -> RecruitmentGrant:
    """An assignment that is not saved."""
    return RecruitmentGrant(
        permission=permission_for(Recruitment, "hr_head"), user=world.accounts["hr"], content_object=recruitment,
        granted_by=world.person("hr_head"), since=now(), reason="workload",
    )  # fmt: skip


def test_it_follows_a_recruitment_through_every_state(world: World) -> None:
    walk = Walk(world, "assistant")
    assert states() == {"draft"}
    walk.open()
    assert states() == {"open"}
    hold_recruitment(walk.case(), by=world.actor("hr"), reason=sorted(HOLD)[0])
    resume_recruitment(walk.case(), by=world.actor("hr"))
    assert states() == {"open"}
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    assert states() == {"decided"}
    case = walk.case()
    withdraw_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk))
    reopen_recruitment(walk.case(), by=world.actor("manager"), reason=sorted(REOPEN_RECRUITMENT)[0])
    assert states() == {"open"}
    other = walk.finalist("Prov Andersson")
    walk.ready(other)
    walk.sign(other)
    walk.start(other)
    assert states() == {"onboarding"}
    close_recruitment(walk.case(), by=world.actor("hr"))
    assert states() == {"closed"}


def test_it_follows_one_that_is_cancelled_and_no_other(world: World) -> None:
    walk, left = Walk(world, "assistant").open(), Walk(world, "assistant").open()
    cancel_recruitment(walk.case(), by=world.actor("manager"), reason="need_changed", informed_on=world.today)
    assert states() == {"cancelled", "open"}
    assert set(ListedGrant.objects.filter(state="open").values_list("recruitment", flat=True)) == {left.pk}


def test_it_follows_an_assignment_that_is_given_reviewed_and_taken_back(world: World) -> None:
    walk = Walk(world, "assistant").open()
    recruitment = walk.case().recruitment
    grant(world, recruitment, "other_hr", "hr_officer")
    assert kept() == true() != []
    given = RecruitmentGrant.objects.get(user=world.accounts["other_hr"])
    given.answer_by, given.review_cause = world.today, "unused"
    given.until = world.today + timedelta(days=3)
    put(given)
    assert kept() == true()
    assert ListedGrant.objects.get(pk=given.pk).until == given.until
    case = walk.case()
    unassign(
        case,
        by=world.actor("hr_head"),
        grant=next(row for row in case.grants if row == given),
        reason="absence",
    )
    assert kept() == true()
    assert not ListedGrant.objects.filter(pk=given.pk).exists()


def test_it_follows_an_assignment_that_becomes_another(world: World) -> None:
    walks = [Walk(world, "assistant").open(), Walk(world, "assistant")]
    row = RecruitmentGrant.objects.filter(content_object=walks[0].pk)[0]
    row.content_object, row.user = walks[1].case().recruitment, world.accounts["other_hr"]
    put(row)
    assert kept() == true()
    assert ListedGrant.objects.get(pk=row.pk).state == "draft"


def test_it_follows_what_is_told_many_at_a_time(world: World) -> None:
    walk = Walk(world, "assistant").open()
    recruitment = walk.case().recruitment
    # As copies are written for a bench: past the acts, the assignments before what they are assignments in.
    own = {field.attname: getattr(recruitment, field.attname) for field in recruitment._meta.concrete_fields}
    other = Recruitment(**{**own, "id": uuid4(), "reference": "R-1999-000001", "state": "decided"})
    given = newly(world, other)
    given.entry_id = recruitment.entry_id
    with transaction.atomic():
        for model, row in ((RecruitmentGrant, given), (Recruitment, other)):
            cast(Any, models.QuerySet(model)).bulk_create([row])
    assert kept() == true()
    assert ListedGrant.objects.get(pk=given.pk).state == "decided"


def test_it_follows_a_long_history(real_db: Any) -> None:
    world = build_world()
    walk = Walk(world, "assistant")
    seal_pending()
    with bulk() as writer:
        recruitment = Recruitment.objects.get(pk=walk.pk)
        given = newly(world, recruitment)
        recruitment.state, recruitment.ended_on = "cancelled", world.today
        for row in (given, recruitment):
            with act("role.confirmed", SYSTEM, subject=row.pk) as entry:
                entry.save(row)
        writer.release([given, recruitment])
    assert states() == {"cancelled"}


def test_nothing_of_the_program_writes_it(world: World) -> None:
    Walk(world, "assistant")
    row = ListedGrant.objects.all()[0]
    for way in (row.save, row.delete, ListedGrant.objects.all().delete, ListedGrant.objects.create):
        with pytest.raises(AppendOnly):
            way()
    with pytest.raises(AppendOnly):
        ListedGrant.objects.update(state="open")


@pytest.mark.parametrize("what", ["account", "recruitment", "until", "source", "nothing"])
def test_nor_does_whoever_writes_in_the_database_let_herself_in(world: World, what: str) -> None:
    """Else a row put there finds whose name is looked for, and is taken away again with no trace of it."""
    walk, other = Walk(world, "assistant").open(), Walk(world, "clerk").open()
    row = ListedGrant.objects.filter(recruitment=walk.pk).first()
    assert row is not None
    wrong: dict[str, Any] = {
        "account": world.accounts["other_hr"].pk,
        "recruitment": other.pk,
        "until": world.today + timedelta(days=9),
        "source": uuid4(),
        "nothing": None,
    }
    rows: Any = models.QuerySet(ListedGrant)
    if what == "nothing":
        assert rows.filter(pk=row.pk).update(state=row.state) == 1
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=row.pk).update(**{what: wrong[what]})
    told = {field.attname: getattr(row, field.attname) for field in ListedGrant._meta.concrete_fields}
    forged = ListedGrant(**told | {"source": uuid4(), what: wrong[what]})
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.bulk_create([forged])
    assert kept() == true()


def test_it_is_made_anew_with_its_triggers(real_db: Any) -> None:
    Walk(build_world(), "assistant").open()
    before = kept()
    assert triggers.differences("default") == []
    triggers.remove("default")
    cast(Any, models.QuerySet(ListedGrant)).update(state="closed")
    assert kept() != before == true()
    assert triggers.differences("default") != []
    triggers.install("default")
    assert triggers.differences("default") == []
    assert kept() == before


def test_what_comes_while_the_recruitment_ends_is_told_that_it_has_ended(real_db: Any) -> None:
    """Two who write at once, the second without the lock that acts take first."""
    if connection.vendor == "sqlite":
        pytest.skip("One writes at a time.")
    world = build_world()
    walk = Walk(world, "assistant").open()
    recruitment = walk.case().recruitment
    written = Event()

    def let_in() -> None:
        written.wait(10)
        grant(world, recruitment, "other_hr", "hr_officer")
        connections.close_all()

    second = Thread(target=let_in)
    second.start()
    with transaction.atomic():
        recruitment.state, recruitment.ended_on = "cancelled", world.today
        put(recruitment)
        written.set()
        second.join(0.5)
        assert second.is_alive()
    second.join(10)
    assert not second.is_alive()
    assert states() == {"cancelled"}
    assert ListedGrant.objects.filter(account=world.accounts["other_hr"].pk).exists()


def test_it_is_filled_of_what_there_is(world: World) -> None:
    Walk(world, "assistant").open()
    assert filling(ListedGrant).count(" JOIN ") == 1
    assert ListedGrant.objects.count() == RecruitmentGrant.objects.count() > 0


TAMPERED = {
    "another's": "UPDATE recruitment_listedgrant SET account = %s WHERE source = %s",
    "a day": "UPDATE recruitment_listedgrant SET until = '2020-01-01', answer_by = %s WHERE source = %s",
    "gone": "DELETE FROM recruitment_listedgrant WHERE %s <> source AND source = %s",
    "new": "INSERT INTO recruitment_listedgrant SELECT %s, REST FROM recruitment_listedgrant WHERE source = %s",
}


@pytest.mark.parametrize("how", [None, *TAMPERED])
def test_what_is_written_past_the_triggers_is_found(world: World, how: str | None) -> None:
    walk = Walk(world, "assistant").open()
    Walk(world, "clerk").open()
    seal_pending()
    row, other = ListedGrant.objects.filter(recruitment=walk.pk).first(), uuid4()
    assert row is not None
    named = [
        field.get_db_prep_value(value, connection) for field, value in ((SOURCE, other), (SOURCE, row.pk))
    ]
    if how == "a day":
        named[0] = None
    triggers.remove("default")
    rest = ", ".join(f'"{field.column}"' for field in ListedGrant._meta.concrete_fields[1:])
    with connection.cursor() as cursor:
        if how is not None:
            cursor.execute(TAMPERED[how].replace("REST", rest), named)
            assert cursor.rowcount == 1
    wrong = {"new": other}.get(how or "", row.pk)
    told = [(each.kind, each.label, each.row) for each in findings()]
    assert told == ([] if how is None else [("kept-differs", "recruitment.listedgrant", wrong)])
