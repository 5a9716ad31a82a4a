"""*Stickprov* on the pages: drawn, looked through by those who may, taken away; and the second approver's draws."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit import bundle
from audit.models import Entry
from audit.sealer import seal_pending
from tests.oversight.drawing import decided, drawn, redraw, second_drawn, unpacked
from tests.recruitment.pages import post, step_up
from tests.recruitment.short_work import at
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.oversight.models import Sample
from vetting.policy.calendar import add_months
from vetting.policy.lots import is_drawn
from vetting.recruitment.draws import keep_keys, second_draw
from vetting.recruitment.models import Candidacy, DrawKey

NOTE = "Alla kontroller är gjorda i rätt ordning och av rätt personer."


def test_a_head_draws_on_the_page_and_it_is_looked_through_without_a_name(world: World) -> None:
    decided(world, 12)
    client = client_of(world, "security_head")
    assert "Inget stickprov är draget" in client.get(reverse("sample_list")).content.decode()
    fields = {
        "authority": str(world.other_authority.pk),
        "first": (world.today - timedelta(days=100)).isoformat(),
        "last": (world.today - timedelta(days=1)).isoformat(),
        "size": "4",
        "reviewer": str(world.person_id("security_one")),
    }
    address = reverse("draw_sample")
    # Who she is has to be shown again first.
    assert post(client, address, **fields).status_code in {302, 401, 403}
    assert not Sample.objects.exists()
    step_up(client, world, "security_head")
    assert post(client, address, **fields | {"last": world.today.isoformat()}).status_code == 422
    answer = post(client, address, **fields)
    assert answer.status_code == 302
    sample = Sample.objects.get()
    page = client.get(answer["Location"]).content.decode()
    assert sample.seed in page
    assert page.count("Kvar att granska") == 4
    row = sample.drawn.all()[0]
    review = reverse("review_sampled", kwargs={"sampled": row.pk})
    assert review in page
    before = Entry.objects.count()
    shown = client.get(review).content.decode()
    assert "aldrig personen" in shown
    assert Entry.objects.count() == before + 1
    assert Entry.objects.order_by("-id")[0].purpose == "review_sample"
    assert post(client, review, result="shortcoming", note="").status_code == 422
    assert post(client, review, result="shortcoming", note=NOTE).status_code == 302
    assert NOTE in client.get(review).content.decode()
    officer = client_of(world, "security_one")
    assert NOTE in officer.get(review).content.decode()
    assert sample.number in officer.get(reverse("sample_list")).content.decode()
    for name in ("security_two", "hr_head", "manager", "hr", "chief", "employee"):
        other = client_of(world, name)
        assert other.get(review).status_code == 404, name
        assert other.get(reverse("sample_view", kwargs={"sample": sample.pk})).status_code == 404, name
    auditor = client_of(world, "auditor")
    seen = auditor.get(reverse("sample_view", kwargs={"sample": sample.pk})).content.decode()
    assert sample.seed in seen
    assert review not in seen
    assert NOTE not in seen
    assert auditor.get(review).status_code == 404
    front = client.get(reverse("control")).content.decode()
    assert "rist i handläggningen, rättas" in front


def test_pages_ask_as_much_of_many_and_what_leaves_is_recorded_first(world: World, tmp_path: Path) -> None:
    decided(world, 40)
    small, large = drawn(world, 2), drawn(world, 30)
    client = client_of(world, "auditor", fresh=True)
    for name in ("auditor", "security_head"):
        other = client_of(world, name)
        counted = []
        for sample in (small, large):
            other.get(reverse("sample_view", kwargs={"sample": sample.pk}))
            with CaptureQueriesContext(connection) as said:
                assert other.get(reverse("sample_view", kwargs={"sample": sample.pk})).status_code == 200
            counted.append(len(said))
        assert counted[0] == counted[1] <= 20, counted
    head = client_of(world, "security_head")
    head.get(reverse("control"))
    with CaptureQueriesContext(connection) as said:
        head.get(reverse("control"))
    assert len(said) <= 15, len(said)
    answer = client.post(reverse("sample_export", kwargs={"sample": large.pk}))
    assert answer["Content-Type"] == "application/zip"
    told = Entry.objects.filter(action="sample.exported").get().facts
    assert told["sample"] == large.number
    assert redraw(unpacked(answer.content, tmp_path)) == (0, "")
    assert (
        client_of(world, "data_protection_officer", fresh=True)
        .post(reverse("sample_export", kwargs={"sample": large.pk}))
        .status_code
        == 404
    )


def test_the_second_approvers_draws_of_a_quarter_can_be_made_again_when_it_is_over(
    world: World, tmp_path: Path, lots_drawn: None
) -> None:
    keep_keys()
    world.other_authority.sample_percent = 50
    put(world.other_authority)
    for unit in world.units.values():
        unit.authority.refresh_from_db()
    for _ in range(3):
        walk = Walk(world, "buyer").open()
        walk.ready(walk.finalist())
    rows = list(Candidacy.objects.select_related("recruitment"))
    assert {(row.draw, row.draw_percent) for row in rows} == {(second_draw(world.today), 50)}
    key = DrawKey.objects.get(draw=second_draw(world.today))
    assert key.seed == ""
    client = client_of(world, "auditor", fresh=True)
    assert client.post(reverse("draws_export"), {"draw": key.draw}).status_code == 302
    over = add_months(date(world.today.year, (world.today.month - 1) // 3 * 3 + 1, 1), 3)
    with at(over):
        keep_keys()
        keep_keys()
    key.refresh_from_db()
    told = [e.facts for e in Entry.objects.filter(action="draw_key.disclosed")]
    assert told == [{"role": "system", "draw": key.draw, "seed": key.seed}]
    for row in rows:
        assert row.sampled == second_drawn(key.seed, row.recruitment.reference, row.label, 50)
    page = client.get(reverse("sample_list")).content.decode()
    assert "alla stämmer" in page
    answer = client.post(reverse("draws_export"), {"draw": key.draw})
    folder = unpacked(answer.content, tmp_path)
    seal_pending()
    log = tmp_path / "loggpaket"
    log.mkdir()
    bundle.write(log, full=False)
    assert redraw(folder, log) == (0, "")
    lists = folder / "draws.csv"
    kept = lists.read_text()
    for old, new in (("yes", "no"), ("no", "yes")):
        if f",{old}\n" in kept:
            lists.write_text(kept.replace(f",{old}\n", f",{new}\n", 1))
            code, said = redraw(folder, log)
            assert (code, "drawn-differs" in said) == (1, True)


def test_a_share_is_kept_and_none_or_all_are_just_that() -> None:
    tickets = [f"{n:016x}".ljust(64, "0") for n in range(0, 2**64, 2**64 // 1000)]
    for percent in (0, 10, 25, 100):
        drawn_ = sum(is_drawn(ticket, percent) for ticket in tickets)
        assert abs(drawn_ - len(tickets) * percent / 100) <= 1
    assert not any(is_drawn(ticket, 0) for ticket in tickets)
    assert all(is_drawn(ticket, 100) for ticket in [*tickets, "f" * 64])
