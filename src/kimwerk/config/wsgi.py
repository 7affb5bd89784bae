"""The application server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimwerk.config.settings.production")
application = get_wsgi_application()

from kimwerk.config.checks import refuse_to_start  # noqa: E402  # reads settings, which stand only now

refuse_to_start()
