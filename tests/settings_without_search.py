"""The shop alone: its own tests pass with search taken out (`--ds tests.settings_without_search`)."""

from shop.settings import *  # noqa: F403
from shop.settings import CELERY_BEAT_SCHEDULE, INSTALLED_APPS

INSTALLED_APPS.remove("search")
del CELERY_BEAT_SCHEDULE["sweep-embeddings"]
