"""A round from a list to the decisions: few clicks beside the statutory notes, each made in its own row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from audit.clock import now
from audit.models import Entry
from tests.recruitment.pages import signed_in, url
from tests.recruitment.rounds import confirmed, entered, hr_of, listed, names, opened, sent
from tests.recruitment.test_note_together import fields_of, said
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.policy.calendar import today_stockholm
from vetting.recruitment.actions.candidacy_outcome import withdraw_candidacy
from vetting.recruitment.actions.decision import Terms
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.models import Decision

LAST = today_stockholm(now()) + timedelta(days=90)
PEOPLE = 100
"""As many as are done at a time; the browser goes through three hundred (tests/browser/test_clicks_round.py)."""


class Clicks:
    """A person at the pages, whose links and buttons are counted."""

    def __init__(self, client: Any) -> None:
        self.client, self.clicks = client, 0

    def get(self, where: str, data: dict[str, Any] | None = None) -> Any:
        self.clicks += 1
        answer = self.client.get(where, data or {})
        assert answer.status_code == 200, where
        return answer

    def post(self, where: str, fields: dict[str, Any]) -> Any:
        self.clicks += 1
        answer = self.client.post(where, fields)
        assert answer.status_code == 302, getattr(answer.context and answer.context.get("form"), "errors", "")
        return answer

    def note_rows(self, where: str, filled: dict[str, str]) -> int:
        """Fill in the rows of everybody on each page *Rad för rad* and save it. Counted as statutory notes."""
        pages = 0
        while (page := self.client.get(where)).status_code == 200:
            form = page.context["form"]
            assert len(page.content) <= 60_000
            assert len(form.people) <= 25
            saves = page.content.decode().count('type="submit" data-variant="secondary">Spara raderna')
            assert saves == (len(form.people) - 1) // 5, "a button after every five"
            assert set(filled) <= {name.partition("-")[2] for name in form.fields}
            people = [each.candidacy.label for each in form.people]
            rows = {f"{who}-{name}": value for who in people for name, value in filled.items()}
            answer = self.client.post(where, rows | {"once": str(uuid4())})
            assert answer.status_code == 302, answer.context["form"].errors
            pages += 1
        assert page.status_code == 302, "nobody is left"
        return pages


def all_of(person: Clicks, where: str, part: str) -> int:
    """*Alla i urvalet*, a hundred at a time, until there is nobody left; how many it was done for."""
    done = 0
    while True:
        page = person.client.get(where, {"alla": "1", "visa": part})
        if page.status_code == 302 or page.context["count"] == 0:
            return done
        person.clicks += 1
        fields = fields_of(page)
        if "planned_end" in fields:
            assert not done or fields["planned_end"] == str(LAST), "typed once for the whole round"
            fields["planned_end"] = str(LAST)
        person.post(where, fields)
        done += page.context["count"]
        assert done <= PEOPLE, "everybody once"


@pytest.mark.deadline(180)
def test_a_round_to_decided(world: World) -> None:
    walk = opened(world, "assistant", places=PEOPLE)
    hr, manager = Clicks(hr_of(world)), Clicks(signed_in(world, "manager"))
    hr.get(url("enter_round", walk))
    page = sent(hr.client, walk, listed(names(PEOPLE)))
    confirmed(hr.client, walk, page)
    hr.clicks += 2
    for person in (hr, manager):
        person.post(url("show_finalists", walk), {})
        person.post(url("give_declaration", walk), {})
    group = hr.get(url("record_group", walk, group="before_advert"))
    form = group.context["form"]
    fields = {n: form[n].value() for n in form.fields if form[n].value() is not None}
    hr.post(url("record_group", walk, group="before_advert"),
            fields | {"notice-outcome": "given", "once": str(form.once_value)})  # fmt: skip

    rows = {
        "id_check-outcome": "confirmed", "id_check-id_type": "passport", "id_check-checked_on": str(walk.on),
        "q-requires_work_permit": "no", "q-fixed_term_over_month": "no",
    }  # fmt: skip
    each = url("note_each", walk) + "?steg=fore"
    assert hr.note_rows(each, rows) == 5, "five fields for each: 22 people on a page"
    hr.get(url("round_view", walk))
    assert all_of(hr, url("proceed_together", walk), "kvar") == PEOPLE

    shown = {"crim_school-shown_on": str(walk.on), "crim_school-issued_on": str(walk.on)}
    assert manager.note_rows(each, shown) == 4, "two fields for each: 25 people on a page"
    grid = manager.get(url("round_view", walk), {"visa": "beslut"})
    assert grid.context["grid"].counts["beslut"] == PEOPLE
    assert all_of(manager, url("decide_together", walk), "beslut") == PEOPLE

    assert Decision.objects.filter(recruitment=walk.pk).count() == PEOPLE
    assert walk.case().recruitment.state == "decided"
    for action in ("candidacy.created", "candidacy.proceeded", "check.shown_recorded", "decision.signed"):
        assert Entry.objects.filter(subject=walk.pk, action=action).count() == PEOPLE, action
    assert hr.clicks + manager.clicks <= 16, (hr.clicks, manager.clicks)
    assert f"{PEOPLE} av {PEOPLE} beslutade" in manager.get(url("round_view", walk)).content.decode()


def ready(world: World, count: int) -> Walk:
    walk = opened(world, "assistant", places=9)
    entered(walk, count)
    walk.declare("hr", "manager")
    for candidacy in walk.case().candidacies:
        walk.ready(candidacy)
        walk.answer_decision(candidacy)
    return walk


def test_only_where_everything_before_the_decision_is_done(world: World) -> None:
    walk = ready(world, 3)
    manager = signed_in(world, "manager")
    where = url("decide_together", walk)
    page = manager.get(where, {"k": ["K1", "K2", "K3"]})
    assert page.context["count"] == 0
    assert "Registerutdrag" in page.context["left_out"][0].value
    # The extract of K2 is shown; forced for all three, it is decided for her alone, and the others are told why.
    form = manager.get(url("note_each", walk)).context["form"]
    fields = {n: form[n].value() for n in form.fields if form[n].value() is not None}
    fields |= {"K2-crim_school-issued_on": str(walk.on), "once": str(form.once_value)}
    assert manager.post(url("note_each", walk), fields).status_code == 302
    page = manager.get(where, {"k": ["K1", "K2", "K3"]})
    assert page.context["people"] == "K2"
    for press in range(2):
        every = fields_of(page) | {"pick": "K1 K2 K3"}
        if press == 0:
            ended = manager.post(where, every | {"planned_end": ""})
            assert (ended.status_code, "planned_end" in ended.context["form"].errors) == (422, True)
            with pytest.raises(BadInput):
                walk.sign(walk.case().candidacies[1], terms=Terms(walk.on))
        answer = manager.post(where, every | {"planned_end": str(LAST)})
        told = said(manager, answer)
        assert told[0] == "Gjort för 1 person: K2.", press
        assert told[1].startswith("Inte gjort för K1, K3: Det här saknas: Registerutdrag"), press
    assert Decision.objects.filter(recruitment=walk.pk).count() == 1
    assert hr_of(world).get(where + "?k=K2").status_code == 404, "the delegate's alone"


def test_why_somebody_is_left_out_is_a_sentence(world: World) -> None:
    walk = opened(world, places=9)
    entered(walk, 3)
    walk.declare("hr", "manager")
    first, _second, third = walk.case().candidacies
    walk.ready(first)
    walk.sign(first)
    case = walk.case()
    withdraw_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(third.pk))
    decide, go_on, begin = (
        url(name, walk) for name in ("decide_together", "proceed_together", "start_together")
    )
    for client, where, words_of in (
        (signed_in(world, "manager"), decide, {
            "K1": "Beslutet är redan fattat.", "K2": "Har inte gått vidare till slutkontroll.",
            "K3": "Är inte längre kandidat"}),
        (hr_of(world), go_on, {"K1": "Har redan gått vidare", "K3": "Är inte längre kandidat"}),
        (hr_of(world), begin, {"K2": "Beslutet är inte fattat."}),
    ):  # fmt: skip
        page = client.get(where, {"k": ["K1", "K2", "K3"]})
        told = {fact.label: fact.value for fact in page.context["left_out"]}
        for who, words in words_of.items():
            assert words in told[who], (where, who, told[who])


def test_rows_are_each_ones_own_and_nothing_typed_is_lost(world: World) -> None:
    walk = ready(world, 2)
    manager = signed_in(world, "manager")
    where = url("note_each", walk)
    page = manager.get(where).content.decode()
    assert "Inte nu" not in page, "what is not chosen is no answer"
    form = manager.get(where).context["form"]
    fields = {n: form[n].value() for n in form.fields if form[n].value() is not None}
    fields["once"] = str(form.once_value)
    late = manager.post(where, fields | {"K1-crim_school-issued_on": "2020-01-01"})
    assert late.status_code == 422
    assert "K1-crim_school-issued_on" in late.context["form"].errors
    assert "2020-01-01" in late.content.decode()
    other = manager.post(where, fields | {"K1-crim_school-shown_on": "2026-01-02"})
    assert "Skriv när utdraget är utfärdat." in other.content.decode()
    good = fields | {"K1-crim_school-issued_on": str(walk.on)}
    for press in range(2):
        assert manager.post(where, good).status_code == 302, press
    assert Entry.objects.filter(subject=walk.pk, action="check.shown_recorded").count() == 1
    stale = manager.post(where, good | {"once": "7d9f8a52-0b6c-4f0e-9d8b-000000000001"})
    assert stale.status_code == 422
    assert "K1: någon annan har antecknat medan du skrev." in stale.content.decode()
