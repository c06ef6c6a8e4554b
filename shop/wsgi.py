"""WSGI entry point: `gunicorn shop.wsgi`."""

import os

from shop import embedded

embedded.configure()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402  (needs the environment above)

application = get_wsgi_application()
