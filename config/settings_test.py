"""Settings of the tests: fixed keys, quick hashing, nothing kept.

TEST_DATABASE_URL chooses the engine (SQLite where it is absent). DATABASE_URL is not looked at: no test may ever run
on the data of an installation.
"""

import base64
import json
import os
import tempfile

_key = base64.b64encode(bytes(range(32))).decode()
_fixed = {
    "SECRET_KEY": "a key for the tests alone, never for anything that is kept",
    "LOG_KEY": base64.b64encode(b"log key of the tests, 32 bytes..").decode(),
    "INDEX_KEY": base64.b64encode(b"index key of the tests, 32 bytes").decode(),
    "CHECKPOINT_KEY": base64.b64encode(b"checkpoint key of the tests, 32b").decode(),
    "RECEIPT_KEY": base64.b64encode(b"receipt key of the tests, 32 by.").decode(),
    # Its private half is the seed b"recipient root of the tests, 32b" (tests.reports.recipients).
    "RECIPIENT_ROOT": "EpklsGFF2w3kDf+wuF2ElsvgFhgOueTStEw+vsdrkvc=",
    "MASTER_KEYS": json.dumps({"current": "test-1", "keys": {"test-1": _key}}),
}
for _name, _value in _fixed.items():
    os.environ.pop(f"{_name}_FILE", None)
    os.environ[_name] = _value
os.environ["DATA_DIR"] = tempfile.gettempdir()
for _name in (
    "DATABASE_URL", "DATABASE_URL_FILE", "KEYSTORE_URL", "KEYSTORE_URL_FILE", "LOG_ORIGIN", "ANCHOR_MAIL_TO",
    "SMS_GATEWAY_URL", "SMS_GATEWAY_TOKEN", "SMS_GATEWAY_TOKEN_FILE",
    "ANCHOR_STDOUT", "EMAIL_URL", "EMAIL_URL_FILE", "SSO_ISSUER", "SSO_CLIENT_ID", "SSO_CLIENT_SECRET",
    "SSO_CLIENT_SECRET_FILE", "SSO_ACCOUNT_CLAIM", "PASSWORD_SIGN_IN",
):  # fmt: skip
    os.environ.pop(_name, None)

from config.settings import *

DATABASES = {
    "default": env.database("TEST_DATABASE_URL", f"sqlite:///{DATA_DIR}/unused.sqlite3"),
    "keystore": env.database(
        "TEST_KEYSTORE_URL", env.optional("TEST_DATABASE_URL", f"sqlite:///{DATA_DIR}/unused-keys.sqlite3")
    ),
}
for _database in DATABASES.values():
    if _database["ENGINE"].endswith("sqlite3"):
        # What a power cut does to the disk is not what these tests are about; the rest is as in production.
        _database.update(env.sqlite(_database["NAME"], synchronous="OFF"))
    else:
        # A test is one transaction, which stands still while the test computes: on a busy machine for minutes.
        _options = _database["OPTIONS"]
        _options["options"] = _options["options"].replace("session_timeout=60s", "session_timeout=1h")

if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    WORK_JOBS = [("seal", "audit.sealer.seal_pending", 1), *WORK_JOBS]

# For a worker that a test starts: a mail server of the test's own.
ANCHOR_RELAY = outside.relay("TEST_EMAIL_URL", "TEST_MAIL_FROM")
LOG_STATE = Path(env.optional("TEST_LOG_STATE", f"{DATA_DIR}/unused-log"))

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ACCOUNT_RATE_LIMITS = False
# Tests of what the second factor guards switch it on.
SECOND_FACTOR_REQUIRED = False

SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_SECURE = False
MESSAGES_COOKIE_NAME = "messages"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SECURE = False
VAULT_COOKIE_NAME = "vault"
CANDIDATE_COOKIE_NAME = "candidate"
CSRF_COOKIE_NAME = "csrf"
CSRF_COOKIE_SECURE = False
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0

# Hashed names need a collected folder; the tests serve the files where they lie.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = None

# As config.wsgi does it, for the test client.
MIDDLEWARE = ["tests.harness.door.SameDoor", *MIDDLEWARE]

# Covered models of the tests of the log, which knows nothing of the service's own.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.audit.testapp"]
# All tests of a process share its budget; those about it have one of their own.
REPORT_BUDGET = int(os.environ.get("TEST_REPORT_BUDGET", "1000000"))
REPORT_PATIENCE = int(os.environ.get("TEST_REPORT_PATIENCE", "30"))
REPORT_WAIT = int(os.environ.get("TEST_REPORT_WAIT", "60"))
