"""Settings of the tests: fixed keys, quick hashing, nothing kept. DATABASE_URL chooses the engine."""

import base64
import json
import os
import tempfile

_key = base64.b64encode(bytes(range(32))).decode()
_fixed = {
    "SECRET_KEY": "a key for the tests alone, never for anything that is kept",
    "LOG_KEY": base64.b64encode(b"log key of the tests, 32 bytes..").decode(),
    "INDEX_KEY": base64.b64encode(b"index key of the tests, 32 bytes").decode(),
    "MASTER_KEYS": json.dumps({"current": "test-1", "keys": {"test-1": _key}}),
}
for _name, _value in _fixed.items():
    os.environ.pop(f"{_name}_FILE", None)
    os.environ[_name] = _value
os.environ.setdefault("DATA_DIR", tempfile.gettempdir())

from config.settings import *

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ACCOUNT_RATE_LIMITS = False

SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "csrf"
CSRF_COOKIE_SECURE = False
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0

# Hashed names need a collected folder; the tests serve the files where they lie.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = None
