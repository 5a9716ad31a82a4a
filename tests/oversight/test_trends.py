"""The charts of *Kontrollfunktionen*: what they count, for whom, and what they keep back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.oversight.test_control_page import copies
from tests.recruitment.candidates import to_assess
from tests.recruitment.opinions import ask
from tests.recruitment.short_work import at, decide, put_off, short
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.oversight.queries import trends
from vetting.oversight.queries.protected import last_quarter
from vetting.oversight.queries.quarters import quarters_until
from vetting.recruitment.models import Candidacy, Check, Decision, Opinion

LATER = timedelta(days=100)


def page_of(world: World, name: str) -> str:
    answer = client_of(world, name).get(reverse("control"))
    assert answer.status_code == 200
    return str(answer.content.decode())


def card(page: str, title: str) -> str:
    """The text of one chart's card."""
    part = next(part for part in page.split("<section") if f">{title}</h3>" in part)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part.split("</section")[0])).replace("\xa0", " ")


@pytest.fixture
def hired(world: World) -> Iterator[World]:
    """Three decisions in one month, one of them with a check put off and one with something to assess; the opinions
    asked for are left to wait for a hundred days."""
    walk, finalist = short(world)
    put_off(walk, finalist)
    walk.ready(finalist)
    decide(walk, finalist)
    for deviates in (False, True):
        walk = Walk(world, "assistant").open()
        own = walk.finalist()
        if deviates:
            to_assess(world, walk, own)
            continue
        walk.ready(own)
        walk.sign(own)
    ask(world)
    with at(world.today + LATER):
        yield world


def test_middle_and_quarters_are_those_of_all_that_were_given() -> None:
    lead = trends.lead_of({0: 1, 1: 2, 5: 1})
    assert (lead.low, lead.middle, lead.high, lead.number, lead.in_time) == (0.5, 1, 3, 4, 3)
    assert trends.lead_of({7: 1}).middle == 7
    assert trends.quantile({1: 10**6, 3: 10**6}, 0.5) == 2
    with pytest.raises(ValueError, match="nothing"):
        trends.quantile({4: 0}, 0.5)


def test_a_year_is_twelve_months_and_each_day_lies_in_one() -> None:
    months = trends.months_until(date(2026, 3, 31))
    assert (months[0], months[-1], len(months)) == (date(2025, 4, 1), date(2026, 3, 1), 12)
    found = trends.shares([(date(2025, 4, 30), True, 2), (date(2026, 3, 1), False, 1)], months)
    assert [(share.kept, share.total) for share in found.values()] == [(2, 2), *[(0, 0)] * 10, (0, 1)]
    assert quarters_until(date(2026, 3, 31)) == [
        date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1),
    ]  # fmt: skip


def test_what_is_shown_is_what_was_done(hired: World) -> None:
    page = page_of(hired, "security_head")
    decided = card(page, "Kontrollerna klara före beslut")
    assert "50 % av 2 beslut" in decided
    month = f"{hired.today:%Y}"
    assert re.search(rf"{month} 2 1 50 %", decided)
    waiting = card(page, "Hur länge yttranden har väntat")
    assert "1 väntar nu, varav 1 över målet" in waiting
    assert "Mer än 10 arbetsdagar: 1." in waiting
    assert "1 kontroll har behövt bedömas" in card(page, "Att bedöma, efter kontroll")
    assert "Inget yttrande har lämnats" in card(page, "Tid till säkerhetsyttrande")
    hr = page_of(hired, "hr_head")
    assert "50 % av 2 beslut" in card(hr, "Kontrollerna klara före beslut")
    assert "Hur länge yttranden har väntat" not in hr, "she may not list opinions"


def test_a_board_that_decided_before_the_checks_were_noted_was_not_in_time(hired: World) -> None:
    decision = Decision.objects.exclude(candidacy__waivers__isnull=False).get()
    day = decision.decided_on - timedelta(days=1)
    decision.decided_on, decision.maker, decision.section = day, Decision.Maker.COMMITTEE, "§ 4"
    decision.delegation_point = decision.decided_by = None
    put(decision, "decision.board_recorded")
    assert [
        (kept, number)
        for _on, kept, number in trends.decisions_by_day(Decision.objects.all(), day, hired.today)
    ] == [(False, 1), (False, 1)]


def test_whoever_has_a_protected_identity_is_in_no_figure(hired: World) -> None:
    decisions, checks = Decision.objects.all(), Check.objects.all()
    period = (hired.today, hired.today)
    assert sum(number for *_rest, number in trends.decisions_by_day(decisions, *period)) == 2
    assert trends.deviations_by_check(checks, hired.today) == [("id_check", 1)]
    for each in Candidacy.objects.all():
        each.is_protected, each.number_kind = True, Candidacy.NumberKind.NONE
        each.name = each.contact = each.number = None
        put(each, "candidacy.protection_marked")
    assert trends.decisions_by_day(decisions, *period) == []
    assert trends.deviations_by_check(checks, hired.today) == []


def test_the_others_see_quarters_that_are_over_and_no_small_number(hired: World) -> None:
    row, quarter = Opinion.objects.values()[0], last_quarter(hired.today + LATER)
    copies(row, 12, requested_on=quarter.first, concluded_on=quarter.first)
    copies(row, 2, requested_on=quarter.first, concluded_on=quarter.last)
    copies(row, 9, requested_on=quarter.last, concluded_on=hired.today + LATER)
    page = page_of(hired, "auditor")
    kept = card(page, "Säkerhetsyttranden inom målet")
    assert re.search(rf"kv \d {quarter.first.year} 14 skyddad uppgift skyddad uppgift", kept)
    assert "färre än 5" in card(page, "Kontrollerna klara före beslut")
    assert "Inget tal kan visas" in page
    assert 'class="is-bar"' not in page, "a column as high as twelve of fourteen would tell the two"
    for title in ("Hur länge yttranden har väntat", "Att bedöma, efter kontroll"):
        assert title not in page
        assert title not in page_of(hired, "chief")
    copies(row, 6, requested_on=quarter.first, concluded_on=quarter.last)
    kept = card(page_of(hired, "auditor"), "Säkerhetsyttranden inom målet")
    assert re.search(rf"{quarter.first.year} 20 12 60 %", kept)
    assert "färre än 5" in card(page_of(hired, "chief"), "Säkerhetsyttranden inom målet"), "another authority"
    head = card(page_of(hired, "security_head"), "Tid till säkerhetsyttrande")
    assert "29 yttranden" in head


def test_with_nothing_done_it_says_so_and_draws_nothing(world: World) -> None:
    page = page_of(world, "security_head")
    assert page.count("<figure") == 4
    assert "Inget beslut har fattats de senaste tolv månaderna." in page
    assert "Inget yttrande väntar." in page
    assert '<svg role="img"' not in page
