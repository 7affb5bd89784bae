"""The application server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimwerk.config.settings.production")
application = get_wsgi_application()

if os.environ["DJANGO_SETTINGS_MODULE"] == "kimwerk.config.settings.production":
    from kimwerk.config.checks import refuse_synthetic_data

    refuse_synthetic_data()
