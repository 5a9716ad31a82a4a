"""Settings of a process that starts without master keys."""

from config import settings_test

globals().update({name: value for name, value in vars(settings_test).items() if name.isupper()})
MASTER_KEYS = None
