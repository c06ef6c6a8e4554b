"""Settings, read from the environment; safe when the environment says nothing.

`docs/production.md` lists what a production machine must set.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from celery.schedules import schedule
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

from shop.admin_sidebar import NAVIGATION

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("VITRINE_DATA", default=str(BASE_DIR / ".data")))

# --- Safety -----------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    # Only the demo, which listens on loopback, may go without a key of its own: it keeps one here.
    key_file = DATA_DIR / "secret_key"
    if key_file.exists():
        SECRET_KEY = key_file.read_text().strip()
    elif "DATABASE_URL" in env.ENVIRON and not env.bool("VITRINE_EMBEDDED", default=False):
        raise ImproperlyConfigured(
            "Set SECRET_KEY to a long random string (50 characters or more)."
        )
    else:
        from django.core.management.utils import get_random_secret_key

        SECRET_KEY = get_random_secret_key()
        key_file.parent.mkdir(parents=True, exist_ok=True)
        key_file.touch(mode=0o600)
        key_file.write_text(SECRET_KEY)

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "shop.errors.csrf_failure"

CONTENT_SECURITY_POLICY = {
    # unfold's admin ships Alpine, which evaluates expressions: `shop.middleware` widens the
    # policy there and nowhere else.
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# --- Parts ------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "treebeard",
    "pictures",
    "django_htmx",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "django_countries",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # The shop. Each part may import those above it, and none below.
    "shop.store",
    "shop.mail",
    "shop.accounts",
    "shop.taxes",
    "shop.catalog",
    "shop.pricing",
    "shop.editorial",
    "shop.stock",
    "shop.intake",
    "shop.exchange",
    "shop.delivery",
    "shop.promotions",
    "shop.cart",
    "shop.orders",
    "shop.payments",
    "shop.reviews",
    "shop.wishes",
    "shop.checkout",
    "shop.fulfilment",
    "shop.discovery",
    "shop.installable",
    "shop.onboarding",
    "search",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shop.middleware.CompressionMiddleware",
    "shop.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shop.accounts.second_factor.StaffSecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shop.middleware.UnstorableInputMiddleware",
]

ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shop.context_processors.shop",
                "shop.accounts.parts.account",
                "shop.cart.context_processors.cart",
            ],
        },
    },
]

# --- Stores -----------------------------------------------------------------------------------

if "DATABASE_URL" not in env.ENVIRON:
    raise ImproperlyConfigured(
        "DATABASE_URL is not set. Set it to postgres://user:password@host/database, or start "
        "through manage.py, which runs an embedded PostgreSQL."
    )
DATABASES = {"default": env.db_url("DATABASE_URL", engine="django.db.backends.postgresql")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
# The statements of a search are prepared at once: their text never changes. A connection pooler
# that cannot keep prepared statements needs PREPARED_STATEMENTS=0.
if env.bool("PREPARED_STATEMENTS", default=True):
    DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 5
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
# Short waits: a Redis that is down or frozen must cost a page little. The cache forgives errors.
REDIS_SOCKET_TIMEOUT = 0.5
CACHES = {
    "default": {
        "BACKEND": "shop.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "vitrine",
        "OPTIONS": {
            "socket_timeout": REDIS_SOCKET_TIMEOUT,
            "socket_connect_timeout": REDIS_SOCKET_TIMEOUT,
        },
    },
}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "shop.static_storage.SmallStorage"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# A page whose stylesheet was not collected is plain; it is not an error.
WHITENOISE_MANIFEST_STRICT = False
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "shop.stylesheet.StylesheetFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(DATA_DIR / "media")))
# The shop serves its own pictures unless a proxy in front does.
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=True)

# --- Uploads ----------------------------------------------------------------------------------

IMAGE_MAX_BYTES = 10 * 1024 * 1024
IMAGE_MAX_PIXELS = 50_000_000
# The longer side of what is stored; more is shrunk to it.
IMAGE_MAX_SIDE = 2400
# The ports that an import asks for pictures by their addresses, where it may at all.
PICTURE_FETCH_PORTS = [80, 443]
# Files of imports and exports, which only the admin's pages give out. Web processes and workers
# share the place.
EXCHANGE_ROOT = Path(env.str("EXCHANGE_ROOT", default=str(DATA_DIR / "exchange")))
# What an import may have through the browser (the command has no limit), the days after which
# files are removed, and those after which imports and exports are forgotten.
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_MB", default=1024) * 1024**2
EXCHANGE_FILE_DAYS = env.int("EXCHANGE_FILE_DAYS", default=7)
EXCHANGE_DAYS = env.int("EXCHANGE_DAYS", default=180)
# A shopper's photo stays in memory: Django's default handlers spool more than 2.5 MB to disk as
# it came, location and all.
FILE_UPLOAD_HANDLERS = ["shop.uploads.BoundedMemoryUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# The widths of renditions, in pixels: a thumbnail, a card (and one on a dense screen), a product
# page. Pages prefer AVIF.
PICTURE_WIDTHS = {
    "AVIF": [160, 320, 640, 960, 1280],
    "WEBP": [320, 640, 1280],
}
PICTURES = {
    "FILE_TYPES": ["AVIF", "WEBP"],
    "USE_PLACEHOLDERS": False,
    # Renditions are made by `shop.catalog.renditions`, whose queue survives a broker that is down.
    "PROCESSOR": "pictures.tasks.noop",
}

# --- Tasks ------------------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
# A task that kills its worker must not come back for ever: the database counts its attempts.
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 840
# Beyond the time limit: what is not acknowledged by then is delivered again. A task that takes
# longer acknowledges early.
CELERY_VISIBILITY_TIMEOUT = 1200
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": CELERY_VISIBILITY_TIMEOUT,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"visibility_timeout": CELERY_VISIBILITY_TIMEOUT}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_ROUTES = {
    # No vector waits for these, and indexes take hours in a large shop, which therefore has a
    # worker of its own for this queue.
    "search.tasks.check_recall": {"queue": "celery"},
    "search.tasks.update_indexes": {"queue": "celery"},
    "search.versions.tasks.prepare_model": {"queue": "celery"},
    "search.versions.tasks.compare_models": {"queue": "celery"},
    "search.versions.tasks.drop_models": {"queue": "celery"},
    "search.versions.tasks.teach_models": {"queue": "celery"},
    "search.tasks.update_statistics": {"queue": "celery"},
    "search.events.tasks.make_report": {"queue": "celery"},
    "search.tasks.make_colors": {"queue": "pictures"},
    "search.tasks.sweep_colors": {"queue": "pictures"},
    "search.tasks.read_attributes": {"queue": "celery"},
    "search.tasks.decide_suggestions": {"queue": "celery"},
    "search.tasks.*": {"queue": "embeddings"},
    "search.duplicates.tasks.*": {"queue": "pictures"},
    # A merchant waits for it, at most some seconds at a time.
    "search.desk.tasks.*": {"queue": "celery"},
    # Shoppers' clicks wait behind no other's thousand messages.
    "search.events.tasks.*": {"queue": "events"},
    # 9 is the lowest: a worker takes it when there is nothing else in any of its queues.
    "shop.catalog.tasks.sweep_avif": {"queue": "pictures", "priority": 9},
    "shop.catalog.tasks.*": {"queue": "pictures"},
    # A shopper waits for a mail: it waits behind no picture.
    "shop.mail.tasks.*": {"queue": "mail"},
    # Nor does money wait until an index is made.
    "shop.payments.tasks.*": {"queue": "payments"},
    "shop.onboarding.tasks.*": {"queue": "pictures"},
    "shop.intake.tasks.*": {"queue": "pictures"},
    # Minutes long: no picture waits for them.
    "shop.exchange.tasks.*": {"queue": "celery"},
}
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TIMEZONE = "UTC"
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=15.0)
# A sweep that nobody took for so long is worth nothing, since others were rung for meanwhile: it
# expires. Not before: a worker that is busy for minutes takes none that is younger.
BELL_SECONDS = 600.0
CELERY_BEAT_SCHEDULE = {
    "sweep-renditions": {
        "task": "shop.catalog.tasks.sweep_renditions",
        "schedule": schedule(4 * SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    },
    "sweep-avif": {
        "task": "shop.catalog.tasks.sweep_avif",
        "schedule": schedule(4 * SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    },
    "sweep-mail": {
        "task": "shop.mail.tasks.sweep_mail",
        "schedule": schedule(2 * SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    },
    "continue-removal": {
        "task": "shop.onboarding.tasks.continue_removal",
        "schedule": schedule(4 * SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    },
    "clear-drafts": {
        "task": "shop.intake.tasks.clear_drafts",
        "schedule": schedule(4 * SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    },
    "sweep-exchange": {
        "task": "shop.exchange.tasks.sweep",
        "schedule": schedule(SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    },
    "forget-exchanged": {
        "task": "shop.exchange.tasks.forget_old",
        "schedule": schedule(3600),
        "options": {"expires": 3600},
    },
    "forget-mail": {
        "task": "shop.mail.tasks.forget_mail",
        "schedule": schedule(3600),
        "options": {"expires": 3600},
    },
    "apply-sales": {
        "task": "shop.pricing.tasks.apply_sales",
        "schedule": schedule(60),
        "options": {"expires": BELL_SECONDS},
    },
    "tell-restocked": {
        "task": "shop.wishes.tasks.tell_restocked",
        "schedule": schedule(60),
        "options": {"expires": BELL_SECONDS},
    },
    "ask-for-reviews": {
        "task": "shop.reviews.tasks.ask_for_reviews",
        "schedule": schedule(900),
        "options": {"expires": 900},
    },
    "forget-old-requests": {
        "task": "shop.wishes.tasks.forget_old_requests",
        "schedule": schedule(3600),
        "options": {"expires": 3600},
    },
}

if "search" in INSTALLED_APPS:
    CELERY_BEAT_SCHEDULE["sweep-embeddings"] = {
        "task": "search.tasks.sweep",
        "schedule": schedule(SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    }
    CELERY_BEAT_SCHEDULE["sweep-colors"] = {
        "task": "search.tasks.sweep_colors",
        "schedule": schedule(4 * SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    }
    CELERY_BEAT_SCHEDULE["sweep-duplicates"] = {
        "task": "search.duplicates.tasks.sweep_duplicates",
        "schedule": schedule(4 * SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    }
    CELERY_BEAT_SCHEDULE["read-attributes"] = {
        "task": "search.tasks.read_attributes",
        "schedule": schedule(2 * SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    }
    CELERY_BEAT_SCHEDULE["decide-suggestions"] = {
        "task": "search.tasks.decide_suggestions",
        "schedule": schedule(2 * SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    }
    CELERY_BEAT_SCHEDULE["run-lab"] = {
        "task": "search.desk.tasks.run_lab",
        "schedule": schedule(2 * SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    }
    CELERY_BEAT_SCHEDULE["check-recall"] = {
        "task": "search.tasks.check_recall",
        "schedule": schedule(600),
        "options": {"expires": 600},
    }
    CELERY_BEAT_SCHEDULE["store-events"] = {
        "task": "search.events.tasks.store",
        # Does not expire: a worker that is busy for minutes takes an old one, which stores all.
        "schedule": schedule(10),
    }
    CELERY_BEAT_SCHEDULE["forget-events"] = {
        "task": "search.events.tasks.forget_old",
        "schedule": schedule(3600),
        "options": {"expires": 3600},
    }

# --- Mail -------------------------------------------------------------------------------------

# Where shoppers reach the shop, for the links in mails; and, if it is set, for what the pages call
# themselves to search engines (`shop.origin`).
SHOP_URL = CANONICAL_URL = env.str("SHOP_URL", default="").rstrip("/")
if not SHOP_URL:
    host = ALLOWED_HOSTS[0].lstrip(".") if ALLOWED_HOSTS and ALLOWED_HOSTS[0] != "*" else ""
    if host in ("", "localhost"):
        host = "localhost:8000"
    SHOP_URL = f"{'https' if HTTPS else 'http'}://{host}"
SHOP_HOST = urlsplit(SHOP_URL).hostname or "localhost"
# /mailbox/ shows what was sent to whom, to everybody: for the demo alone. Mails keep their texts.
MAILBOX = env.bool("MAILBOX", default=env.bool("VITRINE_DEMO", default=False))
# Without a server mails stay in the outbox, but for the demo's, which the mailbox delivers.
EMAIL_URL = env.str("EMAIL_URL", default="")
MAIL_IS_SENT = bool(EMAIL_URL) or MAILBOX
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
elif MAILBOX:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_TIMEOUT = 20
# Who mails come from, until the shop's settings name an address.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"noreply@{SHOP_HOST}")
# Seconds from the first attempt to send a mail to the second; each pause is three times the last.
MAIL_PAUSE = env.float("MAIL_PAUSE", default=30.0)
MAIL_DAYS = 90
# So many days after an order was sent its buyer is asked for reviews; 0 for never, since in many
# countries such a mail needs consent.
REVIEW_REQUEST_DAYS = env.int("REVIEW_REQUEST_DAYS", default=0)

# --- Payments ---------------------------------------------------------------------------------

# How shoppers may pay, the first choice first: "stripe", and "test", by which no money moves.
# On the embedded database nobody sells anything.
PAYMENT_TESTS_ARE_SAFE = env.bool("VITRINE_EMBEDDED", default=False)
PAYMENT_GATEWAYS = env.list("PAYMENT_GATEWAYS", default=["test"] if PAYMENT_TESTS_ARE_SAFE else [])
# Seconds until what a gateway did not answer is asked again, the first time; then twice as long,
# and so on. Longer than a request takes with all its repetitions.
PAYMENT_PAUSE = env.float("PAYMENT_PAUSE", default=30.0)
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="")
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", default="")
STRIPE_API_BASE = env.str("STRIPE_API_BASE", default="https://api.stripe.com")
if "stripe" in PAYMENT_GATEWAYS:
    # Browsers hold a form to this even where its answer sends them on, as to pay.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += [
        env.str("STRIPE_CHECKOUT", default="https://checkout.stripe.com")
    ]
CELERY_BEAT_SCHEDULE |= {
    "sweep-payments": {
        "task": "shop.payments.tasks.sweep_payments",
        "schedule": schedule(SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    },
    "expire-unpaid": {
        "task": "shop.payments.tasks.expire_unpaid",
        "schedule": schedule(2 * SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    },
}
if "test" in PAYMENT_GATEWAYS:
    CELERY_BEAT_SCHEDULE["settle-test-charges"] = {
        "task": "shop.payments.tasks.settle_test_charges",
        "schedule": schedule(SWEEP_SECONDS),
        "options": {"expires": BELL_SECONDS},
    }

# --- Search -----------------------------------------------------------------------------------

MODEL_CACHE = Path(env.str("MODEL_CACHE", default=str(DATA_DIR / "models")))
# Whether this process may export a model to ONNX (needs torch). Web processes never do.
ENCODER_EXPORTS = env.bool("ENCODER_EXPORTS", default=True)
# Cores for one run of a model; 0 is all. Measured on two, ViT-B-32: a lone text 8 ms with both and
# 14 with one, a photo 63 and 120; four at a time keep the cores busy either way.
ENCODER_THREADS = env.int("ENCODER_THREADS", default=0)
# Whether shoppers' queries may use int8 towers, where the export found the ranking unharmed.
ENCODER_INT8 = env.bool("ENCODER_INT8", default=True)
EMBEDDING_BATCH = env.int("EMBEDDING_BATCH", default=64)
# For so many days what is new is embedded for the model before the live one, too, so that going
# back to it takes no time and nothing is missing. It costs a second vector for every new picture
# and text, and the model's memory in every web process. 0: not at all.
MODEL_KEEP_DAYS = env.float("MODEL_KEEP_DAYS", default=7.0)
# Niceness of workers: where they share cores with web processes, nobody waits for them, and
# shoppers do for those.
WORKER_NICE = env.int("WORKER_NICE", default=10)
# What making an index may use in the database: MB (where the graph of all vectors does not fit in,
# it takes many times longer), and processes beside the first.
INDEX_MEMORY = env.int(
    "INDEX_MEMORY",
    default=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4 // 2**20,
)
INDEX_WORKERS = env.int("INDEX_WORKERS", default=max(1, (os.cpu_count() or 1) // 2))
# The share of searches kept as samples for the check of recall: vectors and filters, no person
# (`search.recall_samples`). 0 keeps none.
RECALL_SAMPLE_RATE = env.float("RECALL_SAMPLE_RATE", default=0.01)
# What was searched, shown, clicked, put in the cart and bought, without a person (docs/events.md):
# whether at all; for how many days; and the words of searches for how many of them, 0 for none.
EVENTS = env.bool("EVENTS", default=True)
EVENTS_DAYS = env.int("EVENTS_DAYS", default=90)
EVENTS_WORDS_DAYS = env.int("EVENTS_WORDS_DAYS", default=90)
# Who may read /metrics: whoever sends this as a bearer token. Without one there is no such page.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# --- API --------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "shop.api.problems.exception_handler",
    # Who asks: the address that the proxy saw. Without a proxy X-Forwarded-For is anybody's claim.
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
    "DEFAULT_THROTTLE_RATES": {
        "search": env.str("THROTTLE_SEARCH", default="600/min"),
        "photo": env.str("THROTTLE_PHOTO", default="240/min"),
        "suggestions": env.str("THROTTLE_SUGGESTIONS", default="1800/min"),
        "events": env.str("THROTTLE_EVENTS", default="120/min"),
        "placing": env.str("THROTTLE_PLACING", default="60/min"),
        "placing-session": env.str("THROTTLE_PLACING_SESSION", default="10/min"),
        "voucher": env.str("THROTTLE_VOUCHER", default="30/min"),
        "contact": env.str("THROTTLE_CONTACT", default="10/hour"),
        "review": env.str("THROTTLE_REVIEW", default="20/hour"),
        "find_order": env.str("THROTTLE_FIND_ORDER", default="10/min"),
        "back_in_stock": env.str("THROTTLE_BACK_IN_STOCK", default="20/hour"),
    },
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Vitrine API",
    "DESCRIPTION": "Everything a shopper can do.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
}

# --- Checkout ---------------------------------------------------------------------------------

# Days after which visitors' carts, and checkouts with their addresses, are forgotten.
CART_DAYS = 60
CELERY_BEAT_SCHEDULE["forget-abandoned"] = {
    "task": "shop.checkout.tasks.forget_abandoned",
    "schedule": schedule(24 * 3600),
    "options": {"expires": 3600},
}

# --- Accounts ---------------------------------------------------------------------------------

# allauth's backend is Django's, and also finds users by their e-mail addresses.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:overview"
LOGOUT_REDIRECT_URL = "catalog:home"

ACCOUNT_ADAPTER = "shop.accounts.adapter.AccountAdapter"
ACCOUNT_USER_DISPLAY = "shop.accounts.adapter.display_name"
ACCOUNT_FORMS = {
    "login": "shop.accounts.forms.LoginForm",
    "signup": "shop.accounts.forms.SignupForm",
    "add_email": "shop.accounts.forms.AddEmailForm",
    "change_password": "shop.accounts.forms.ChangePasswordForm",
    "set_password": "shop.accounts.forms.SetPasswordForm",
    "reset_password": "shop.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "shop.accounts.forms.ResetPasswordKeyForm",
}
# Shoppers have an e-mail address and a password. Names are for those made by a command.
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# By link, which works in another browser too. Who wants no account buys as a guest.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up, and in no other
# Nobody learns from a page who has an account: a mail to the address itself says so.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Whoever finds an open browser changes neither password, e-mail address nor second factor.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
# How often, by address of the network and by what is asked about; counted in Redis, and by each
# process for itself while there is none (`shop.cache`). Five wrong passwords close an account for
# five minutes; a new password opens it at once.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
}
# Whose address counts: that which the proxy saw. Without a proxy the header is anybody's claim.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0

MFA_ADAPTER = "shop.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half a minute, for clocks that are not quite right
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
# Whether whoever works in the admin needs a second factor. The demo, on loopback, does without.
STAFF_SECOND_FACTOR = env.bool(
    "STAFF_SECOND_FACTOR", default=not env.bool("VITRINE_DEMO", default=False)
)
CELERY_BEAT_SCHEDULE["clear-sessions"] = {
    "task": "shop.accounts.tasks.clear_sessions",
    "schedule": schedule(24 * 3600),
    "options": {"expires": 3600},
}

# --- Faces ------------------------------------------------------------------------------------

# The first three are first values: once the shop runs, its settings in the admin hold.
SHOP_NAME = env.str("SHOP_NAME", default="Vitrine")
SHOP_CURRENCY = env.str("SHOP_CURRENCY", default="USD")
# What products are described in, as ISO 639-1 ("de"): searches reduce its words to their stems.
SHOP_LANGUAGE = env.str("SHOP_LANGUAGE", default="en")
# What the shop can speak, of what there are translations for (docs/translations.md). Visitors get
# what they choose, else what their browser asks for, else the language of the products.
LANGUAGES = [
    (code, LANG_INFO[code]["name"]) for code in env.list("SHOP_LANGUAGES", default=["en", "de"])
]
_codes = [code for code, _name in LANGUAGES]
LANGUAGE_CODE = next((code for code in (SHOP_LANGUAGE, "en") if code in _codes), _codes[0])
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True

# What says so when there is no internet. 0 removes it from the browsers that have it.
SERVICE_WORKER = env.bool("SERVICE_WORKER", default=not DEBUG)

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "shop.store.admin_parts.shop_name",
    "SITE_HEADER": "shop.store.admin_parts.shop_name",
    "SITE_URL": "/",
    "SITE_SYMBOL": "storefront",
    "SITE_FAVICONS": [
        {
            "rel": "icon",
            "type": "image/svg+xml",
            "href": lambda request: static("favicon.svg"),
        }
    ],
    "SHOW_HISTORY": True,
    "SIDEBAR": {
        "show_search": True,
        "navigation": NAVIGATION,
    },
    "STYLES": [
        lambda request: static("css/admin.css"),
        lambda request: static("css/admin-orders.css"),
        lambda request: static("css/admin-editorial.css"),
        lambda request: static("css/admin-intake.css"),
        lambda request: static("css/admin-duplicates.css"),
        lambda request: static("css/admin-suggestions.css"),
        lambda request: static("css/admin-model.css"),
        lambda request: static("css/admin-exchange.css"),
        lambda request: static("css/admin-desk.css"),
        lambda request: static("css/admin-board.css"),
    ],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django.request": {"level": "ERROR"}},
}
