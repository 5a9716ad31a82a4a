"""*Meritbesked*: the three things the law names, of whoever got the post; recorded, never stored, nobody named."""

from __future__ import annotations

import hashlib
from typing import Any

from django.urls import reverse

from audit.models import Entry
from tests.recruitment.pages import post, step_up
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World

NAME, SECRET = "Kanariefågel Testsson", "Förskollärarexamen vid Kanariehögskolan"
TYPED = {"education": SECRET, "experience": "Sju år i förskola.", "other": ""}


def decided(world: World) -> tuple[Walk, Any]:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist(NAME)
    walk.ready(finalist)
    return walk, finalist


def test_it_is_handed_over_after_a_decision_recorded_and_not_stored(world: World) -> None:
    walk, finalist = decided(world)
    address = reverse("issue_merit_statement", kwargs={"pk": walk.pk})
    client = client_of(world, "hr")
    page = client.get(address)
    assert "Inget att lämna här" in page.content.decode()
    assert page.context["breadcrumbs"][1].url == reverse("recruitment_view", kwargs={"pk": walk.pk})
    fields = TYPED | {"candidacy": str(finalist.pk)}
    step_up(client, world, "hr")
    post(client, address, **fields)
    assert not Entry.objects.filter(action="merit_statement.issued").exists()
    walk.sign(finalist)
    assert address in client.get(reverse("recruitment_view", kwargs={"pk": walk.pk})).content.decode()
    other = client_of(world, "hr_head")
    post(other, address, **fields)  # has not shown again who she is
    assert not Entry.objects.filter(action="merit_statement.issued").exists()
    asks = post(client, address, **fields | {"other": "Personnummer 19900101-0017"})
    assert asks.status_code == 422
    answer = post(client, address, **fields)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert SECRET in page
    assert "2 kap. 4 §" in page
    assert NAME not in page
    told = Entry.objects.get(action="merit_statement.issued")
    assert set(told.facts) == {"role", "reference", "digest"}
    assert told.facts["digest"] in page
    assert len(told.facts["digest"]) == len(hashlib.sha256().hexdigest())
    key = {"once": "0b2f6a52-1111-4c1e-9a57-3f6f6f3c9d01"}
    for words in ("Ett", "Ett annat"):  # the same form sent again with other words: told of each time
        assert client.post(address, {**fields, **key, "experience": words}).status_code == 200
    assert Entry.objects.filter(action="merit_statement.issued").count() == 3
    assert SECRET not in client.get(address).content.decode()
    for name in ("manager", "security_head", "auditor", "chief", "employee", "other_hr"):
        assert client_of(world, name).get(address).status_code == 404, name
