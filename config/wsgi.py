"""The entry point of the web server."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

from config.env import ConfigurationError

try:
    application = get_wsgi_application()
    from config import marks

    marks.refuse()
except ConfigurationError as error:
    sys.stderr.write(f"{error}\n")
    # 4 tells gunicorn that the application will not load: it stops instead of starting workers for ever.
    raise SystemExit(4) from None
