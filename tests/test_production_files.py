"""The files that no test machine runs, Dockerfile and docker-compose.yml, still hold together."""

import re
import shlex
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()

REQUIRED = {"SECRET_KEY", "POSTGRES_PASSWORD", "ALLOWED_HOSTS"}


def instructions(name: str) -> list[str]:
    return [line.removeprefix(name).strip() for line in DOCKERFILE if line.startswith(name + " ")]


def words(command: str | list[str]) -> list[str]:
    """A command's words, those of a shell's script too."""
    parts = shlex.split(command) if isinstance(command, str) else command
    return [word for part in parts for word in (part.split() if " " in part else [part])]


def test_the_services() -> None:
    assert set(SERVICES) == {"db", "redis", "setup", "web", "worker", "upkeep", "scheduler"}
    for name, service in SERVICES.items():
        one_shot = name == "setup"
        assert service["restart"] == ("no" if one_shot else "unless-stopped"), name
        assert bool(service["healthcheck"].get("test")) != one_shot, name
        assert service.get("image") or service.get("build"), name


@pytest.mark.parametrize("name", ["web", "worker", "upkeep", "scheduler"])
def test_processes_wait_for_the_setup(name: str) -> None:
    conditions = {key: value["condition"] for key, value in SERVICES[name]["depends_on"].items()}
    assert conditions == {
        "db": "service_healthy",
        "redis": "service_healthy",
        "setup": "service_completed_successfully",
    }
    assert SERVICES[name]["environment"]["DATABASE_URL"].startswith("postgres://vitrine:")
    assert SERVICES[name]["environment"]["REDIS_URL"]


def test_volumes() -> None:
    mounts = {
        (name, *volume.split(":"))
        for name, service in SERVICES.items()
        for volume in service.get("volumes", [])
    }
    # One level above PGDATA: PostgreSQL 18's image refuses the mount point of its predecessors.
    assert ("db", "database", "/var/lib/postgresql") in mounts
    assert ("redis", "redis", "/data") in mounts
    environment = dict(re.findall(r"(\w+)=(\S+)", " ".join(instructions("ENV"))))
    for name in ("setup", "web", "worker", "upkeep", "scheduler"):
        assert (name, "media", environment["MEDIA_ROOT"]) in mounts
        assert (name, "models", environment["MODEL_CACHE"]) in mounts
    assert {volume for _, volume, _ in mounts} == set(COMPOSE["volumes"])


def test_variables_are_documented() -> None:
    used = set(re.findall(r"\$\{(\w+)", COMPOSE_TEXT))
    example = (ROOT / ".env.example").read_text()
    values = dict(re.findall(r"^(\w+)=(.*)$", example, re.MULTILINE))
    assert used == set(values)
    assert {name for name, value in values.items() if not value} == REQUIRED | {
        "CSRF_TRUSTED_ORIGINS",
        "METRICS_TOKEN",
        "SHOP_URL",
        "EMAIL_URL",
        "PAYMENT_GATEWAYS",
        "STRIPE_SECRET_KEY",
        "STRIPE_WEBHOOK_SECRET",
    }
    assert set(re.findall(r"\$\{(\w+):\?", COMPOSE_TEXT)) == REQUIRED
    # The example says what compose assumes without it.
    for name, default in re.findall(r"\$\{(\w+):-([^}]*)\}", COMPOSE_TEXT):
        assert values[name] == default, name


def test_variables_are_read_by_the_settings() -> None:
    settings = (ROOT / "shop" / "settings.py").read_text()
    elsewhere = {"WEB_CONCURRENCY", "MALLOC_ARENA_MAX"}  # gunicorn's, and glibc's
    for name in ("web", "worker", "upkeep", "scheduler", "setup"):
        for variable in set(SERVICES[name]["environment"]) - elsewhere:
            assert f'"{variable}"' in settings, variable


def test_the_database_is_not_published_and_the_web_is_on_loopback() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert list(ports) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in ports["web"])


@pytest.mark.parametrize("name", ["setup", "web", "worker", "upkeep", "scheduler"])
def test_commands_name_what_exists(name: str) -> None:
    command = words(SERVICES[name]["command"])
    if "gunicorn" in command:
        assert find_spec("gunicorn") and (ROOT / "shop" / "wsgi.py").exists()
        assert "shop.wsgi" in command
    if "celery" in command:
        assert find_spec("celery") and (ROOT / "shop" / "celery.py").exists()
        assert "--app=shop" in command
    for position, word in enumerate(command):
        if word == "manage.py":
            from django.core.management import get_commands

            assert (ROOT / "manage.py").exists()
            assert command[position + 1] in get_commands()


def queues(service: str) -> set[str]:
    [option] = [word for word in SERVICES[service]["command"] if word.startswith("--queues=")]
    return set(option.removeprefix("--queues=").split(","))


def test_the_workers_take_every_queue() -> None:
    from django.conf import settings

    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    assert queues("worker") | queues("upkeep") == routed | {settings.CELERY_TASK_DEFAULT_QUEUE}


def test_what_takes_hours_holds_up_no_vector() -> None:
    assert not queues("worker") & queues("upkeep")
    assert "embeddings" in queues("worker")


def test_the_image_copies_what_exists() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert ignored[1] == "*"
    for line in instructions("COPY"):
        if line.startswith("--from"):
            continue
        *sources, _ = line.split()
        for source in sources:
            assert (ROOT / source).exists(), source
            assert f"!{source}" in ignored, source


def test_the_image_runs_as_nobody_in_particular() -> None:
    assert instructions("USER") == ["vitrine"]
    assert not [line for line in instructions("ENV") if "SECRET_KEY" in line]
    assert len(instructions("FROM")) == 2
