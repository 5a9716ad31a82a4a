"""A list entered by mistake is taken back while nothing is recorded about its people; then nothing of them is left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.module_loading import import_string

from audit.clock import at, now
from audit.models import Entry
from config.jobs import sweep_orphaned_keys
from config.work_jobs import JOBS
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.rounds import confirmed, entered, hr_of, listed, names, opened, sent
from tests.recruitment.world import World
from vetting.crypto.models import CaseKey
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.actions.round import undo_round
from vetting.recruitment.engine.progress import undeclared
from vetting.recruitment.jobs import finish_undoing
from vetting.recruitment.models import BlindIndex, Check, KeyToDestroy, RoundPerson
from vetting.recruitment.queries.rounds import rounds_of


class Died(Exception):
    """The process is gone."""


def test_a_round_is_taken_back_with_its_keys_and_its_numbers_are_not_used_again(world: World) -> None:
    walk = opened(world, places=9)
    kept = walk.finalist()
    made = entered(walk, 3)
    walk.declare("hr", "manager")
    people = [each.pk for each in walk.case().candidacies if each.pk != kept.pk]
    client = hr_of(world)
    where = url("undo_round", walk, round=made.pk)
    page = client.get(where)
    assert "Ta bort alla 3" in page.content.decode()
    fields = {"once": str(page.context["form"].once_value), "seen": ""}
    for press in range(2):
        assert client.post(where, fields).status_code == 302, press
    case = walk.case()
    assert [each.label for each in case.candidacies] == ["K1"]
    assert not Check.objects.filter(candidacy__in=people).exists()
    assert not RoundPerson.objects.exists()
    assert not BlindIndex.objects.filter(candidacy__in=people).exists()
    assert not CaseKey.objects.using("keystore").filter(pk__in=people).exists()
    assert Entry.objects.filter(subject=walk.pk, action="candidacy.entry_undone").count() == 3
    assert not undeclared(case), "what was declared stands for the one who is left"
    # The very same list may come again: it is new, and so are its numbers.
    again = sent(client, walk, listed(names(3)))
    assert len(again.context["read"].people) == 3
    assert entered(walk, 3).labels == "K5–K7"
    assert len(undeclared(walk.case())) == 2, "nobody has been asked about these"


def test_whoever_declared_before_a_mistaken_list_is_not_asked_again(world: World) -> None:
    walk = opened(world, places=9)
    walk.finalist()
    walk.declare("hr", "manager")
    entered(walk, 3)
    assert len(undeclared(walk.case())) == 2
    walk.declare("hr")
    undo_round(walk.case(), by=world.actor("hr"), made=rounds_of(walk.case())[0])
    assert not undeclared(walk.case()), "neither she who saw the list nor he who did not"


def test_keys_that_outlive_an_undoing_are_destroyed_by_the_workers_next_turn(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service dies after the commit and before the keys are gone."""

    def dies(_undone: object) -> None:
        raise Died

    walk = opened(world, places=9)
    kept = walk.finalist()
    made = entered(walk, 3)
    people = [each.pk for each in walk.case().candidacies if each.pk != kept.pk]
    keys = CaseKey.objects.using("keystore")
    with monkeypatch.context() as patched:
        patched.setattr("vetting.recruitment.views.rounds.finish_undoing", dies)
        with pytest.raises(Died):
            post(hr_of(world), url("undo_round", walk, round=made.pk), seen="")
    assert [each.label for each in walk.case().candidacies] == ["K1"]
    assert keys.filter(pk__in=people).count() == 3
    sweep_orphaned_keys()
    assert keys.filter(pk__in=people).count() == 3, "history names them, so that the sweep lets them be"
    due = [path for _name, path, _seconds in JOBS if path.endswith("finish_undoing")]
    for turn in range(2):
        import_string(due[0])()
        assert not keys.filter(pk__in=people).exists(), turn
    assert keys.filter(pk=kept.pk).exists()
    assert not KeyToDestroy.objects.exists()


def test_who_dies_while_many_are_entered_leaves_no_keys_behind(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the process had died: nothing is cleaned up in passing, and more keys are left than the sweep takes."""
    walk, keys = opened(world, places=200), CaseKey.objects.using("keystore")
    client, before = hr_of(world), set(CaseKey.objects.using("keystore").values_list("pk", flat=True))
    page = sent(client, walk, listed(names(120)))
    with monkeypatch.context() as dead:
        dead.setattr("vetting.recruitment.actions.round._enter", _dies)
        dead.setattr("vetting.recruitment.actions.round.keystore.destroy_many", lambda keys: None)
        with pytest.raises(Died):
            confirmed(client, walk, page)
    assert keys.count() == len(before) + 120
    finish_undoing()
    assert keys.count() == len(before) + 120, "one who is slow may still be entering them"
    with at(now() + timedelta(hours=1)):
        finish_undoing()
    assert set(keys.values_list("pk", flat=True)) == before
    assert not KeyToDestroy.objects.exists()
    confirmed(client, walk, sent(client, walk, listed(names(120))))
    assert not KeyToDestroy.objects.exists(), "entered: their keys are theirs"
    assert keys.count() == len(before) + 120


def _dies(*args: object) -> None:
    raise Died


def test_a_key_whose_candidacy_is_there_again_is_let_be(world: World) -> None:
    """An older copy of the database has been put back between the two."""
    finalist = opened(world, places=9).finalist()
    KeyToDestroy.objects.create(pk=finalist.pk)
    import_string("vetting.recruitment.jobs.finish_undoing")()
    assert CaseKey.objects.using("keystore").filter(pk=finalist.pk).exists()


def test_not_when_something_is_recorded_about_one_of_them(world: World) -> None:
    walk = opened(world, places=9)
    made = entered(walk, 3)
    second = walk.case().candidacies[1]
    walk.declare("hr", "manager")
    check = walk.case().check_named("id_check", second)
    assert check is not None
    walk.record(check)
    client = hr_of(world)
    where = url("undo_round", walk, round=made.pk)
    assert client.get(where).status_code == 302
    assert "något är antecknat om K2" in client.get(url("enter_round", walk)).content.decode()
    assert post(client, where, seen="").status_code == 409
    case = walk.case()
    with pytest.raises(WrongState):
        undo_round(case, by=world.actor("hr"), made=rounds_of(case)[0])
    assert len(walk.case().candidacies) == 3


def test_only_where_one_may_propose_finalists(world: World) -> None:
    walk = opened(world, places=9)
    made = entered(walk, 2)
    other = opened(world, places=9)
    where = url("undo_round", walk, round=made.pk)
    for name in ("other_hr", "employee", "security_one"):
        assert signed_in(world, name).get(where).status_code == 404
        assert post(signed_in(world, name), where, seen="").status_code == 404
    assert hr_of(world).get(url("undo_round", other, round=made.pk)).status_code == 404
