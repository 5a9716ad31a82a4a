"""What every page knows without asking the database."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.web.parts import Link

# Answered outside the table of addresses, by the reporting pages' own door (config.wsgi).
REPORT_PATH = "/anmal/"
FOOTER = (
    ("/om/tillganglighet/", gettext_noop("Tillgänglighetsredogörelse")),
    ("/om/personuppgifter/", gettext_noop("Så behandlas personuppgifter")),
    (REPORT_PATH, gettext_noop("Anmäl otillåten påverkan")),
    ("/demo/", gettext_noop("Exempelkonton")),
)


def page(request: HttpRequest) -> dict[str, object]:
    """Context processor: the municipality's name, whether this is a demonstration, the footer's links."""
    return {
        "municipality": getattr(settings, "MUNICIPALITY_NAME", ""),
        "demonstration": settings.DEMO,
        "footer_links": [
            Link(_(label), path) for path, label in FOOTER if path == REPORT_PATH or answers(path)
        ],
        "report_url": REPORT_PATH,
    }


@lru_cache(maxsize=32)
def answers(path: str) -> bool:
    """Whether this installation has the page; a link to one that does not exist would lead nowhere."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
