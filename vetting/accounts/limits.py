"""How long a sign-in lasts, in seconds. A municipality may shorten them in its settings, never by a page."""

from django.conf import settings


def idle_seconds() -> int:
    """A sign-in that is not used for this long has ended (15 minutes)."""
    return int(getattr(settings, "SIGN_IN_IDLE_SECONDS", 15 * 60))


def absolute_seconds() -> int:
    """A sign-in ends this long after it began, however much it is used (8 hours: a working day)."""
    return int(getattr(settings, "SIGN_IN_ABSOLUTE_SECONDS", 8 * 60 * 60))


def step_up_seconds() -> int:
    """A password entered again counts for this long (5 minutes)."""
    return int(getattr(settings, "STEP_UP_SECONDS", 5 * 60))


def resume_seconds() -> int:
    """A form that met an ended sign-in can be taken up again for this long (30 minutes)."""
    return int(getattr(settings, "RESUME_SECONDS", 30 * 60))
