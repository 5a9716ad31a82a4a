"""The service as it is installed: its files by their hashed names, compressed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

COMPRESSED = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@contextmanager
def installed(folder: Path) -> Iterator[str]:
    """Its address for the block; the files are collected in `folder`."""
    from django.test.testcases import LiveServerThread

    from vetting.reports.public.handler import Door

    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": COMPRESSED}}
    collected = {"STATIC_ROOT": str(folder), "STORAGES": storages}
    with override_settings(**collected, WHITENOISE_USE_FINDERS=False, WHITENOISE_AUTOREFRESH=False):
        call_command("collectstatic", interactive=False, verbosity=0)
        server = LiveServerThread("localhost", Door)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://localhost:{server.port}"
        server.terminate()
