"""Settings of a real installation. The demonstration and the tests import these and override a few.

Everything that differs between installations is read from the environment, through config.env; the names are listed
in docs/settings.md.
"""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import env, logs, outside, sign_on, work_jobs

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.optional("DATA_DIR", str(BASE_DIR / "data"))).resolve()

DEBUG = False
DEMO = False

# -- Secrets. Without the master keys the service starts locked and opens nothing; without these two it does not start.
SECRET_KEY = env.required_secret("SECRET_KEY")
LOG_KEY = env.required_key("LOG_KEY")
MASTER_KEYS = env.key_ring("MASTER_KEYS")
INDEX_KEY = env.key("INDEX_KEY")
# Signs the log's checkpoints (the seed of Ed25519). Without it the log goes on, and nothing of it is anchored outside.
CHECKPOINT_KEY = env.key("CHECKPOINT_KEY")
# Signs the receipts of reports (the seed of Ed25519). Without it reports are received all the same, with none signed.
RECEIPT_KEY = env.key("RECEIPT_KEY")
# The public key of the root that certifies recipients' keys. Its private half is on no machine of the service.
RECIPIENT_ROOT = env.key("RECIPIENT_ROOT")

# -- Whose it is
MUNICIPALITY_NAME = env.optional("MUNICIPALITY_NAME", "")
# Whom somebody who is afraid can call, and when; shown on the reporting pages as they stand here.
DUTY_PHONE = env.optional("DUTY_PHONE", "")
DUTY_HOURS = env.optional("DUTY_HOURS", "")
# Where *Lämna sidan snabbt* leads: a page that everybody may have been looking at.
QUICK_EXIT_URL = env.optional("QUICK_EXIT_URL", "https://www.smhi.se/")
# What a process receives in a minute, its patience, the room that is kept, the virus scanner: docs/settings.md.
REPORT_BUDGET, REPORT_WAIT = env.integer("REPORT_BUDGET", 120), env.integer("REPORT_WAIT", 60)
REPORT_PATIENCE, CLAMD_SOCKET = env.integer("REPORT_PATIENCE", 30), env.optional("CLAMD_SOCKET", "")
REPORT_RESERVE_MIB = env.integer("REPORT_RESERVE_MIB", 256)
REPORT_FILES_MIB = env.integer("REPORT_FILES_MIB", 4096)
DATABASE_MOST_MIB = env.integer("DATABASE_MOST_MIB", 0)
# The municipality's own channel for whistleblowing, where it has one: this service's is then shut.
WHISTLEBLOWING_URL = env.optional("WHISTLEBLOWING_URL", "")

# -- Where it answers
ALLOWED_HOSTS = env.listing("HOSTS", ("localhost",))
CSRF_TRUSTED_ORIGINS = env.listing("TRUSTED_ORIGINS")
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("PROXIES", 0)
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "guardian",
    "audit",  # before simple_history, whose commands it replaces by refusals
    "simple_history",
    "config",
    "vetting.crypto",
    "vetting.accounts",
    "vetting.organisation",
    "vetting.access",
    "vetting.web",
    "vetting.figures",
    "vetting.reports",
    "vetting.recruitment",
    "vetting.administration",
    "vetting.oversight",
    "vetting.disposal",
]

MIDDLEWARE = [
    "vetting.web.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vetting.web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vetting.accounts.middleware.SignInMiddleware",
    "vetting.recruitment.kept_list.KeepsList",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vetting.web.context.page",
                "vetting.recruitment.navigation.menu",
            ],
        },
    }
]

FORM_RENDERER = "vetting.web.forms.Renderer"

# -- Data. Pages run in autocommit; only actions open a transaction.
DATABASES = {
    "default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'data.sqlite3'}"),
    "keystore": env.database("KEYSTORE_URL", f"sqlite:///{DATA_DIR / 'keys' / 'keystore.sqlite3'}"),
}
DATABASE_ROUTERS = ["config.routers.KeystoreRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits are counted in the cache, shared by the workers of a machine. Files, not a table: what is cached is
# unpickled, and whoever can write in the database must not be able to have anything run here.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA_DIR / "cache"),
        "TIMEOUT": 3600,
    }
}

# -- Who one is
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["vetting.accounts.backends.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "vetting.accounts.place_words.PlaceWordsValidator"},
]
LOGIN_URL = "/logga-in/"
LOGIN_REDIRECT_URL = "/arbete/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ROLES = "vetting.recruitment.navigation.role_names"
# Asked and told by the recruitments without knowing the room that answers.
OWN_CASE = "vetting.oversight.queries.staff.is_finalist"
STAFF_WITH = "vetting.oversight.queries.staff.staff_with"
ALARM = "vetting.oversight.watching.alarm"
# Asked by the reporting pages: who must not receive a report that names this recruitment.
REPORT_HANDLERS = "vetting.recruitment.queries.handlers.handlers_of"
# How many receive in each channel of reports: the guide for the first days asks without reaching into that room.
CHANNEL_RECIPIENTS = "vetting.reports.keys_held.channels_held"
ACCOUNT_ADAPTER = "vetting.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# A whole town hall may sit behind one address: the strict limit is per account, and it delays, it never locks out.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"login": "300/m/ip", "login_failed": "60/m/ip,5/5m/key"}
# The municipality's own sign-in, where there is one. Allauth's tables of it stay empty: who is whose is in ours.
SINGLE_SIGN_ON = sign_on.single_sign_on()
PASSWORD_ACCOUNTS = sign_on.password_accounts(SINGLE_SIGN_ON)
SOCIALACCOUNT_ADAPTER = "vetting.accounts.sso.client.SocialAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
CSRF_FAILURE_VIEW = "vetting.accounts.views.csrf_failure"
# Roles say whether they need a second factor; only the demonstration does without.
SECOND_FACTOR_REQUIRED = True
# Whether an opinion has to be signed with the approver's own security key; else the record says how it was confirmed.
SIGNED_OPINIONS_REQUIRED = env.boolean("SIGNED_OPINIONS_REQUIRED", default=False)
# Whether the personnel system is to send who has left: until it has, renewals are not shown.
ENDED_FEED = env.boolean("ENDED_FEED", default=False)
SIGN_IN_DEMANDS = "vetting.access.demands.demands_on"
# Whose word counts besides an own second factor: callables that are given one record of authentication.
SECOND_FACTOR_PROOFS = ["vetting.accounts.sso.factor.is_second_factor"]
MFA_ADAPTER = "vetting.accounts.second_factor.sealing.FactorAdapter"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 10
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Rätt person på rätt plats"

# Grants are per object, by direct foreign key; nobody is anonymous, nobody is above the rules.
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
ANONYMOUS_USER_NAME = None
# Its backend stays out: the door asks the grants itself, and `has_perm` answers for nobody.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

# In the database, not in a cache beside it: a session ended in one process is ended in all, at once.
SESSION_ENGINE = "vetting.accounts.session_store"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "vetting.web.messages.HostStorage"
MESSAGES_COOKIE_NAME, LANGUAGE_COOKIE_NAME = "__Host-messages", "__Host-language"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Beside the session: the key that opens a recipient's unlocked keys there (vetting.reports.vault).
VAULT_COOKIE_NAME = "__Host-vault"
# A candidate's stay on her own page: never a sign-in, and never read as one.
CANDIDATE_COOKIE_NAME = "__Host-candidate"
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"

# -- What browsers are told
SECURE_SSL_REDIRECT = True
# The load balancer asks for liveness inside the house, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
# "no-referrer" would make Origin null, and with it every form fail.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# -- Language and time: stored in UTC, shown and counted as legal days in Stockholm.
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# -- Files. Their names carry their content's hash, so they may be kept for ever by browsers.
STATIC_URL = "/static/"
STATIC_ROOT: Path | None = Path(env.optional("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Two mails leave the service, over audit.relay (checkpoints; that something waits). Any other is thrown away.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

LOGGING = logs.settings(env.optional("LOG_LEVEL", "WARNING"))

# What of the log lies outside the database: marks, the sealing key, anchors. Kept apart from copies of the database.
LOG_STATE = Path(env.optional("LOG_STATE", str(DATA_DIR / "log")))

# -- What the log is called outside, and whom its checkpoints are mailed to.
LOG_ORIGIN = outside.origin("LOG_ORIGIN", "localhost/rekrytering")
ANCHOR_RELAY = outside.relay("EMAIL_URL", "MAIL_FROM")
SMS_GATEWAY = outside.gateway("SMS_GATEWAY_URL", "SMS_GATEWAY_TOKEN")
ANCHOR_STDOUT = env.boolean("ANCHOR_STDOUT", default=True)
ANCHOR_MAIL_TO = outside.anchor_mail("ANCHOR_MAIL_TO", ANCHOR_RELAY, "EMAIL_URL")

AUDIT_EVENTS = "vetting.policy.events.EVENTS"
# What is checked together with the log, beyond what it covers itself.
AUDIT_ALSO = [
    "vetting.accounts.genuine.findings",
    "vetting.accounts.second_factor.held.findings",
    "vetting.accounts.sso.binding.findings",
    "config.findings.keys",
    "vetting.recruitment.signature_findings.findings",
    "vetting.recruitment.index_findings.findings",
    "vetting.disposal.findings.findings",
    "vetting.reports.findings.findings",
]
AUDIT_COVERAGE = BASE_DIR / "config" / "coverage.json"
WORK_JOBS = list(work_jobs.JOBS)
# What the demonstration tells after its recruitments, who tells its reports, and what its accounts' list tells of each.
DEMO_CHAPTERS = [
    "vetting.recruitment.demo.pool.fill",
    "vetting.recruitment.demo.everyday.fill",
    "vetting.recruitment.demo.noting.fill",
    "vetting.oversight.demo.fill",
    "vetting.oversight.demo_sample.fill",
    "vetting.disposal.demo.fill",
]
DEMO_REPORTS = "vetting.reports.demo.fill"
DEMO_ACCOUNTS_ALSO = {"vault_passphrase": "vetting.reports.demo.vault_passphrase"}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # SQLite has one writer, and seals as it writes.
    WORK_JOBS.insert(0, ("seal", "audit.sealer.seal_pending", 1))
# Done once more when the worker is told to stop, in this order: what was written last is sealed, signed and anchored.
WORK_LAST = ("seal", "checkpoint")
