"""The shop alone, with search taken out: `pytest --ds tests.settings_without_search`."""

from shop.settings import *  # noqa: F403
from shop.settings import CELERY_BEAT_SCHEDULE, INSTALLED_APPS

INSTALLED_APPS.remove("search")
del CELERY_BEAT_SCHEDULE["sweep-embeddings"]
del CELERY_BEAT_SCHEDULE["check-recall"]
del CELERY_BEAT_SCHEDULE["store-events"]
del CELERY_BEAT_SCHEDULE["forget-events"]
