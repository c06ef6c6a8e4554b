"""The steps of `make demo` that need Django: `setup` before the start, `watch` after it.

One process for all of `setup`, for each start of Django costs about a second. A step that has
nothing to do finds that out in a fraction of one. `search` is not imported but asked through
its commands, as every part of the shop that may stand without it.
"""

# ruff: noqa: T201  (it tells the user on the terminal what it does)

import csv
import hashlib
import io
import json
import os
import secrets
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shop import embedded
from shop.demo import DemoError, describe, kill_group, spawn
from shop.embedded_place import write_private

ADMIN = "admin"
MODEL = "vitrine-mini"
POLL_SECONDS = 2.0


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what is being done, and how long it took where that was long."""
    print(f"{title} ...", flush=True)
    began = time.monotonic()
    yield
    if (seconds := time.monotonic() - began) > 2:
        print(f"    {seconds:.0f} s", flush=True)


def setup(data: Path) -> None:
    """Bring database, static files, model, catalogue and admin user up to date."""
    migrate()
    collect_static(data)
    build_model()
    load_catalogue(data)
    load_home(data)
    open_shop(data)
    make_admin(data)


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with step("Preparing the database"):
            call_command("migrate", interactive=False, verbosity=0)


def collect_static(data: Path) -> None:
    """Collect, hash and compress the static files if one of them changed."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            found.append(f"{path} {state.st_mtime_ns} {state.st_size}")
    with once(data / "static.stamp", _fingerprint(sorted(found))) as due:
        if due:
            with step("Collecting static files"):
                call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def build_model() -> None:
    """The bundled model: exported for serving if it is not yet, live if none is."""
    models: list[dict[str, str]] = json.loads(ask("model", "list", "--json"))
    live = [model["name"] for model in models if model["state"] == "live"]
    if live not in ([], [MODEL]):
        return  # somebody chose another: building ours again would embed everything twice
    with step(f"Preparing the model {MODEL}"):
        ask("model", "build", MODEL)


def load_catalogue(data: Path) -> None:
    """Draw and import the demo catalogue, until both were done whole once.

    A product that somebody deletes or changes afterwards stays deleted or changed; only newer
    drawings, or an empty database, are a reason to import again (which doubles nothing). Nothing is
    where somebody has the demo's products removed (`shop.onboarding.demo_data`).
    """
    from django.core.management import call_command

    from shop.catalog.models import Product
    from shop.onboarding.models import DemoProduct, DemoRemoval

    if DemoRemoval.objects.exists():
        return
    target = data / "demo"
    source = embedded.PROJECT / "demo"
    apart = {"training", "home"}
    drawings = sorted(
        path for path in source.rglob("*.py") if not apart & {*path.relative_to(source).parts}
    )
    stamp = data / "catalogue.stamp"
    if stamp.exists() and not Product.objects.exists():
        stamp.unlink()
    with once(stamp, _fingerprint([path.read_text() for path in drawings])) as due:
        if due:
            with step("Drawing the demo catalogue"):
                draw(target)
            with step("Importing the demo catalogue"):
                call_command("import_catalog", str(target / "products.csv"))
        if due or not DemoProduct.objects.exists():
            remember_catalogue(target / "products.csv")


def remember_catalogue(file: Path) -> None:
    """Remember which products the demo brought, so that they can be removed."""
    from django.utils.text import slugify

    from shop.onboarding.demo_data import remember_demo

    if file.exists():
        with file.open(newline="", encoding="utf-8-sig") as rows:
            remember_demo({slugify(row["Handle"]) for row in csv.DictReader(rows)})


def load_home(data: Path) -> None:
    """Compose the home page, once, where it has no blocks. What is deleted then stays deleted."""
    from shop.demo_home import compose_home
    from shop.editorial.models import Block
    from shop.onboarding.models import DemoProduct, DemoRemoval

    if DemoRemoval.objects.exists() or not DemoProduct.objects.exists():
        return
    with once(data / "home.stamp", "1") as due:
        if due and not Block.objects.exists():
            with step("Composing the home page"):
                draw(data / "home", module="demo.home")
                compose_home(data / "home")


def draw(target: Path, *, module: str = "demo.catalogue") -> None:
    """Draw with as many processes as `module` starts; they end together when we are interrupted.

    Killed, for they would complain of each other's end; a half-written picture is drawn again.
    """
    command = [sys.executable, "-m", module, str(target)]
    process = spawn(command, dict(os.environ), None)
    try:
        code = process.wait()
    finally:
        kill_group(process)
    if code:
        raise DemoError(f"drawing the demo ({module}) failed ({describe(code)})")


def open_shop(data: Path) -> None:
    """Ways of delivery, tax rates and a voucher, once, of each where the shop has none.

    What somebody deletes or changes afterwards stays deleted or changed.
    """
    from shop.delivery.defaults import create_demo_methods
    from shop.promotions.defaults import create_demo_voucher
    from shop.taxes.defaults import create_demo_rates

    with once(data / "opened.stamp", "1") as due:
        if due:
            with step("Setting up delivery, taxes and a voucher"):
                create_demo_methods()
                create_demo_rates()
                create_demo_voucher()


def make_admin(data: Path) -> None:
    """An admin user with a generated password, kept where only its owner reads it."""
    from django.contrib.auth import get_user_model

    users, kept = get_user_model().objects, data / "admin_password"
    user = users.filter(username=ADMIN).first()
    if user is None:
        password = kept.read_text().strip() if kept.exists() else secrets.token_urlsafe(12)
        write_private(kept, password)
        users.create_superuser(ADMIN, "admin@example.com", password)
    elif kept.exists() and not user.check_password(kept.read_text().strip()):
        kept.unlink()  # changed in the admin: what we know is no longer true


def watch(data: Path) -> None:
    """Show how far the embeddings are, until all are done."""
    began, before = time.monotonic(), ""
    while True:
        counts: dict[str, int] = json.loads(ask("embeddings", "status", "--json"))
        left = counts["pending"] + counts["running"]
        total = left + counts["done"] + counts["failed"]
        if not left:
            break
        line = f"  Pictures and texts embedded: {total - left} of {total}; search finds these"
        if sys.stdout.isatty():
            print(f"\r{line} ", end="", flush=True)
        elif line != before:
            print(line, flush=True)
        before = line
        time.sleep(POLL_SECONDS)
    failed = f", {counts['failed']} failed: see the admin" if counts["failed"] else ""
    if before or failed:
        end = "\n" if before and sys.stdout.isatty() else ""
        seconds = time.monotonic() - began
        print(f"{end}  All {counts['done']} are embedded{failed} ({seconds:.0f} s).", flush=True)


def ask(*command: str) -> str:
    """What a command of `manage.py` answers."""
    from django.core.management import call_command

    output = io.StringIO()
    call_command(*command, stdout=output)
    return output.getvalue()


@contextmanager
def once(stamp: Path, fingerprint: str) -> Iterator[bool]:
    """Whether something is due; when it was done without an error, it is not until it changes."""
    due = not stamp.exists() or stamp.read_text() != fingerprint
    yield due
    if due:
        write_private(stamp, fingerprint)


def _fingerprint(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def main(arguments: list[str]) -> int:
    """`python -m shop.demo_setup setup|watch`, started by `shop.demo` with its environment."""
    parts: dict[str, Callable[[Path], None]] = {"setup": setup, "watch": watch}
    # Told to stop by a signal, end as by Ctrl-C: transactions are rolled back, files closed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    try:
        import django
        from django.core.management import CommandError

        django.setup()
        try:
            parts[arguments[0]](embedded.data_folder())
        except (CommandError, DemoError) as error:
            print(f"vitrine: {error}", file=sys.stderr)
            return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
