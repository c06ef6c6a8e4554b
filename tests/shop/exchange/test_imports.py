"""An import from its check to its end, step by step."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from shop.catalog.models import Product, Variant
from shop.exchange import files, imports, running, upkeep, watching
from shop.exchange.journal import DatabaseJournal
from shop.exchange.models import CatalogImport, ImportState
from shop.exchange.watching import Watch
from shop.locks import try_lock
from tests.shop.exchange.making import added, checked, many, started, table

pytestmark = pytest.mark.django_db


def run_to_the_end(seconds: float = 60) -> None:
    while running.continue_imports(seconds):
        pass


def counts(run: CatalogImport) -> dict[str, int]:
    run.refresh_from_db()
    names = ("done", "created", "updated", "unchanged", "skipped", "problems", "warnings")
    return {name: getattr(run, name) for name in names if getattr(run, name)}


def test_a_check_writes_nothing_and_says_what_would_be() -> None:
    run = checked(table("Red boots,B-1,89.00,4", "Blue mug,M-1,cheap,3"))

    assert run.state == ImportState.CHECKED
    assert not Product.objects.exists()
    assert run.plan is not None
    assert run.plan["products_created"] == 1
    assert [(one["line"], one["handle"]) for one in run.plan["problems"]] == [(3, "blue-mug")]
    assert (files.folder_of(run.key) / files.PREVIEW).read_text().count("red-boots") == 1


def test_an_import_does_what_the_check_said_and_its_report_says_so(admin_user: Any) -> None:
    first = started(many(3), actor=admin_user)
    run_to_the_end()
    assert counts(first) == {"done": 3, "created": 3}

    run = started(
        table("Thing 0,T-0,10.00,5", "Thing 1,T-1,12.00,5", "New,N-1,1.00,1", "Bad,X-1,?,1"),
        actor=admin_user,
    )
    run_to_the_end()

    assert counts(run) == {
        **{"done": 4, "created": 1, "updated": 1, "unchanged": 1, "skipped": 1, "problems": 1}
    }
    assert run.state == ImportState.DONE
    assert Variant.objects.get(sku="T-1").price == 12
    changed = run.lines.get(kind="updated")
    assert changed.changes == [["T-1, price", "10.00", "12.00"]]
    problem = run.lines.get(kind="skipped")
    assert (problem.line, problem.handle) == (5, "bad")
    assert "no number" in problem.message
    assert LogEntry.objects.filter(content_type__model="catalogimport").count() == 4


@pytest.mark.django_db(transaction=True)
def test_in_slices_it_does_the_same_as_at_once(
    admin_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.count()  # so that how fast the machine is says nothing
    clock = SimpleNamespace(monotonic=lambda: float(next(ticks)))
    monkeypatch.setattr(watching, "time", clock)
    rows = [f"Thing {n},T-{n},{'bad' if n % 5 == 0 else '10.00'},5" for n in range(20)]
    run = started(table(*rows, "Thing 3,T-1,10.00,5"), actor=admin_user)

    slices = 1
    while running.continue_imports(0):
        slices += 1

    assert slices > 3
    assert counts(run) == {"done": 20, "created": 16, "skipped": 4, "problems": 5}
    assert run.lines.filter(kind="skipped").count() == 4
    assert run.lines.filter(kind="problem").count() == 1
    assert run.plan is not None
    assert run.plan["skipped"] == 5  # the last row's SKU is another product's
    assert Product.objects.count() == 16


@pytest.mark.django_db(transaction=True)
def test_one_that_dies_with_a_product_counts_what_was_written(
    admin_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started(many(6), actor=admin_user)
    real = DatabaseJournal.writing

    def die(self: DatabaseJournal, outcome: Any, counts: Any) -> None:
        real(self, outcome, counts)
        if outcome.handle == "thing-3":
            raise SystemExit  # after it is noted, before it is committed

    monkeypatch.setattr(DatabaseJournal, "writing", die)
    with pytest.raises(SystemExit):
        running.continue_imports(60)
    monkeypatch.setattr(DatabaseJournal, "writing", real)
    assert counts(run) == {"done": 3, "created": 3}
    assert Product.objects.count() == 3

    run_to_the_end()

    assert counts(run) == {"done": 6, "created": 6}
    assert run.lines.count() == Product.objects.count() == 6


def test_what_kills_its_worker_is_not_tried_for_ever(
    admin_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started(many(2), actor=admin_user)
    monkeypatch.setattr(running, "import_catalog", lambda *args, **options: 1 / 0)

    for _attempt in range(3):
        with pytest.raises(ZeroDivisionError):
            running.continue_imports(60)
    running.continue_imports(60)

    run.refresh_from_db()
    assert run.state == ImportState.FAILED
    assert "interrupted 3 times" in run.error


def test_one_at_a_time(admin_user: Any) -> None:
    first = started(many(1), actor=admin_user)
    second = started(many(2), actor=admin_user)

    with try_lock("import-catalog"):
        assert CatalogImport.objects.importing().first() == first
    running.continue_imports(60)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (ImportState.DONE, ImportState.IMPORTING)


def test_it_stops_between_products(admin_user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    run = started(many(5), actor=admin_user)
    monkeypatch.setattr("shop.exchange.watching.EVERY_SECONDS", 0)
    real = DatabaseJournal.written

    def stop_there(self: DatabaseJournal, outcome: Any) -> None:
        real(self, outcome)
        if outcome.handle == "thing-1":
            imports.stop(import_id=run.pk)

    monkeypatch.setattr(DatabaseJournal, "written", stop_there)
    run_to_the_end()

    assert counts(run) == {"done": 2, "created": 2}
    assert run.state == ImportState.STOPPED
    assert Product.objects.count() == 2


def test_what_was_not_begun_stops_at_once(admin_user: Any) -> None:
    run = started(many(1), actor=admin_user)

    imports.stop(import_id=run.pk)
    run_to_the_end()

    run.refresh_from_db()
    assert run.state == ImportState.STOPPED
    assert not Product.objects.exists()


def test_a_file_of_which_a_later_line_cannot_be_read_says_which() -> None:
    run = checked(table("Boots,B-1,1.00,1") + "Schön,B-2,1.00,1".encode("latin-1"))

    assert run.state == ImportState.FAILED
    assert run.error == "Line 3 is not UTF-8 text. Save the file as “CSV UTF-8”."


def test_a_catalogue_that_changed_since_is_noticed(admin_user: Any) -> None:
    run = checked(many(1))
    assert not imports.has_changed_since(run)

    started(table("Other,O-1,1.00,1"), actor=admin_user)
    run_to_the_end()

    assert imports.has_changed_since(run)


def test_files_are_removed_after_some_days_and_undecided_ones_too(
    admin_user: Any, exchange_root: Path
) -> None:
    done = started(many(1), actor=admin_user)
    run_to_the_end()
    undecided = checked(many(2))
    CatalogImport.objects.update(
        finished_at=timezone.now() - timedelta(days=8),
        checked_at=timezone.now() - timedelta(days=8),
    )
    CatalogImport.objects.filter(pk=undecided.pk).update(finished_at=None)
    fresh = added(many(3))

    upkeep.forget_old(file_days=7, days=180)

    assert [folder.name for folder in exchange_root.iterdir()] == [str(fresh.key)]
    done.refresh_from_db()
    undecided.refresh_from_db()
    assert done.files_removed
    assert undecided.state == ImportState.DISCARDED

    CatalogImport.objects.update(finished_at=timezone.now() - timedelta(days=181))
    upkeep.forget_old(file_days=7, days=180)
    assert not CatalogImport.objects.exists()


def test_a_slice_is_never_shorter_than_what_opening_costs(
    monkeypatch: pytest.MonkeyPatch, admin_user: Any
) -> None:
    clock = [100.0]
    monkeypatch.setattr("shop.exchange.watching.time.monotonic", lambda: clock[0])
    watch = Watch(started(many(1), actor=admin_user), 20)
    clock[0] += 10  # the file was opened

    ends = []
    for _product in range(60):
        ends.append(watch())
        clock[0] += 1

    assert ends.index(True) == 51
