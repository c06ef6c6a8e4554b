"""WSGI entry point: `gunicorn shop.wsgi`."""

import os

from shop import embedded

embedded.configure()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
# Exporting a model takes torch and minutes; a web process serves what others exported.
os.environ["ENCODER_EXPORTS"] = "0"

from django.core.wsgi import get_wsgi_application  # noqa: E402  (needs the environment above)

application = get_wsgi_application()
