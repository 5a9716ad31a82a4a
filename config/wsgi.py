"""The entry point of the web server."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

from config.env import ConfigurationError

try:
    service = get_wsgi_application()
    from config import loaded, marks
    from vetting.reports.public.handler import Door

    marks.refuse()
    # Whoever reports is answered before anything that knows of sessions, people or logs.
    application = Door(service)
    loaded.keep()
except ConfigurationError as error:
    sys.stderr.write(f"{error}\n")
    # 4 tells gunicorn that the application will not load: it stops instead of starting workers for ever.
    raise SystemExit(4) from None
