"""The grid person × check: by reference, never by name, in pages, filtered; it asks as much of 300 as of 30."""

from __future__ import annotations

from audit.models import Entry
from tests.benchmarks.measure import counted
from tests.recruitment.pages import signed_in, url
from tests.recruitment.rounds import entered, hr_of, opened
from tests.recruitment.world import World
from vetting.recruitment.actions.candidacy_outcome import withdraw_candidacy


def test_everybody_stands_by_reference_in_pages_that_stay_small(world: World) -> None:
    walk = opened(world, places=300)
    entered(walk, 30)
    client = hr_of(world)
    where = url("round_view", walk)
    client.get(where)
    with counted() as few:
        page = client.get(where)
    entered(walk, 250, start=100)
    with counted() as many:
        page = client.get(where + "?antal=50&visa=alla&sida=2")
    text = page.content.decode()
    assert len(few) == len(many) <= 24, "\n".join(many)
    assert len(page.content) <= 60_000
    assert len(page.context["rows"]) == 50
    assert ">K51<" in text
    assert ">K101<" not in text
    assert "Sommar" not in text, "never a name"
    assert "0 av 280 beslutade" in text
    assert len(client.get(where).context["rows"]) == 25
    assert "Alla i omgången" in client.get(url("recruitment_view", walk)).content.decode()


def test_the_filters_tell_what_is_left_what_waits_and_what_is_done(world: World) -> None:
    walk = opened(world, places=9)
    entered(walk, 4)
    walk.declare("hr", "manager")
    first, second, third, _fourth = walk.case().candidacies
    for each in (first, second):
        walk.ready(each)
    walk.sign(first)
    walk.answer_decision(second)
    case = walk.case()
    withdraw_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(third.pk))
    page = hr_of(world).get(url("round_view", walk))
    counts = page.context["grid"].counts
    assert counts == {"kvar": 2, "vantar": 0, "beslut": 1, "klara": 0, "alla": 4}
    assert page.context["part"] == "kvar"
    assert [line.candidacy.label for line, _cells in page.context["rows"]] == ["K1", "K4"]
    decide = signed_in(world, "manager").get(url("round_view", walk) + "?visa=beslut")
    assert [act.label for act in decide.context["acts"]] == ["Besluta"]


def test_while_declarations_are_missing_nobody_is_offered_to_go_on(world: World) -> None:
    walk = opened(world, places=9)
    entered(walk, 2)
    walk.declare("hr", "manager")
    first = walk.case().candidacies[0]
    walk.ready(first)
    walk.answer_decision(first)
    entered(walk, 1, start=50)
    manager, where = signed_in(world, "manager"), url("round_view", walk)
    page = manager.get(where + "?visa=alla")
    assert page.context["grid"].counts == {"kvar": 2, "vantar": 1, "beslut": 0, "klara": 0, "alla": 3}
    text = page.content.decode()
    assert "Din jävsförklaring saknas" in text
    assert url("show_finalists", walk) in text
    assert not {url("decide_together", walk), url("proceed_together", walk)} & {
        a.url for a in page.context["acts"]
    }
    for person, name in ((manager, "decide_together"), (hr_of(world), "proceed_together")):
        refused = person.get(url(name, walk) + "?k=K1&k=K2").content.decode()
        assert "Jävsförklaring från alla som deltar" in refused
        assert url("show_finalists", walk) in refused, "straight to the declaration"
    walk.declare("manager")
    text = manager.get(where).content.decode()
    assert "Du har svarat" in text
    assert url("declaration_list", walk) in text
    walk.declare("hr")
    text = manager.get(where + "?visa=beslut")
    assert [act.label for act in text.context["acts"]] == ["Besluta"]


def test_who_reads_outside_her_assignments_is_recorded_and_who_may_not_finds_nothing(world: World) -> None:
    walk = opened(world, places=9)
    entered(walk, 2)
    where = url("round_view", walk)
    assert signed_in(world, "hr_head").get(where).status_code == 200
    assert Entry.objects.filter(subject=walk.pk, action="candidacy.listed").count() == 1
    for name in ("other_hr", "employee", "administrator"):
        assert signed_in(world, name).get(where).status_code == 404
    page = signed_in(world, "hr_head").get(where)
    assert not page.context["acts"]
    assert not page.context["each"]
