"""The application server's way in. What all its processes share is made ready here, before it divides itself."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimwerk.config.settings.production")
application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402  # reads settings, which stand only now

from kimwerk.config.checks import refuse_to_start  # noqa: E402  # as above

refuse_to_start()
get_resolver().url_patterns  # noqa: B018  # asking imports all pages once

# What stands now stands until the end. Without this, looking through it for waste halts a page for a tenth of a second.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
