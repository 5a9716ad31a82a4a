"""What leads out of the machine is read strictly, and what is missing is said at deployment."""

from pathlib import Path

import pytest

from audit import state
from config import checks, outside
from config.env import ConfigurationError


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("A", "A_FILE", "FROM", "TO"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("text", ["kommun.se/logg", "localhost/rekrytering", "a.b/c/d"])
def test_a_log_is_called_by_an_address_without_a_scheme(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("A", text)
    assert outside.origin("A", "x/y") == text
    monkeypatch.setenv("A", "")
    assert outside.origin("A", "x/y") == "x/y"


@pytest.mark.parametrize(
    "text", ["https://kommun.se", "a b", "a+b", "kommun.se/", "/kommun", "kommun.se/lögg"]
)
def test_any_other_name_stops_the_start(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("A", text)
    with pytest.raises(ConfigurationError, match="A must be an address"):
        outside.origin("A", "x/y")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtps://anna:p%40ss@mx.kommun.se", ("mx.kommun.se", 465, "at once", "anna", "p@ss")),
        ("smtp+starttls://mx.kommun.se:2525", ("mx.kommun.se", 2525, "after greeting", "", "")),
        ("smtp+starttls://anna:x@mx.kommun.se", ("mx.kommun.se", 587, "after greeting", "anna", "x")),
        ("smtp://127.0.0.1", ("127.0.0.1", 25, "", "", "")),
    ],
)
def test_a_mail_server_is_an_address(monkeypatch: pytest.MonkeyPatch, address: str, expected: tuple) -> None:
    monkeypatch.setenv("A", address)
    monkeypatch.setenv("FROM", "logg@kommun.se")
    found = outside.relay("A", "FROM")
    assert found is not None
    assert (found.host, found.port, found.tls, found.username, found.password) == expected
    assert found.sender == "logg@kommun.se"
    assert "p@ss" not in repr(found)


@pytest.mark.parametrize(
    ("address", "sender", "words"),
    [
        ("mx.kommun.se", "a@b.se", "A must be smtps"),
        ("https://mx.kommun.se", "a@b.se", "A must be smtps"),
        ("smtps://", "a@b.se", "A must be smtps"),
        ("smtps://mx:port", "a@b.se", "A must be smtps"),
        ("smtps://mx/path", "a@b.se", "A must be smtps"),
        ("smtp://anna:hemligt@mx.kommun.se", "a@b.se", "without TLS"),
        ("smtps://mx.kommun.se", "", "FROM must be one"),
        ("smtps://mx.kommun.se", "a@b.se,c@d.se", "FROM must be one"),
        ("smtps://mx.kommun.se", "a@b.se\r\nBcc: c@d.se", "FROM must be e-mail"),
    ],
)
def test_a_mail_server_that_cannot_be_used_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, address: str, sender: str, words: str
) -> None:
    monkeypatch.setenv("A", address)
    monkeypatch.setenv("FROM", sender)
    with pytest.raises(ConfigurationError, match=words) as caught:
        outside.relay("A", "FROM")
    assert "hemligt" not in str(caught.value)


def test_whom_to_mail_needs_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outside.relay("A", "FROM") is None
    assert outside.anchor_mail("TO", None, "A") == []
    monkeypatch.setenv("TO", "revisor@kommun.se, revision@region.se")
    with pytest.raises(ConfigurationError, match="A must say"):
        outside.anchor_mail("TO", None, "A")
    relay = outside.Relay("mx", 25, "", "", "", "a@b.se")
    assert outside.anchor_mail("TO", relay, "A") == ["revisor@kommun.se", "revision@region.se"]
    for wrong in ("revisor", "a@b.se c@d.se", "a@b.se\nTo: c@d.se", "räv@kommun.se"):
        monkeypatch.setenv("TO", wrong)
        with pytest.raises(ConfigurationError, match="TO must be"):
            outside.anchor_mail("TO", relay, "A")


def test_deployment_says_what_keeps_the_log_from_being_proven(settings, tmp_path: Path) -> None:
    settings.LOG_STATE, settings.LOG_ORIGIN = tmp_path, "kommun.se/logg"
    settings.ANCHOR_MAIL_TO = ["revisor@kommun.se"]
    assert checks.anchored() == []
    settings.CHECKPOINT_KEY, settings.LOG_ORIGIN, settings.ANCHOR_MAIL_TO = None, "localhost/rekrytering", []
    state.begin("main")
    assert [found.id for found in checks.anchored()] == [f"config.W00{number}" for number in (3, 4, 5, 6)]
    assert "(main)" in checks.anchored()[-1].msg
