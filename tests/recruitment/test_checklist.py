"""The checklist on paper: every check with its ground, what to record and what never, and nobody's name."""

from __future__ import annotations

from django.utils.html import escape

from audit.models import Entry
from tests.recruitment.pages import signed_in, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.grounds import GROUNDS


def test_it_holds_every_check_with_its_law_and_no_name(world: World) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    hr = signed_in(world, "hr")
    here = url("print_checklist", walk, candidacy=finalist.pk)
    assert here in hr.get(f"/rekryteringar/{walk.pk}/?k=K1").text
    shown = hr.get(here).text
    case = walk.case()
    codes = {check.code for check in [*case.checks, *case.checks_of(case.candidacy(finalist.pk))]}
    assert len(codes) > 4
    for code in codes:
        spec = CHECKPOINTS[code]
        for said in (spec.name, GROUNDS[spec.ground].statute, spec.help):
            assert str(escape(said)) in shown, code
        for never in spec.must_not_store:
            assert str(escape(never)).lower() in shown.lower(), code
    assert "Testa Persson" not in shown
    assert "0700-000000" not in shown
    assert world.person("hr").display_name in shown
    # Each check's own form says the same beside it.
    group = hr.get(f"/rekryteringar/{walk.pk}/grupp/decision/?k=K1").text
    assert "Aldrig" in group


def test_who_reads_it_outside_her_assignments_is_recorded_and_others_see_nothing(world: World) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    here = url("print_checklist", walk, candidacy=finalist.pk)
    for name in ("other_hr", "employee", "administrator"):
        assert signed_in(world, name).get(here).status_code == 404, name
    before = Entry.objects.filter(action="recruitment.viewed").count()
    assert signed_in(world, "hr_head").get(here).status_code == 200
    assert Entry.objects.filter(action="recruitment.viewed").count() == before + 1
