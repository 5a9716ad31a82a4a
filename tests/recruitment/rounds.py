"""Lists of people, as HR would paste or send them, and a round that has been entered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.test import Client

from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.organisation.models import Position
from vetting.recruitment.actions.round import enter_round
from vetting.recruitment.models import Round
from vetting.recruitment.rounds.people import read_people
from vetting.recruitment.rounds.table import read_text


def names(count: int, start: int = 1) -> list[str]:
    """Made-up names, all unlike."""
    return [
        f"Sommar Nummer{chr(65 + n // 26 % 26)}{chr(97 + n % 26)}{n // 676}"
        for n in range(start, start + count)
    ]


def listed(people: Sequence[str], between: str = ";") -> str:
    """The people with a telephone number each, as rows under headings."""
    rows = [f"{name}{between}070-{1000000 + place}" for place, name in enumerate(people)]
    return "\r\n".join([f"namn{between}telefon", *rows])


def opened(world: World, position: str = "clerk", **more: Any) -> Walk:
    """An open recruitment for summer jobs."""
    return Walk(world, position, form="holiday_work", **more).open()


def in_homes(world: World) -> str:
    """A post in people's homes, where the population register is looked up by number; its key."""
    post = world.positions["clerk"]
    answers = post.answers | {"home_care_request": False}
    position = Position(
        unit=post.unit, title="Vårdbiträde", profiles=["home_care"], answers=answers,
        risk_state="confirmed", risk_level=2, risk_decided_on=post.risk_decided_on, risk_reference="Beslut 8",
        risk_assessed_by=post.risk_assessed_by, risk_confirmed_by=post.risk_confirmed_by,
    )  # fmt: skip
    put(position)
    world.positions["in_homes"] = position
    return "in_homes"


def entered(walk: Walk, count: int, start: int = 1) -> Round:
    """So many people entered by the real action."""
    case = walk.case()
    read = read_people(case, read_text(listed(names(count, start))))
    made = enter_round(case, by=walk.world.actor("hr"), people=read.people, digest=read.digest)
    assert made is not None
    return made


def sent(client: Client, walk: Walk, text: str = "", **more: Any) -> Any:
    """The answer to a list that has been pasted (or sent: `file=`)."""
    return post(client, url("enter_round", walk), text=text, **more)


def confirmed(client: Client, walk: Walk, page: Any, **more: Any) -> Any:
    """The answer when what the page read is confirmed."""
    fields = {"people": page.context["closed"], "once": str(page.context["confirm"].once_value)}
    return client.post(url("enter_round", walk), fields | more)


def hr_of(world: World) -> Client:
    """A browser of the HR officer who has the assignment."""
    return signed_in(world, "hr")
