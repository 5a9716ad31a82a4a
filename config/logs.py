"""A server log without personal data: what happened and where in the code, never with which values."""

import logging
import time
import traceback
from typing import Any

# Loggers whose messages are written by this service or hold no more than an address without its query.
SPEAKING = ("django.request", "django.security", "config", "audit", "vetting", "gunicorn")


class PlaceFormatter(logging.Formatter):
    """Prints an exception as its type and the places it passed, for its text may quote a row or a form.

    Messages of other libraries are reduced to their template, without the arguments.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record as text; leaves the record itself as it was, for other handlers."""
        clean = logging.makeLogRecord(record.__dict__)
        if not record.name.startswith(SPEAKING):
            clean.msg, clean.args = str(record.msg).split("\n", 1)[0][:200], None
        clean.exc_text = clean.stack_info = None
        return super().format(clean)

    def formatException(self, ei: object) -> str:  # the standard library's own spelling
        """The type and the frames of the exception, without its text."""
        if not isinstance(ei, tuple) or ei[0] is None:
            return ""
        frames = traceback.extract_tb(ei[2])
        places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return "\n".join([*places, f"  {ei[0].__module__}.{ei[0].__qualname__}"])


def settings(level: str) -> dict[str, Any]:
    """What is logged where, at `level` and above: one line per fault on standard error, never a value."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"()": "config.logs.PlaceFormatter"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "plain"},
            "null": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": level},
        # Django's own handlers would mail and print requests whole.
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            # Statements carry values; they are never printed, whatever the level.
            "django.db.backends": {"handlers": ["null"], "level": "ERROR", "propagate": False},
        },
    }
