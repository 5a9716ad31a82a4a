"""The municipality's sign-in, running, and a browser that goes to it and comes back."""

from __future__ import annotations

import html
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.core.cache import cache
from django.test import Client

from tests.idp import PASSWORD, SECRET
from vetting.accounts.sso.options import SignOn

ROOT = Path(__file__).resolve().parents[2]
BACK = "http://testserver/logga-in/kommunen/svar/"


class RunningProvider:
    """A provider in its own process, spoken to over HTTP alone."""

    def __init__(self, port: int) -> None:
        self.base = f"http://localhost:{port}"
        self.issuer = f"{self.base}/o"

    def tell(self, **told: Any) -> dict[str, str]:
        """Tell it what is to be so; the subjects of the people named."""
        answer = requests.post(f"{self.base}/control/", json=told, timeout=10)
        answer.raise_for_status()
        return dict(answer.json())

    def options(self, **other: Any) -> SignOn:
        """What an installation says of it."""
        usual: dict[str, Any] = {
            "issuer": self.issuer,
            "client_id": "ratt-person",
            "client_secret": SECRET,
            "account_claim": "preferred_username",
            "strong_acr": ("urn:two",),
        }
        return SignOn(**(usual | other))


@pytest.fixture(scope="session")
def provider_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    """One provider for all tests of a worker."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("provider")
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.idp", str(folder), str(port)], cwd=ROOT, stdout=log, stderr=log
        )
        running = RunningProvider(port)
        for _ in range(300):
            try:
                requests.get(
                    f"{running.issuer}/.well-known/openid-configuration", timeout=5
                ).raise_for_status()
                break
            except requests.RequestException:
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
        yield running
        process.terminate()
        process.wait(10)


@pytest.fixture
def provider(provider_process: RunningProvider, settings: Any) -> RunningProvider:
    """The provider, honest, with the installation's settings naming it."""
    provider_process.tell(people=["anna", "bo"], back=[BACK], wrong={})
    settings.SINGLE_SIGN_ON = provider_process.options()
    cache.clear()
    return provider_process


class Traveller:
    """A browser with both sites open: the service's test client, and HTTP to the provider."""

    def __init__(self, provider: RunningProvider) -> None:
        self.here = Client(enforce_csrf_checks=True)
        self.there = requests.Session()
        self.provider = provider
        self.sent: dict[str, str] = {}

    def post(self, path: str, data: dict[str, str] | None = None) -> Any:
        """POST as a page of ours would."""
        if "csrf" not in self.here.cookies:
            self.here.get("/logga-in/")
        token = self.here.cookies["csrf"].value
        sent = {**(data or {}), "csrfmiddlewaretoken": token}
        return self.here.post(path, sent, headers={"origin": "http://testserver"})

    def leave(self, path: str = "/logga-in/kommunen/", **fields: str) -> str:
        """Press the button; the provider's address that the browser is sent to."""
        answer = self.post(path, fields)
        assert answer.status_code == 200, answer
        found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', answer.content.decode())
        assert found
        address = html.unescape(found[1])
        self.sent = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return address

    def authenticate(self, address: str, name: str = "anna") -> str:
        """Follow the address, sign in there where that is asked, and give the path that leads back here."""
        answer = self.there.get(address, allow_redirects=False, timeout=10)
        while answer.is_redirect:
            where = requests.compat.urljoin(answer.url, answer.headers["Location"])
            if where.startswith("http://testserver"):
                return where.removeprefix("http://testserver")
            answer = self.there.get(where, allow_redirects=False, timeout=10)
            if 'name="password"' in answer.text:
                onward = html.unescape(re.findall(r'name="next" value="([^"]*)"', answer.text)[0])
                token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', answer.text)[0]
                data = {"username": name, "password": PASSWORD, "next": onward, "csrfmiddlewaretoken": token}
                answer = self.there.post(answer.url, data, allow_redirects=False, timeout=10)
        raise AssertionError(f"{answer.status_code}: {answer.text[:500]}")

    def sign_in(self, name: str = "anna", **fields: str) -> Any:
        """All of it; the service's answer."""
        return self.here.get(self.authenticate(self.leave(**fields), name))


@pytest.fixture
def traveller(provider: RunningProvider) -> Traveller:
    """Somebody who has not signed in anywhere."""
    return Traveller(provider)
