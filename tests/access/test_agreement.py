"""Lists, counts, searches and exports agree with the pages and with the door, for every account and recruitment."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.urls import reverse

from tests.access.seeded import Demonstration, Visitor, demonstration
from tests.harness.databases import Templates
from vetting.access.actor import load_actor
from vetting.access.door import ask, may_somewhere
from vetting.accounts.models import Account
from vetting.crypto.sealed import Opening, unseal
from vetting.policy.numbers import parse
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.models import Candidacy, Opinion
from vetting.recruitment.queries.search import candidacies_called, candidacies_with
from vetting.recruitment.queries.visible import reach_of
from vetting.recruitment.queries.worklist import TABS
from vetting.recruitment.queries.worklist_order import ORDERS

IN_FULL = bool(os.environ.get("SOAK"))
SIZE = 300 if IN_FULL else int(os.environ.get("TRY_SIZE", "10"))
ROOT = Path(__file__).parents[2] / "vetting"
ASKED = re.compile(r"(?:reach_of|_delegated)\(\s*\w+,\s*\"([a-z_]+\.[a-z_]+)\"")
NAMED = re.compile(r"^(?:PERMISSION|BY_NAME|START)\s*(?::\s*\w+\s*)?=\s*\"([a-z_]+\.[a-z_]+)\"", re.MULTILINE)
LIST = reverse("recruitment_list")

pytestmark = pytest.mark.deadline(3600 if IN_FULL else 600)


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: Any, templates: Templates) -> Iterator[Demonstration]:
    """The demonstration that every test here looks at; none of them changes a recruitment."""
    with django_db_blocker.unblock(), demonstration(templates, SIZE) as whole:
        yield whole


def who_asks(seeded: Demonstration) -> list[Account]:
    """Every account; on PostgreSQL one of each set of roles, which is what a list's SQL is made of."""
    quick = connections["default"].vendor != "sqlite" and not IN_FULL
    return seeded.one_of_each if quick else seeded.accounts


def permissions_of_lists() -> list[str]:
    """Every permission that the program makes a list by, from its own text."""
    found = {"recruitment.list"}
    for path in ROOT.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(ASKED.findall(text))
        if "reach_of(" in text:
            found |= set(NAMED.findall(text))
    assert found <= set(PERMISSIONS)
    return sorted(found)


def test_every_list_is_the_door_asked_about_each(seeded: Demonstration) -> None:
    """Every permission for each account in `make soak`; else each account asks every third, the next others."""
    wrong, pairs, permissions = [], 0, permissions_of_lists()
    for place, account in enumerate(seeded.accounts):
        actor = load_actor(account)
        for permission in permissions if IN_FULL else permissions[place % 3 :: 3]:
            expected = seeded.open_to(actor, permission)
            found = list(reach_of(actor, permission).recruitments.values_list("pk", flat=True))
            pairs += len(seeded.cases)
            if set(found) != expected or len(found) != len(expected):
                wrong.append(f"{account.username} {permission}: {_told(seeded, set(found) ^ expected)}")
    assert not wrong, "\n".join(wrong)
    assert pairs >= len(permissions) * (40 if IN_FULL else 10) * SIZE


def test_every_page_answers_as_the_door(seeded: Demonstration) -> None:
    """Each account at the page of each recruitment; every third one where the suite is in a hurry."""
    wrong = []
    for place, account in enumerate(who_asks(seeded)):
        visitor = seeded.visitor(account)
        actor = visitor.actor
        for case in seeded.cases[:: 1 if IN_FULL else 6]:
            url = reverse("recruitment_view", kwargs={"pk": case.pk})
            status = visitor.client.get(url).status_code
            expected = 200 if ask(actor, "recruitment.view", case.facts_for(actor)) else 404
            if status != expected:
                wrong.append(f"{place} {account.username} {case.recruitment.reference}: {status}")
    assert not wrong, "\n".join(wrong)


def test_whatever_is_listed_can_be_opened(seeded: Demonstration) -> None:
    for account in who_asks(seeded):
        actor = load_actor(account)
        listed = seeded.open_to(actor, "recruitment.list")
        assert listed <= seeded.open_to(actor, "recruitment.view"), account.username


def test_tabs_filters_and_pages_hold_what_is_visible(seeded: Demonstration) -> None:
    wrong: list[str] = []
    for place, account in enumerate(who_asks(seeded)):
        visitor = seeded.visitor(account)
        visible = seeded.open_to(visitor.actor, "recruitment.list")
        first = visitor.client.get(LIST)
        if first.status_code == 404:
            wrong += [f"{account.username} has no list but {_told(seeded, visible)}"] if visible else []
            continue
        said = [
            *_of_tabs(seeded, visitor, first, visible),
            *_of_filters(seeded, visitor, first, visible, place),
        ]
        wrong += [f"{account.username} {each}" for each in said]
    assert not wrong, "\n".join(wrong)


def _of_tabs(seeded: Demonstration, visitor: Visitor, first: Any, visible: set[UUID]) -> Iterator[str]:
    counts = {link.url.split("visa=")[1].split("&")[0]: link.count for link in first.context["tabs"]}
    for tab in TABS:
        rows = _rows(visitor, f"{LIST}?visa={tab}")
        if len(rows) != counts[tab] or len(set(rows)) != len(rows):
            yield f"{tab}: counted {counts[tab]}, {len(rows)} rows"
        if not set(rows) <= visible or (tab == "alla" and set(rows) != visible):
            yield f"{tab}: {_told(seeded, set(rows) ^ visible)}"
    if counts["enhet"] + counts["avslutade"] != counts["alla"]:
        yield "what goes on and what has ended are not all"


def _of_filters(
    seeded: Demonstration, visitor: Visitor, first: Any, visible: set[UUID], place: int
) -> Iterator[str]:
    """Each choice of each filter in `make soak`; else each account tries a few of one filter, the next of another."""
    fields = first.context["fields"]
    attribute = {"enhet": "unit_id", "lage": "state", "form": "form", "niva": "level"}
    for name in attribute if IN_FULL else [list(attribute)[place % len(attribute)]]:
        choices = list(fields[name])
        for value, _label in choices if IN_FULL else choices[place % 3 :: 5]:
            wanted = {
                case.pk
                for case in seeded.cases
                if case.pk in visible and str(getattr(case.recruitment, attribute[name])) == str(value)
            }
            rows = _rows(visitor, f"{LIST}?visa=alla&{name}={value}")
            if sorted(rows) != sorted(wanted):
                yield f"{name}={value}: {_told(seeded, set(rows) ^ wanted)}"
    for order in ORDERS if IN_FULL else list(ORDERS)[place % len(ORDERS) :][:1]:
        if sorted(_rows(visitor, f"{LIST}?visa=alla&ordning={order}")) != sorted(visible):
            yield f"ordered by {order} it is another list"


def _rows(visitor: Visitor, address: str) -> list[UUID]:
    """The recruitments of every page of the list at this address; and each page's own number is the list's."""
    found: list[UUID] = []
    total = None
    for answer in visitor.pages(address):
        found += [row["recruitment"].pk for row in answer.context["rows"]]
        total = answer.context["page"].paginator.count
    assert total == len(found), f"{visitor.account.username} {address}: told {total}, shown {len(found)}"
    return found


def test_a_search_by_reference_finds_what_is_visible_and_nothing_else(seeded: Demonstration) -> None:
    for account in who_asks(seeded):
        visitor = seeded.visitor(account)
        if not may_somewhere(visitor.actor, "recruitment.list"):
            continue
        visible = seeded.open_to(visitor.actor, "recruitment.list")
        for pk, reference in list(seeded.references.items())[:: 1 if IN_FULL else 8]:
            wanted = [pk] if pk in visible else []
            assert _rows(visitor, f"{LIST}?visa=alla&q={reference}") == wanted, (
                f"{account.username} {reference}"
            )


@pytest.mark.parametrize(("by", "every"), [("number", 4), ("name", 40)])
def test_a_search_finds_what_may_be_searched(seeded: Demonstration, by: str, every: int) -> None:
    rows = Candidacy.objects.filter(**{f"{by}__isnull": False})
    told = [(candidacy, unseal(candidacy, by, Opening(entry_id=1))) for candidacy in rows]
    assert told
    for account in who_asks(seeded):
        actor = load_actor(account)
        searchable = seeded.open_to(actor, f"candidacy.search_{by}")
        for candidacy, said in told[:: 1 if IN_FULL else every]:
            wanted = candidacy.recruitment_id in searchable and not candidacy.is_protected
            hers = candidacies_called(actor, said) if by == "name" else candidacies_with(actor, parse(said))
            found = {each.pk: each.recruitment_id for each in hers}
            assert (candidacy.pk in found) == wanted, f"{account.username} {candidacy.label}"
            assert set(found.values()) <= searchable, account.username


def test_the_file_holds_the_list(seeded: Demonstration) -> None:
    url = reverse("export_recruitment_list")
    fetched = 0
    for account in who_asks(seeded):
        visitor = seeded.visitor(account)
        may = may_somewhere(visitor.actor, "recruitment.export_list")
        for choice in ({"visa": "alla"}, {"visa": "enhet", "lage": "open"}):
            answer = visitor.client.post(url, choice)
            assert answer.status_code == (200 if may else 404), account.username
            if not may:
                continue
            text = answer.content.decode().lstrip("\ufeff")
            rows = [row[0] for row in csv.reader(io.StringIO(text), delimiter=";")][1:]
            shown = seeded.open_to(visitor.actor, "recruitment.export_list")
            wanted = [
                case.recruitment.reference
                for case in seeded.cases
                if case.pk in shown and (choice["visa"] == "alla" or case.recruitment.state == "open")
            ]
            assert sorted(rows) == sorted(wanted), account.username
            fetched += 1
    assert fetched


def test_each_number_of_my_work_is_the_number_of_rows_it_leads_to(seeded: Demonstration) -> None:
    """Of the links that have a number each in `make soak`; else each account follows every third, the next others."""
    wrong, numbers = [], 0
    due = reverse("access_review")  # one review is due, whatever its page goes through
    for place, account in enumerate(who_asks(seeded)):
        visitor = seeded.visitor(account)
        answer = visitor.client.get(reverse("work"))
        if answer.status_code == 302:  # works in one other room alone
            continue
        context = answer.context
        links = [
            *context["begin"],
            *context["waiting"],
            *context["due"],
            *context["paused"],
            *context["news"],
        ]
        links = [*links, *filter(None, [context["all_to_do"]])]
        counted = [link for link in links if link.count is not None and link.url != due]
        for link in counted if IN_FULL else counted[place % 3 :: 3]:
            numbers += 1
            shown = _length(visitor, link.url)
            if shown != link.count:
                wrong.append(f"{account.username} {link.label}: {link.count}, at {link.url} {shown}")
    assert not wrong, "\n".join(wrong)
    assert numbers > (40 if IN_FULL else 15 * len(who_asks(seeded)) // len(seeded.accounts))


def _length(visitor: Visitor, address: str) -> int | None:
    """How many rows the list at the address has on all of its pages; None where it does not open."""
    found = None
    if "sida=" in address or address.startswith("#"):
        return None
    answer = visitor.client.get(address)
    if answer.status_code != 200:
        return None
    if "page" in answer.context:
        return sum(len(page.context["rows"]) for page in visitor.pages(address))
    if "meetings" in answer.context:
        return sum(number for _meeting, _name, number in answer.context["meetings"])
    for name in ("rows", "items", "waiting", "declarations", "recusals", "decisions"):
        if name in answer.context:
            found = len(answer.context[name])
            break
    return found


@pytest.mark.parametrize("name", ["opinion_list", "engagement_list", "waiver_list"])
def test_the_other_lists_count_what_they_hold_and_hold_what_opens(seeded: Demonstration, name: str) -> None:
    address, opened = reverse(name), 0
    for place, account in enumerate(who_asks(seeded)):
        visitor = seeded.visitor(account)
        first = visitor.client.get(address)
        if first.status_code == 404:
            continue
        opened += 1
        tabs = list(first.context["tabs"])
        for link in tabs if IN_FULL else tabs[place % len(tabs) :][:1]:
            rows = [row for page in visitor.pages(address + link.url) for row in page.context["rows"]]
            assert len(rows) == link.count, f"{account.username} {link.label}: {link.count}, {len(rows)} rows"
    assert opened


def test_opinions_open_as_the_door_says(seeded: Demonstration) -> None:
    """Each account at each opinion's page."""
    cases = {case.pk: case for case in seeded.cases}
    opinions = list(Opinion.objects.order_by("pk"))[:: 1 if IN_FULL else 5]
    for account in who_asks(seeded):
        visitor = seeded.visitor(account)
        actor = visitor.actor
        for opinion in opinions:
            case = cases[opinion.recruitment_id]
            facts = case.facts_for(actor, opinion=case.opinion(opinion.pk))
            url = reverse("opinion_view", kwargs={"pk": case.pk, "opinion": opinion.pk})
            expected = 200 if ask(actor, "opinion.view", facts) else 404
            assert visitor.client.get(url).status_code == expected, f"{account.username} {url}"


def _told(seeded: Demonstration, pks: set[UUID]) -> str:
    return f"{len(pks)} differ: " + ", ".join(sorted(seeded.references[pk] for pk in pks)[:5])
