"""Every answer carries the headers of the house, pages of error among them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from vetting.web import errors
from vetting.web.middleware import ChosenLanguage, SecurityHeaders, content_security_policy

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CASE = "0b8f5c1e-6d0f-4a53-9d6c-1c2f3a4b5c6d"


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def headers_of(response: HttpResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def test_headers_of_a_page() -> None:
    found = headers_of(SecurityHeaders(answer)(RequestFactory().get("/")))
    assert found["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "frame-ancestors 'none'" in found["content-security-policy"]
    assert "base-uri 'none'" in found["content-security-policy"]
    assert "unsafe" not in found["content-security-policy"]
    assert found["cross-origin-opener-policy"] == "same-origin"
    assert found["cross-origin-resource-policy"] == "same-origin"
    assert found["referrer-policy"] == "same-origin"
    assert found["x-content-type-options"] == "nosniff"
    assert found["x-frame-options"] == "DENY"
    assert "camera=()" in found["permissions-policy"]
    assert found["cache-control"] == "no-store"


def test_a_file_named_by_its_content_may_be_kept() -> None:
    def kept(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x", headers={"Cache-Control": "max-age=31536000, immutable"})

    assert SecurityHeaders(kept)(RequestFactory().get("/static/a.css"))["Cache-Control"].endswith("immutable")


def test_nobody_downstream_can_loosen_the_policy() -> None:
    def loose(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x", headers={"Content-Security-Policy": "default-src *"})

    assert "*" not in SecurityHeaders(loose)(RequestFactory().get("/"))["Content-Security-Policy"]


def test_forms_lead_to_us_alone_also_where_others_sign_people_in() -> None:
    with override_settings(CSP_FORM_ACTION=("https://idp.example.se",)):
        policy = SecurityHeaders(answer)(RequestFactory().get("/"))["Content-Security-Policy"]
    assert "form-action 'self';" in policy
    assert policy == content_security_policy()


@pytest.mark.parametrize(
    ("cookie", "expected"), [("", "sv"), ("en", "en"), ("xx", "sv"), ("'><script>", "sv")]
)
def test_language_is_chosen_and_never_guessed(cookie: str, expected: str) -> None:
    request = RequestFactory().get("/", headers={"Accept-Language": "en-US,en"})
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    assert ChosenLanguage(answer)(request)["Content-Language"] == expected


@pytest.mark.django_db
def test_the_first_page_has_two_doors_and_the_headers(client: Client) -> None:
    response = client.get("/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Har du utsatts för påtryckning eller hot?" in page
    assert f'href="{settings.LOGIN_URL}"' in page
    assert response["Content-Security-Policy"] == content_security_policy()
    assert settings.SESSION_COOKIE_NAME not in response.cookies


@pytest.mark.django_db
def test_language_is_kept_and_leads_back_inside_only(client: Client) -> None:
    response = client.post("/sprak/", {"language": "en", "next": "https://evil.example/"})
    assert response.status_code == 302
    assert "evil" not in response["Location"]
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert client.get("/sprak/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stood_at", "goes_to"),
    [
        ("/granskning/tillstand/loggpaket/", "/granskning/tillstand/"),
        (f"/rekryteringar/{CASE}/slutkandidat/{CASE}/visa/", f"/rekryteringar/{CASE}/"),
        (f"/rekryteringar/{CASE}/?k=K1", f"/rekryteringar/{CASE}/?k=K1"),
        ("/nowhere/", "/nowhere/"),
    ],
)
def test_the_language_of_a_form_that_was_sent_back_leads_to_its_page(
    client: Client, stood_at: str, goes_to: str
) -> None:
    answer = client.post("/sprak/", {"language": "en", "next": stood_at})
    assert answer.headers["Location"] == goes_to


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (errors.bad_request, 400, "20 000 tecken"),
        (errors.denied, 403, "ge dig åtkomst"),
        (errors.csrf_failure, 403, "för gammal"),
        (errors.not_found, 404, "Kontrollera adressen"),
        (errors.conflict, 409, "Öppna rekryteringen på nytt"),
        (errors.too_many, 429, "Vänta en stund"),
        (errors.server_error, 500, "Felet ligger i tjänsten"),
        (errors.locked, 503, "låsa upp tjänsten"),
    ],
)
def test_error_pages_say_what_to_do_without_the_database(view: object, status: int, words: str) -> None:
    response = view(RequestFactory().get("/"))  # type: ignore[operator]
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert page.count("<h1") == 1


def test_too_many_says_when() -> None:
    response = errors.too_many(RequestFactory().get("/"), 61)
    assert response["Retry-After"] == "61"
    assert "Vänta 2 minuter" in response.content.decode()


def test_conflict_leads_back() -> None:
    page = errors.conflict(RequestFactory().get("/"), "Yttrandet är redan lämnat.", "/r/1/").content.decode()
    assert "Yttrandet är redan lämnat." in page
    assert 'href="/r/1/"' in page


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_inline_that_the_policy_would_block(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", text)
    assert not re.search(r"""(?:src|href|action)=["']https?://""", text)


def test_vendored_files_are_those_that_were_noted() -> None:
    import hashlib

    folder = ROOT / "static" / "vendor"
    noted = dict(
        re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", (folder / "VENDOR.md").read_text(), re.M)
    )
    present = {path.name for path in folder.iterdir() if path.is_file()} - {"VENDOR.md"}
    assert present == set(noted)
    for name, digest in noted.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_every_icon_that_is_asked_for_exists() -> None:
    from vetting.web.words import READERS, STATUSES

    sprite = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/vendor/icons.svg").read_text()))
    asked = {name for *_, tag, task in STATUSES.values() for name in (tag, task) if name}
    asked |= {name for _, name in READERS.values()}
    for path in TEMPLATES:
        asked |= set(re.findall(r'{%\s*icon "([^"]+)"', path.read_text()))
        asked |= set(re.findall(r'icon_name="([^"]+)"', path.read_text()))
    assert asked <= sprite
