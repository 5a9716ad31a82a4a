"""The door of the reporting pages: what holds for every address of theirs, whoever asks and however."""

from __future__ import annotations

import logging
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.reports.public.visitor import ADDRESS, BROWSER, Visitor
from tests.reports.recipients import Desk
from vetting.crypto.written import Code
from vetting.reports.public import padding
from vetting.reports.public.handler import is_ours
from vetting.reports.public.urls import ROUTES

GETS = sorted(path for path, route in ROUTES.items() if "GET" in route.methods)
POSTS = sorted(path for path, route in ROUTES.items() if "POST" in route.methods)
TOLD = "tokenlös kanariefågel"


def asked(visitor: Visitor) -> None:
    """Every address, in every way that it can be asked."""
    for path in ROUTES:
        visitor.get(path)
        visitor.get(f"{path}?kod={TOLD}")
        visitor.post(path, {"t": TOLD, "code": TOLD, "text": TOLD})
        visitor.post(path, {"t": TOLD}, HTTP_SEC_FETCH_SITE="cross-site")
    for path in ("/anmal", "/anmal/ingen-sida/", "/ANMAL/", "//anmal/inkorg/", "/anmal/en/ingen/"):
        visitor.get(path)


def test_nothing_is_set_and_sizes_are_three(desk: Desk) -> None:
    visitor = Visitor()
    asked(visitor)
    assert len(visitor.answers) > 4 * len(ROUTES)
    for answer in visitor.answers:
        assert answer.header("Set-Cookie") == ""
        assert len(answer.body) in padding.SIZES
        assert answer.header("Content-Length") == str(len(answer.body))
        assert answer.header("Cache-Control") == "no-store, no-transform"
        assert answer.header("Referrer-Policy") == "same-origin"
        assert answer.header("Content-Security-Policy").startswith("default-src 'none'; style-src 'self'")
        assert "script" not in answer.header("Content-Security-Policy")
        assert "<script" not in answer.text


def test_nothing_is_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        asked(Visitor())
    for record in caplog.records:
        if record.name.startswith(("django.db", "django.template")):
            continue  # statements and missing variables: never printed (settings.LOGGING)
        line = record.getMessage()
        assert not any(each in line for each in ("anmal", ADDRESS, BROWSER, "kanarie")), line
    assert not [record for record in caplog.records if record.name == "django.request"]


def test_a_fault_is_one_line_without_what_was_asked(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    visitor = Visitor()
    page = visitor.get("/anmal/kort/")
    with patch("vetting.reports.public.join.submit", side_effect=ValueError(TOLD)):
        overview = visitor.post("/anmal/steg/", {"t": page.token, "to": "on", "story": TOLD})
        answer = visitor.post("/anmal/steg/", {"t": overview.token, "to": "send"})
    assert answer.status == 500
    assert "Felet är inte ditt" in answer.text
    (record,) = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert record.exc_info is None
    line = record.getMessage()
    assert line.startswith("a reporting page failed: ValueError in ")
    assert "\n" not in line
    assert not any(each in line for each in ("/anmal", "kanarie", ADDRESS))


@pytest.mark.parametrize("path", ["/anmal/", "/anmal/ingen/", "/anmal/inkorg/"])
def test_where_no_page_can_be_drawn_the_server_is_told_nothing(
    desk: Desk, caplog: pytest.LogCaptureFixture, tmp_path: Path, path: str
) -> None:
    """Style sheets that were never collected, say: what passed on to the server would be printed with the address."""
    hashed = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
    with override_settings(STORAGES=settings.STORAGES | hashed, STATIC_ROOT=tmp_path):
        answer = Visitor().get(path)
    assert (answer.status, len(answer.body)) == (500, padding.SIZES[0])
    assert "ring 112" in answer.text
    assert caplog.records
    assert not any("anmal" in record.getMessage() or record.exc_info for record in caplog.records)


@pytest.mark.parametrize("path", GETS)
def test_pages_answer(desk: Desk, path: str) -> None:
    answer = Visitor().get(path)
    assert answer.status == (303 if path.endswith("lamna/") else 200)


@pytest.mark.parametrize("path", GETS)
def test_a_query_is_never_answered(desk: Desk, path: str) -> None:
    code = "".join(Code.new().groups)
    answer = Visitor().get(f"{path}?{code}")
    assert answer.status == 404
    assert code not in answer.text


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, 200),
        ({"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "null"}, 200),
        ({"HTTP_ORIGIN": "http://testserver"}, 200),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "none"}, 403),
        ({"HTTP_ORIGIN": "https://testserver"}, 403),
        ({"HTTP_ORIGIN": "http://elak.example"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_ACCEPT": "text/html"}, 403),
    ],
)
def test_a_form_comes_from_a_page_of_ours(desk: Desk, sent: dict[str, str], status: int) -> None:
    answer = Visitor().post("/anmal/inkorg/", {"code": "fel"}, **sent)
    assert answer.status == status
    assert ("Formuläret kom inte från den här sidan" in answer.text) is (status == 403)


def test_a_body_has_a_length_a_kind_and_a_limit(desk: Desk) -> None:
    visitor = Visitor()
    assert visitor.post("/anmal/inkorg/", {"code": "x" * 1_100_000}).status == 413
    own = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    assert visitor.post("/anmal/inkorg/", {"code": "x"}, CONTENT_LENGTH="", **own).status == 411
    assert visitor.post("/anmal/inkorg/", {"code": "x"}, CONTENT_TYPE="text/plain", **own).status == 400


@pytest.mark.parametrize("path", POSTS)
def test_forms_are_not_gone_to(desk: Desk, path: str) -> None:
    if "GET" not in ROUTES[path].methods:
        assert Visitor().get(path).status == 405


def test_another_host_is_not_answered(desk: Desk) -> None:
    assert Visitor({"HTTP_HOST": "elak.example"}).get("/anmal/").status == 400


@override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["testserver", "abcdef.onion"])
def test_plain_http_goes_to_tls_but_at_an_onion_address(desk: Desk) -> None:
    answer = Visitor().get("/anmal/")
    assert (answer.status, answer.header("Location")) == (301, "https://testserver/anmal/")
    assert Visitor({"HTTP_HOST": "abcdef.onion"}).get("/anmal/").status == 200


def test_the_way_out_leaves_nothing_to_come_back_to(desk: Desk) -> None:
    answer = Visitor().get("/anmal/lamna/")
    assert (answer.status, answer.header("Location")) == (303, settings.QUICK_EXIT_URL)
    assert answer.header("Clear-Site-Data") == '"cache"'


@pytest.mark.parametrize("path", GETS)
def test_the_way_out_is_on_every_page(desk: Desk, path: str) -> None:
    text = Visitor().get(path).text
    assert "/lamna/" in text
    assert 'href="tel:112"' in text or "112" in text


def test_what_is_ours() -> None:
    assert all(map(is_ours, ("/anmal", "/anmal/", "/anmal/inkorg/", "//anmal/", "/Anmal/INKORG/")))
    assert not any(map(is_ours, ("/", "/anmalningar/", "/anmalan/", "/x/anmal/")))


def test_the_tests_own_client_meets_the_same_door(desk: Desk) -> None:
    answer = Client().get("/anmal/")
    assert answer.status_code == 200
    assert len(answer.content) in padding.SIZES
    assert not answer.cookies


@override_settings(MASTER_KEYS=None)
def test_reporting_works_without_the_master_keys(desk: Desk) -> None:
    visitor = Visitor()
    page = visitor.get("/anmal/kort/")
    overview = visitor.post("/anmal/steg/", {"t": page.token, "to": "on", "story": "Det hände."})
    receipt = visitor.post("/anmal/steg/", {"t": overview.token, "to": "send"})
    assert "Det hände." in visitor.post("/anmal/inkorg/", {"code": receipt.code}).text


def test_english_is_an_address(desk: Desk) -> None:
    visitor = Visitor()
    assert '<html lang="en"' in visitor.get("/anmal/en/").text
    page = visitor.get("/anmal/en/kort/")
    overview = visitor.post("/anmal/en/steg/", {"t": page.token, "to": "on", "story": "It happened."})
    assert "Send the report" in overview.text
    assert '<html lang="sv"' in visitor.get("/anmal/", HTTP_ACCEPT_LANGUAGE="en").text
