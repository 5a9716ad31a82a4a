"""A load balancer learns whether the service answers, and nothing else."""

from pathlib import Path

import pytest
from django.db import connections
from django.test import Client

from tests.harness.databases import RealDatabase, pointed_at


@pytest.mark.django_db
def test_it_answers_without_sign_in_in_one_word(client: Client) -> None:
    answer = client.get("/halsa/")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


@pytest.mark.django_db
def test_without_master_keys_it_says_that_it_is_locked(client: Client, settings) -> None:
    settings.MASTER_KEYS = None
    assert client.get("/halsa/").content == b"locked"


def test_without_a_database_it_is_not_ready(client: Client, real_db: RealDatabase, tmp_path: Path) -> None:
    missing = (
        str(tmp_path / "missing" / "x") if connections["keystore"].vendor == "sqlite" else "no_such_database"
    )
    with pointed_at({"keystore": missing}, tmp_path):
        answer = client.get("/halsa/")
    assert (answer.status_code, answer.content) == (503, b"unavailable")
