"""*Komplettera efter start* on the pages: offered to the manager where it may be, and told where it matters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.short_work import AGREED, add_access_row, short
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.models import Check


def check_id(walk: Walk, finalist: Any, code: str) -> UUID:
    case = walk.case()
    check = case.check_named(code, case.candidacy(finalist.pk))
    assert check is not None
    return check.pk


def test_on_the_pages_the_manager_chooses_it_and_the_sign_says_what_holds(world: World) -> None:
    walk, finalist = short(world)
    client = signed_in(world, "manager")
    page = client.get(url("check_view", walk, check=check_id(walk, finalist, "references"))).content.decode()
    assert "Komplettera efter start" in page
    target = url("defer_check", walk, check=check_id(walk, finalist, "references"))
    answer = post(client, target, reason_code="start_cannot_wait")
    assert answer.status_code == 422
    assert "utan särskilda behörigheter" in answer.content.decode()
    answer = post(client, target, reason_code="start_cannot_wait", without_access="on")
    assert answer.status_code == 302
    shown = client.get(answer["Location"]).content.decode()
    assert "Kompletteras senast" in shown
    listed = client.get(reverse("waiver_list") + "?visa=efter-start").content.decode()
    assert walk.case().recruitment.reference in listed


def test_of_other_checks_and_other_persons_the_form_is_not_there(world: World) -> None:
    walk, finalist = short(world)
    client = signed_in(world, "manager")
    for check in walk.case().checks_of(walk.case().candidacy(finalist.pk)):
        page = client.get(url("check_view", walk, check=check.pk)).content.decode()
        offered = f'action="{url("defer_check", walk, check=check.pk)}"' in page
        assert offered == (check.code in AGREED and check.state not in {"done", "not_applicable"}), check.code
    officer = signed_in(world, "hr")
    page = officer.get(url("check_view", walk, check=check_id(walk, finalist, "references"))).content.decode()
    assert "Komplettera efter start" not in page
    answer = post(
        officer,
        url("defer_check", walk, check=check_id(walk, finalist, "references")),
        reason_code="start_cannot_wait",
        without_access="on",
    )
    assert answer.status_code in {403, 404, 409}
    assert Check.objects.filter(waivers__isnull=False).count() == 0


def test_access_is_confirmed_on_a_page_of_its_own_by_the_units_manager(world: World) -> None:
    walk, finalist = short(world)
    add_access_row(walk)
    target = url("record_access", walk, check=check_id(walk, finalist, "access_grant"))
    assert signed_in(world, "security_one").get(target).status_code == 404
    opened = signed_in(world, "manager").get(target)
    assert opened.status_code == 200
    assert f'action="{target}"' in opened.content.decode()
