"""What an installation may say of the municipality's sign-in; half a description stops the start."""

import pytest

from config.env import ConfigurationError
from config.sign_on import password_accounts, single_sign_on

WHOLE = {
    "SSO_ISSUER": "https://inloggning.exempel.se/realms/kommunen",
    "SSO_CLIENT_ID": "rekrytering",
    "SSO_CLIENT_SECRET": "hemligheten",
    "SSO_ACCOUNT_CLAIM": "preferred_username",
}


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch):
    def set_all(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_all


def test_nothing_said_is_no_provider(say) -> None:
    assert single_sign_on() is None
    assert password_accounts(None) is None


def test_a_whole_description(say, tmp_path) -> None:
    (tmp_path / "secret").write_text("ur en fil\n")
    values = {name: value for name, value in WHOLE.items() if name != "SSO_CLIENT_SECRET"}
    say(**values, SSO_CLIENT_SECRET_FILE=str(tmp_path / "secret"), SSO_SECOND_FACTOR_AMR="mfa, hwk")
    found = single_sign_on()
    assert found is not None
    assert found.client_secret == "ur en fil"
    assert found.strong_amr == ("mfa", "hwk")
    assert (found.strong_acr, found.max_age, found.step_up) == ((), 8 * 60 * 60, True)
    assert found.scopes == ("openid", "profile")
    assert "ur en fil" not in repr(found)


@pytest.mark.parametrize("missing", ["SSO_ISSUER", "SSO_CLIENT_ID", "SSO_CLIENT_SECRET", "SSO_ACCOUNT_CLAIM"])
def test_half_a_description_says_what_is_missing(say, missing: str) -> None:
    say(**{name: value for name, value in WHOLE.items() if name != missing})
    with pytest.raises(ConfigurationError, match=missing):
        single_sign_on()


@pytest.mark.parametrize(
    "issuer", ["http://inloggning.exempel.se", "inloggning.exempel.se", "ftp://localhost"]
)
def test_a_provider_is_reached_over_tls(say, issuer: str) -> None:
    say(**WHOLE | {"SSO_ISSUER": issuer})
    with pytest.raises(ConfigurationError, match="https://"):
        single_sign_on()


def test_passwords_are_not_turned_off_so_that_nobody_gets_in(say) -> None:
    say(PASSWORD_SIGN_IN="off")
    with pytest.raises(ConfigurationError, match="nobody could sign in"):
        password_accounts(None)
    say(**WHOLE)
    with pytest.raises(ConfigurationError, match="EMERGENCY_ACCOUNTS"):
        password_accounts(single_sign_on())
    say(EMERGENCY_ACCOUNTS="anna.ek, bo.as")
    assert password_accounts(single_sign_on()) == ["anna.ek", "bo.as"]
