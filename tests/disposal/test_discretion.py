"""What disposal tells nobody: whose identity is protected, and what somebody stands aside from."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django.urls import reverse

from tests.disposal.cases import Over, months
from tests.disposal.test_carry_out import GRACE, decided, on
from tests.recruitment.visit import client_of
from vetting.disposal.actions.carrying import carry_out
from vetting.disposal.models import Lot
from vetting.recruitment.actions.candidacy_outcome import mark_protected
from vetting.recruitment.actions.declaration import set_recusal


def page(over: Over, name: str, url: str) -> str:
    answer = client_of(over.world, name).get(url)
    assert answer.status_code == 200, name
    return answer.content.decode()


def of_lot(over: Over, name: str, lot: Lot) -> str:
    return page(over, name, reverse("lot_view", kwargs={"lot": lot.pk}))


def test_it_tells_nobody_which_finalist_has_a_protected_identity(over: Over) -> None:
    day = months(over.finalise(), 24)
    case = over.walk.case()
    mark_protected(
        case, by=over.world.actor("hr_head"), candidacy=case.candidacy(over.left.pk), alias="Alfa", kept_at="Skåp 2",
        handlers=[over.world.person_id("hr")],
    )  # fmt: skip
    reference = case.recruitment.reference
    lot = decided(over, "protected_identity_mark", day)
    other = decided(over, "candidacy_withdrawn", day)
    with on(day + GRACE):
        out = StringIO()
        call_command("dispose", stdout=out, stderr=StringIO())
        assert f"- protected_identity_mark due {day}" in out.getvalue().splitlines()
        assert f"{reference} K3 candidacy_withdrawn due {day}" in out.getvalue().splitlines()
        for carried in (False, True):
            if carried:
                carry_out(lot.pk)
                carry_out(other.pk)
            for name in ("registrar", "archivist", "hr_head", "auditor"):
                told = of_lot(over, name, lot)
                assert f"{reference} K" not in told, name
                assert "visas inte" in told
                assert f"{reference} K3" in of_lot(over, name, other), name
        timeline = reverse("recruitment_timeline", kwargs={"pk": over.walk.pk})
        here, there = "", f" i {reference}"
        for name, url, where in (
            ("hr_head", timeline, here),
            ("registrar", timeline, here),
            ("auditor", reverse("log_view"), there),
        ):
            told = page(over, name, url)
            assert f"gallrade det som var lagrat för en slutkandidat{where} enligt {lot.number}" in told
            assert f"för K3{where} enligt {other.number}" in told
            assert f"för K2{where} enligt" not in told


def test_whoever_stands_aside_sees_nothing_of_that_recruitment_in_a_list(over: Over) -> None:
    day = months(over.finalise(), 24)
    lot = decided(over, "candidacy_withdrawn", day)
    reference = over.walk.case().recruitment.reference
    assert f"{reference} K3" in of_lot(over, "registrar", lot)
    set_recusal(
        over.walk.case(),
        by=over.world.actor("security_head"),
        person_id=over.world.person_id("registrar"),
        reason="De är syskon, säger hon själv.",
    )
    told = of_lot(over, "registrar", lot)
    assert reference not in told
    assert "visas inte" in told
    assert f"{reference} K3" in of_lot(over, "archivist", lot)
