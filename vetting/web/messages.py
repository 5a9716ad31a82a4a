"""One-time messages in a cookie whose name binds it to this host: no neighbouring site can set one that we show."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookieStorage(CookieStorage):
    """Django's signed cookie under the name MESSAGES_COOKIE_NAME."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


class HostStorage(FallbackStorage):
    """The cookie, and the session where the messages do not fit in it."""

    storage_classes = (HostCookieStorage, SessionStorage)
