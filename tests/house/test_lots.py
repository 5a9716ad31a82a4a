"""No test tells another story one run in ten: nobody is drawn for a second approver, in whichever thread it happens."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from vetting.policy.own_settings import WHOLE
from vetting.recruitment.actions.common import draw, drawing_with


def test_nobody_is_drawn_in_the_threads_of_a_service_either() -> None:
    with ThreadPoolExecutor(1) as another:
        assert {another.submit(draw, WHOLE).result() for _ in range(50)} == {draw(WHOLE)} == {WHOLE - 1}


def test_lots_fall_where_a_test_asks_for_them(lots_drawn: None) -> None:
    assert len({draw(WHOLE) for _ in range(50)}) > 1


def test_a_seed_is_drawn_from_where_it_is_named() -> None:
    with drawing_with(lambda below: 7):
        assert draw(WHOLE) == 7
