"""Where the log or the database cannot be written, nothing is saved and nothing shown, and the page says so."""

import pytest
from django.test import Client

from audit import state
from audit.models import Entry
from audit.sealer import seal_pending
from tests.harness.databases import RealDatabase
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world
from vetting.recruitment.models import Check, Recruitment


@pytest.fixture
def town(real_db: RealDatabase) -> World:
    world = build_world()
    Walk(world, "assistant").open()
    seal_pending()
    return world


def patient(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def test_with_the_log_shut_no_act_is_done(town: World) -> None:
    client = patient(client_of(town, "hr"))
    recruitment, entries = Recruitment.objects.get(), Entry.objects.count()
    states = dict(Check.objects.values_list("pk", "state"))
    state.declare_broken("main", "mark-root: for the test")
    check = Check.objects.filter(recruitment=recruitment).first()
    answer = client.post(f"/rekryteringar/{recruitment.pk}/kontroll/{check.pk}/paborja/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "120")
    assert "Loggen är stängd" in answer.content.decode()
    assert Entry.objects.count() == entries
    assert dict(Check.objects.values_list("pk", "state")) == states


def test_with_the_log_shut_nothing_is_shown_that_must_be_recorded(town: World) -> None:
    reader = patient(client_of(town, "security_head"))
    recruitment = Recruitment.objects.get()
    assert reader.get(f"/rekryteringar/{recruitment.pk}/").status_code == 200
    state.declare_broken("main", "mark-root: for the test")
    answer = reader.get(f"/rekryteringar/{recruitment.pk}/")
    assert answer.status_code == 503
    assert recruitment.reference not in answer.content.decode()


def test_nobody_signs_in_while_the_log_is_shut(town: World) -> None:
    state.declare_broken("main", "mark-root: for the test")
    client = patient(Client())
    answer = client.post("/logga-in/", {"login": "hr", "password": "hemligt-lösenord-7"})
    assert answer.status_code == 503
    assert client.get("/arbete/").status_code == 302


def test_a_database_that_is_gone_is_told_in_words(town: World) -> None:
    from django.db import connections

    client = patient(client_of(town, "hr"))
    connection = connections["default"]
    with connection.execute_wrapper(_fails):
        answer = client.get("/arbete/")
    assert answer.status_code == 503
    assert "Det gick inte att spara" in answer.content.decode()
    assert client.get("/arbete/").status_code == 200


def _fails(execute, sql, params, many, context):
    from django.db import OperationalError

    raise OperationalError("the server closed the connection unexpectedly")
