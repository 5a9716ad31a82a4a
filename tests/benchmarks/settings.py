"""As the tests' settings, but commits are durable as in production."""

from config import env, settings_test

globals().update({name: value for name, value in vars(settings_test).items() if name.isupper()})

DATABASES = {
    alias: env.sqlite(found["NAME"]) if found["ENGINE"].endswith("sqlite3") else found
    for alias, found in settings_test.DATABASES.items()
}
DEMO = True
MUNICIPALITY_NAME = "Nordviks kommun"
INSTALLED_APPS = [*settings_test.INSTALLED_APPS, "auditlog", "tests.benchmarks.tables"]
# Whoever asks for what she may not see is answered 404, here as anywhere; nobody reads of it.
LOGGING = {
    **settings_test.LOGGING,
    "loggers": {**settings_test.LOGGING["loggers"], "django.request": {"level": "ERROR"}},
}
