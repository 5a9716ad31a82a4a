"""*Gallring*: what is due, what waits and what is over, without names; each button for whoever may press it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from audit import clock
from tests.disposal.cases import NAMES, Over
from tests.recruitment.visit import client_of
from vetting.disposal.models import Lot

LIST = reverse("disposal_list")
ROW = "evidence_not_needed"


@pytest.fixture
def due(over: Over) -> Any:
    with clock.at(clock.now() + timedelta(days=1)):
        yield over


def page(over: Over, name: str, url: str) -> str:
    answer = client_of(over.world, name).get(url)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert not any(each.split()[1] in text for each in NAMES)
    return text


def put_forward(over: Over) -> Lot:
    url = reverse("propose_lot", kwargs={"body": over.world.authority.pk, "row": ROW})
    client = client_of(over.world, "registrar")
    assert "Lägg fram" in client.get(url).content.decode()
    empty = client.post(url, {"decision": ""})
    assert empty.status_code == 422
    answer = client.post(url, {"decision": "UBN 2024/11 § 8", "once": "7c9f6c0a-3f5b-4f0e-9c39-0f1f3f7b1c11"})
    lot = Lot.objects.get()
    assert answer.url == reverse("lot_view", kwargs={"lot": lot.pk})
    return lot


def test_what_is_due_is_counted_by_authority_and_kind(due: Over) -> None:
    told = page(due, "registrar", LIST)
    assert "Arbetsuppgifter i kontroller som inte behövs efter beslutet" in told
    assert "Utbildningsnämnden" in told
    assert reverse("propose_lot", kwargs={"body": due.world.authority.pk, "row": ROW}) in told
    # Whoever decides does not put forward.
    assert "lagg-fram" not in page(due, "archivist", LIST)
    assert client_of(due.world, "hr").get(LIST).status_code == 404


def test_one_puts_forward_another_decides_and_the_page_tells_how_each_stands(due: Over) -> None:
    lot = put_forward(due)
    waits = "Gallringar att besluta om"
    assert waits in page(due, "archivist", reverse("work"))
    assert waits not in page(due, "registrar", reverse("work"))
    url = reverse("lot_view", kwargs={"lot": lot.pk})
    own = page(due, "registrar", url)
    assert "Någon annan beslutar" in own
    assert reverse("confirm_lot", kwargs={"lot": lot.pk}) not in own
    reference = due.walk.case().recruitment.reference
    asked = page(due, "archivist", url)
    assert all(f"{reference} {label}" in asked for label in ("K1", "K2"))
    assert lot.digest in asked
    confirm = reverse("confirm_lot", kwargs={"lot": lot.pk})
    # Who it is is asked once more.
    assert (
        client_of(due.world, "archivist")
        .post(confirm, {"once": "7c9f6c0a-3f5b-4f0e-9c39-0f1f3f7b1c16"})
        .status_code
        == 401
    )
    assert Lot.objects.get().state == "proposed"
    client = client_of(due.world, "archivist", fresh=True)
    form = {"once": "7c9f6c0a-3f5b-4f0e-9c39-0f1f3f7b1c12"}
    assert client.post(confirm, form).url == url
    assert client.post(confirm, form).url == url, "a second click does nothing more"
    assert Lot.objects.get().state == "confirmed"
    assert "Verkställs tidigast" in page(due, "archivist", url)
    assert lot.number in page(due, "archivist", f"{LIST}?visa=beslut")


def test_a_lot_is_rejected_with_a_reason_and_told_among_those_that_are_over(due: Over) -> None:
    lot = put_forward(due)
    reject = reverse("reject_lot", kwargs={"lot": lot.pk})
    client = client_of(due.world, "archivist")
    assert (
        client.post(reject, {"reason": "", "once": "7c9f6c0a-3f5b-4f0e-9c39-0f1f3f7b1c13"}).status_code == 422
    )
    once = "7c9f6c0a-3f5b-4f0e-9c39-0f1f3f7b1c14"
    assert client.post(reject, {"reason": "to_be_preserved", "once": once}).status_code == 302
    assert "Handlingarna ska bevaras" in page(due, "registrar", reverse("lot_view", kwargs={"lot": lot.pk}))
    assert lot.number in page(due, "auditor", f"{LIST}?visa=gallrat")
    late = client.post(reject, {"reason": "to_be_preserved", "once": "7c9f6c0a-3f5b-4f0e-9c39-0f1f3f7b1c15"})
    assert late.status_code == 409
