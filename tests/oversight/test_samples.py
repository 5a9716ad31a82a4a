"""Samples: committed to before, drawn so that anybody can draw again, looked through by nobody with a hand in them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError

from audit import bundle
from audit.errors import AlreadyDone
from audit.models import Entry
from audit.sealer import seal_pending
from tests.oversight.drawing import decided, drawn, redraw, smallest, unpacked
from tests.recruitment.waivers import raw
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.oversight.actions.samples import Wanted, draw_sample, review_sampled
from vetting.oversight.draw_packages import sample_package
from vetting.oversight.models import Sample, Sampled
from vetting.policy.lots import commitment
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.models import DrawKey, Recusal

NOTE = "Alla kontroller är gjorda i rätt ordning och av rätt personer."


def order() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("action", flat=True))


def test_a_sample_is_drawn_again_with_the_same_result_by_hand_and_by_the_program(
    world: World, tmp_path: Path
) -> None:
    references = decided(world, 30)
    sample = drawn(world, 7)
    mine = [row.recruitment.reference for row in sample.drawn.select_related("recruitment")]
    assert mine == smallest(sample.seed, references, 7)
    told = Entry.objects.get(action="sample.drawn").facts
    assert told["seed"] == sample.seed
    # Committed to in the log before, to be drawn with once; and the next key is committed to already.
    before = [entry.facts for entry in Entry.objects.filter(action="draw_key.committed").order_by("id")]
    assert [facts["draw"] for facts in before] == ["sample-1", "sample-2"]
    assert before[0]["digest"] == commitment(bytes.fromhex(sample.seed))
    assert order().index("draw_key.committed") < order().index("sample.drawn")
    assert DrawKey.objects.get(draw="sample-2").seed == ""

    packed, _digest = sample_package(sample)
    folder = unpacked(packed, tmp_path)
    seal_pending()
    log = tmp_path / "loggpaket"
    log.mkdir()
    bundle.write(log, full=False)
    assert redraw(folder, log) == (0, "")
    for name, change, finding in (
        ("population.csv", lambda text: text.replace(references[3] + "\n", ""), "population-differs"),
        ("drawn.csv", lambda text: text.replace(mine[0], references[-1]), "drawn-differs"),
        ("draw.json", lambda text: text.replace(sample.seed, "00" * 32), "key-differs"),
        ("draw.json", lambda text: text.replace('"sample-1"', '"sample-2"'), "commitment-differs"),
    ):
        file = folder / name
        kept = file.read_text(encoding="utf-8")
        file.write_text(change(kept), encoding="utf-8")
        code, said = redraw(folder, log)
        assert (code, finding in said) == (1, True), (name, said)
        file.write_text(kept, encoding="utf-8")
    (folder / "draw.json").write_text("{}", encoding="utf-8")
    assert redraw(folder)[0] == 2


def test_what_is_drawn_again_later_is_another_sample_with_a_key_of_its_own(world: World) -> None:
    decided(world, 12)
    one, other = drawn(world, 5), drawn(world, 5, by="auditor")
    assert (one.number, other.number) == ("S-1", "S-2")
    assert one.seed != other.seed
    once = uuid4()
    wanted = Wanted(world.other_authority, one.first, one.last, 3)
    draw_sample(wanted, by=world.actor("auditor"), once=once)
    with pytest.raises(AlreadyDone):
        draw_sample(wanted, by=world.actor("auditor"), once=once)
    with pytest.raises(IntegrityError):
        raw("oversight_sample", one.pk, seed="11" * 32)
    with pytest.raises(BadInput):
        draw_sample(Wanted(world.other_authority, one.first, world.today, 5), by=world.actor("auditor"))
    with pytest.raises(BadInput):
        draw_sample(Wanted(world.authority, one.first, one.last, 5), by=world.actor("auditor"))
    for name in (
        "security_one",
        "hr_head",
        "hr",
        "manager",
        "chief",
        "data_protection_officer",
        "administrator",
    ):
        with pytest.raises(Denied):
            draw_sample(wanted, by=world.actor(name))
    assert Sample.objects.count() == 3


def test_it_is_looked_through_by_those_with_no_hand_in_it_and_the_database_holds_it(world: World) -> None:
    decided(world, 4)
    sample = drawn(world, 2, reviewer=world.person_id("security_one"))
    first, last = sample.drawn.all()
    for name in ("security_two", "hr_head", "hr", "manager", "auditor", "chief"):
        with pytest.raises(Denied):
            review_sampled(first.pk, by=world.actor(name), result="as_required", note=NOTE)
    row = Recusal(
        recruitment=first.recruitment, person=world.person("security_one"), state="clear", declared_on=world.today,
        changed_at=world.person("hr").created_at,
    )  # fmt: skip
    put(row)
    with pytest.raises(Denied):  # has taken part in this one
        review_sampled(first.pk, by=world.actor("security_one"), result="as_required", note=NOTE)
    with pytest.raises(BadInput):
        review_sampled(first.pk, by=world.actor("security_head"), result="fine", note=NOTE)
    with pytest.raises(BadInput):
        review_sampled(first.pk, by=world.actor("security_head"), result="shortcoming", note="kort")
    review_sampled(first.pk, by=world.actor("security_head"), result="shortcoming", note=NOTE)
    sample.refresh_from_db()
    assert sample.state == "drawn"
    with pytest.raises(WrongState):
        review_sampled(first.pk, by=world.actor("security_head"), result="serious", note=NOTE)
    review_sampled(last.pk, by=world.actor("security_one"), result="as_required", note=NOTE)
    sample.refresh_from_db()
    assert sample.state == "reviewed"
    first = Sampled.objects.get(pk=first.pk)
    assert NOTE.encode() not in bytes(
        Sampled.objects.filter(pk=first.pk).values_list("note", flat=True)[0]._blob
    )
    for person in ("manager", "security_one"):
        with pytest.raises(IntegrityError):
            raw("oversight_sampled", first.pk, reviewed_by_id=world.person_id(person))
    told = Entry.objects.filter(action="sample.reviewed").order_by("id")[0].facts
    assert told == {
        "role": "security_head",
        "sample": sample.number,
        "reference": first.recruitment.reference,
        "result": "shortcoming",
    }
    assert NOTE not in json.dumps(told)


def test_whoever_has_stood_in_for_one_with_a_hand_is_kept_apart_too(world: World) -> None:
    from vetting.access.models import Delegation

    decided(world, 1)
    sample = drawn(world, 1)
    put(
        Delegation(
            absent=world.person("manager"),
            substitute=world.person("security_head"),
            valid_from=world.today - timedelta(days=20),
            valid_to=world.today - timedelta(days=10),
            created_by=world.person("manager"),
            created_on=world.today - timedelta(days=20),
        )
    )
    with pytest.raises(Denied):
        review_sampled(
            sample.drawn.get().pk, by=world.actor("security_head"), result="as_required", note=NOTE
        )
