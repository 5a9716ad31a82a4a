"""The pages people use all day: time, queries and bytes, beside hand-written SQL and a bare view of the same rows.

Each is asked for by a person who has signed in on the page, through every middleware, with grants, door and log on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.benchmarks import bare, floor, people
from tests.benchmarks.measure import Figure, counted, take_turns
from vetting.accounts.models import Account
from vetting.crypto import blind_index
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE
from vetting.recruitment.queries.visible import reach_of

ROUNDS = 15
GROWTH = 1.3
Ask = Callable[[], HttpResponse]


@dataclass(frozen=True, slots=True)
class Page:
    """One page for one person: how it is asked for, its floor, what must stand on it, how many queries it may take."""

    name: str
    ask: Ask
    floor: floor.Floor
    shown: Callable[[list[floor.Rows]], list[str]]
    queries: int
    floor_name: str = "SQL by hand"


def pages() -> list[Page]:
    """The pages as the HR officer with most assignments meets them, and the first page of a head of security."""
    account = people.busiest("hr_officer")
    head = people.signed_in(dict(people.one_of_each_role())["security_head"])
    client = people.signed_in(account)
    return [
        _worklist(client, account),
        _recruitment(client, account),
        _replayed("Mitt arbete", client, reverse("work"), 14),
        _search(client, account),
        _replayed("Kontrollfunktionen", head, reverse("control"), 15),
    ]


def wide_lists(client: Client) -> list[Page]:
    """The list of all one may see, where one sees any, and *Mitt arbete*: for anybody, without a floor."""
    addresses = {
        "worklist": (f"{reverse('recruitment_list')}?visa=alla", 12),
        "Mitt arbete": (reverse("work"), 15),
    }
    return [
        Page(name, lambda address=address: client.get(address), list, lambda parts: [], limit)
        for name, (address, limit) in addresses.items()
        # Whoever works in one other room alone is led there.
        if client.get(address).status_code not in (302, 404)
    ]


def _worklist(client: Client, account: Account) -> Page:
    actor = people.actor_of(account)
    units = list(reach_of(actor).units)
    address = reverse("recruitment_list") + "?visa=mina"
    return Page(
        "worklist",
        lambda: client.get(address),
        lambda: floor.worklist(account.person_id, account.pk, units),
        lambda parts: [row[1] for row in parts[0]],
        12,
    )


def _recruitment(client: Client, account: Account) -> Page:
    pk = people.fullest_recruitment(account)
    address = reverse("recruitment_view", kwargs={"pk": pk})
    return Page(
        "recruitment page, checks and 20 events",
        lambda: client.get(address),
        lambda: floor.recruitment(pk),
        lambda parts: [parts[0][0][1], *(row[1] for row in parts[1])],
        20,
    )


def _replayed(name: str, client: Client, address: str, limit: int) -> Page:
    """A page whose floor is its own statements, sent as they stand: what is left is ORM, door and template."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    reading = [query["sql"] for query in captured.captured_queries if query["sql"].startswith("SELECT")]

    def replay() -> list[floor.Rows]:
        found = []
        with connection.cursor() as cursor:
            for sql in reading:
                cursor.execute(sql)
                found.append(list(cursor.fetchall()))
        return found

    return Page(name, lambda: client.get(address), replay, lambda parts: [], limit, "its own statements, raw")


def _search(client: Client, account: Account) -> Page:
    number = people.known_number(account)
    digest = blind_index.digest(INDEX_PURPOSE, number)
    address = reverse("search_number")
    return Page(
        "search by number",
        lambda: client.post(address, {"number": number, "purpose": "answer_request", "once": str(uuid4())}),
        lambda: floor.found_by_digest(digest, account.pk),
        lambda parts: [row[3] for row in parts[0]],
        10,
    )


def figures(size: int) -> list[Figure]:
    """Two lines a page: against the SQL, and against the bare view."""
    found: list[Figure] = []
    asking = bare.client()
    for number, page in enumerate(pages()):
        bare.FLOORS[str(number)] = page.floor
        answer = page.ask()
        check(page, answer)
        with counted() as statements:
            page.ask()
        works = {
            "ours": page.ask,
            "sql": page.floor,
            "bare": lambda number=number: asking.get(f"/{number}/"),
        }
        ms = {name: seconds * 1000 for name, seconds in take_turns(works, ROUNDS).items()}
        size_of = {"queries": len(statements), "bytes": len(answer.content)}
        found += [
            Figure("pages", page.name, size, "ms", ms["ours"], page.floor_name, ms["sql"], **size_of),
            Figure("pages", page.name, size, "ms", ms["ours"], "bare view", ms["bare"], **size_of),
        ]
    return found


def growth(found: list[Figure]) -> list[Figure]:
    """Each page at the largest size against itself at the smallest."""
    sizes = sorted({figure.size for figure in found if figure.bench == "pages"})
    if len(sizes) < 2:
        return []
    grown = []
    for late in found:
        if late.bench != "pages" or late.size != sizes[-1]:
            continue
        early = next(f for f in found if (f.what, f.against, f.size) == (late.what, late.against, sizes[0]))
        if late.against == "bare view":
            grown.append(
                Figure(
                    "growth",
                    late.what,
                    late.size,
                    "ms",
                    late.ours,
                    f"itself at {sizes[0]}",
                    early.ours,
                    ("≤", GROWTH),
                )
            )
            continue
        floor_name = f"{late.against} at {sizes[0]}"
        grown.append(
            Figure(
                "growth", f"the floor of {late.what}", late.size, "ms", late.theirs, floor_name, early.theirs
            )
        )
    return grown  # fmt: skip


def check(page: Page, answer: HttpResponse) -> None:
    """The page answers, and what its floor finds stands on it. Raises AssertionError."""
    if answer.status_code != 200:
        raise AssertionError(f"{page.name} answered {answer.status_code}.")
    text = answer.content.decode()
    absent = [word for word in page.shown(page.floor()) if word not in text]
    if absent:
        raise AssertionError(f"{page.name} does not show what its floor finds: {absent}.")
