"""What a real installation starts with, read from production's settings in a process of their own."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "DEBUG",
    "DEMO",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "LANGUAGE_COOKIE_NAME",
    "LANGUAGE_COOKIE_SECURE",
    "MESSAGES_COOKIE_NAME",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "PASSWORD_HASHERS",
    "INSTALLED_APPS",
    "ANONYMOUS_USER_NAME",
    "WORK_JOBS",
    "EMAIL_BACKEND",
    "CHECKPOINT_KEY",
    "ACCOUNT_RATE_LIMITS",
    "AUTH_PASSWORD_VALIDATORS",
)


@pytest.fixture(scope="module")
def production() -> dict[str, object]:
    script = (
        "import json; from config import settings as s;"
        f"print(json.dumps({{n: getattr(s, n) for n in {NAMES!r}}}));"
        "print(json.dumps(s.DATABASES['default'].get('ATOMIC_REQUESTS', False)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "x" * 40,
            "LOG_KEY": base64.b64encode(bytes(32)).decode(),
            "DATABASE_URL": "postgresql://db.example/vetting",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=50,
    ).stdout.splitlines()
    return {**json.loads(told[0]), "ATOMIC_REQUESTS": json.loads(told[1])}


def test_cookies_are_bound_to_the_host_and_to_tls(production: dict[str, object]) -> None:
    assert str(production["SESSION_COOKIE_NAME"]).startswith("__Host-")
    assert str(production["CSRF_COOKIE_NAME"]).startswith("__Host-")
    assert str(production["LANGUAGE_COOKIE_NAME"]).startswith("__Host-")
    assert str(production["MESSAGES_COOKIE_NAME"]).startswith("__Host-")
    assert production["LANGUAGE_COOKIE_SECURE"] is True
    assert production["SESSION_COOKIE_SECURE"] is production["CSRF_COOKIE_SECURE"] is True
    assert production["SESSION_COOKIE_HTTPONLY"] is True
    assert production["SECURE_SSL_REDIRECT"] is True
    assert int(str(production["SECURE_HSTS_SECONDS"])) >= 31536000


def test_nothing_of_development_is_on(production: dict[str, object]) -> None:
    assert production["DEBUG"] is production["DEMO"] is production["ATOMIC_REQUESTS"] is False
    assert production["ANONYMOUS_USER_NAME"] is None
    assert "django.contrib.admin" not in str(production["INSTALLED_APPS"])
    assert "Argon2" in str(production["PASSWORD_HASHERS"])


def test_the_operators_page_tells_the_limits_of_signing_in(production: dict[str, object]) -> None:
    limits = production["ACCOUNT_RATE_LIMITS"]
    assert limits == {"login": "300/m/ip", "login_failed": "60/m/ip,5/5m/key"}
    page = (ROOT / "docs" / "hardening.md").read_text(encoding="utf-8")
    assert '"min_length": 12' in json.dumps(production["AUTH_PASSWORD_VALIDATORS"])
    said = ("12 characters", "5 in 5 minutes", "| 60 a minute", "| 300 a minute")
    assert [words for words in said if words not in page] == []


def test_no_other_mail_than_a_checkpoint_leaves_the_service(production: dict[str, object]) -> None:
    assert production["EMAIL_BACKEND"] == "django.core.mail.backends.dummy.EmailBackend"
    assert production["CHECKPOINT_KEY"] is None
    assert "audit.anchors.checkpoint" in str(production["WORK_JOBS"])


def test_the_log_is_sealed_by_the_worker_on_postgresql(production: dict[str, object]) -> None:
    assert "audit.sealer.seal_pending" in str(production["WORK_JOBS"])


def test_djangos_own_questions_at_deployment_are_all_answered(tmp_path: Path) -> None:
    """`manage.py check --deploy`, with what docs/operator.md says an installation has: not one warning."""
    secret = base64.b64encode(bytes(range(32))).decode()
    told = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATA_DIR": str(tmp_path),
            "HOSTS": "ratt.exempel.se",
            "SECRET_KEY": "".join(chr(33 + n % 90) for n in range(60)),
            "LOG_KEY": secret,
            "CHECKPOINT_KEY": secret,
            "INDEX_KEY": secret,
            "MASTER_KEYS": json.dumps({"current": "one", "keys": {"one": secret}}),
            "LOG_ORIGIN": "logg.exempel.se/rekrytering",
            "EMAIL_URL": "smtps://user:word@post.exempel.se",
            "MAIL_FROM": "logg@exempel.se",
            "ANCHOR_MAIL_TO": "revisor@exempel.se",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert (told.returncode, told.stderr.count("WARNING")) == (0, 0), told.stderr
    # The one that asks for a way past the door: see the settings.
    assert "(1 silenced)" in told.stdout + told.stderr
