"""Settings of the demonstration: fictive people, plain http on localhost, keys of its own in DATA_DIR/keys.

It differs from an installation in where the keys lie and in what plain http forbids; the code is the same.
"""

import os
from pathlib import Path

_keys = Path(os.environ.get("DATA_DIR") or Path(__file__).resolve().parent.parent / "data").resolve() / "keys"
for _name in (
    "SECRET_KEY",
    "LOG_KEY",
    "MASTER_KEYS",
    "INDEX_KEY",
    "CHECKPOINT_KEY",
    "RECEIPT_KEY",
    "RECIPIENT_ROOT",
):
    if not os.environ.get(_name):
        os.environ.setdefault(f"{_name}_FILE", str(_keys / _name.lower()))

from config.settings import *

DEMO = True
# Several demonstrations may share DATA_DIR, each with a database of its own.
if DATABASES["default"]["ENGINE"].endswith("postgresql") and not os.environ.get("LOG_STATE"):
    LOG_STATE = DATA_DIR / f"log-{DATABASES['default']['NAME']}"
# The demonstration runs in a terminal, where nobody ships the log anywhere.
ANCHOR_STDOUT = False
MUNICIPALITY_NAME = "Nordviks kommun"
# One of the numbers that are set aside for fiction.
DUTY_PHONE = DUTY_PHONE or "070-174 06 05"
DUTY_HOURS = DUTY_HOURS or "Dygnet runt, alla dagar"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

# A browser sends neither Secure nor __Host- cookies over the plain http of localhost everywhere.
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
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_HSTS_PRELOAD = False
# The published accounts sign in with their password alone; a factor that somebody adds is asked for all the same.
SECOND_FACTOR_REQUIRED = False
