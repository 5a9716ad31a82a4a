"""Icons and moments as HTML: what a page has a hundred of, made with as little work as can be."""

from datetime import date, datetime
from functools import cache

from django.core.signals import setting_changed
from django.dispatch import receiver
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_TIME = '<time datetime="{}">{}</time>'


def icon(name: str, label: str = "") -> SafeString:
    """An icon of static/vendor/icons.svg; read out only where `label` says what it means."""
    return _drawn(name, format_html('role="img" aria-label="{}"', label)) if label else _silent(name)


def when(moment: date | datetime | str | None) -> SafeString | str:
    """A day ("24 nov 2026") or a moment ("24 nov 2026 14:32"), Stockholm time, as a time element."""
    if moment is None or isinstance(moment, str):
        return moment or "–"
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
        return format_html(_TIME, moment.isoformat(), f"{_day(moment)} {moment:%H:%M}")
    return format_html(_TIME, moment.isoformat(), _day(moment))


def _day(moment: date) -> str:
    # As Django writes "j b Y", in the language of the page; reading a format costs more than its answer.
    return f"{moment.day} {MONTHS_3[moment.month]} {moment.year}"


def _drawn(name: str, said: str) -> SafeString:
    return format_html(
        '<svg class="app-icon" {}><use href="{}#{}"/></svg>', said, static("vendor/icons.svg"), name
    )


@cache
def _silent(name: str) -> SafeString:
    # There are a few dozen, and where the drawings lie does not change while the service runs.
    return _drawn(name, mark_safe('aria-hidden="true"'))


@receiver(setting_changed, dispatch_uid="web.icons")
def _forget(setting: str, **signal: object) -> None:
    if setting.startswith(("STATIC", "STORAGES")):
        _silent.cache_clear()


def progress(done: int, total: int, label: str = "", small: bool = False) -> SafeString:
    """A bar that always has its words beside it: "5 av 7"."""
    text = _("%(done)s av %(total)s") % {"done": done, "total": total}
    return format_html(
        '<span class="app-progress"{}><progress value="{}" max="{}" aria-hidden="true"></progress>'
        '<span class="app-num">{}</span></span>',
        mark_safe(' data-size="sm"') if small else "",
        done,
        total,
        f"{text} {label}".strip(),
    )
