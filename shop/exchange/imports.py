"""From an uploaded file to the end of its import, as staff asks for it.

A file is added, checked in the background (`checking`), and imported when somebody says so
(`running`). Every step is a state of its row, so that nothing is lost with a worker or a message.
"""

from __future__ import annotations

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.catalog.importing import UnreadableFile
from shop.catalog.importing.formats import detect
from shop.catalog.importing.source import open_source
from shop.catalog.models import Product
from shop.celery import dispatch
from shop.exchange import files, tasks
from shop.exchange.models import CatalogImport, ImportState
from shop.exchange.uploads import ArrivedFile, UploadRefused


class NotPossible(Exception):
    """What was asked for is not possible in the state that the import is in by now."""


def add_import(*, file: ArrivedFile, actor: User) -> CatalogImport:
    """Keep an uploaded file and have it checked; raises `UploadRefused` if it is none to import."""
    name = (file.name or "").strip()[:200] or "file"
    run = CatalogImport(
        file_name=name,
        file_size=file.size or 0,
        actor=actor,
        language=get_language() or "en",
    )
    path = files.upload_of(run.key, name)
    try:
        file.keep_at(path)
        # At once, while whoever chose the wrong file still looks.
        with open_source(path, beside=False) as source:
            detect(source)
        run.save()
    except UnreadableFile as error:
        files.remove(run.key)
        raise UploadRefused(str(error)) from error
    except BaseException:
        files.remove(run.key)
        raise
    dispatch(tasks.check_file, import_id=run.pk)
    return run


@transaction.atomic
def check_again(*, import_id: int) -> CatalogImport:
    """Compare the file with the catalogue as it is by now."""
    run = _locked(import_id, ImportState.CHECKED)
    _queue(run, ImportState.CHECKING)
    run.total = 0
    run.save()
    dispatch(tasks.check_file, import_id=run.pk)
    return run


@transaction.atomic
def start_import(*, import_id: int, fetch: bool, actor: User) -> CatalogImport:
    """Have the file imported, when it is its turn."""
    run = _locked(import_id, ImportState.CHECKED)
    _queue(run, ImportState.IMPORTING)
    run.fetch = fetch
    run.actor = actor
    run.language = get_language() or "en"
    run.save()
    _log(run, ADDITION, _("Import begun."))
    dispatch(tasks.continue_imports)
    return run


@transaction.atomic
def stop(*, import_id: int) -> CatalogImport:
    """Ask a check or an import to stop after the product that it is at."""
    run = _locked(import_id, ImportState.CHECKING, ImportState.IMPORTING)
    run.stop_requested = True
    if run.started_at is None:  # nobody is at it who could stop
        return _finish(run, _stopped(run))
    run.save()
    return run


@transaction.atomic
def discard(*, import_id: int) -> CatalogImport:
    """Decide against a file that was checked; it is removed."""
    run = _locked(import_id, ImportState.CHECKED)
    files.remove(run.key)
    run.files_removed = True
    return _finish(run, ImportState.DISCARDED)


@transaction.atomic
def finish(*, import_id: int, state: ImportState, error: str = "") -> CatalogImport:
    """Note that a check or an import has come to its end."""
    run = CatalogImport.objects.select_for_update().get(pk=import_id)
    if not run.is_running:
        return run
    return _finish(run, state, error)


def finish_stopped(*, import_id: int) -> CatalogImport:
    run = CatalogImport.objects.get(pk=import_id)
    return finish(import_id=import_id, state=_stopped(run))


def has_changed_since(run: CatalogImport) -> bool:
    """Whether the catalogue was changed after the file was checked, as far as is easily seen."""
    if run.checked_at is None:
        return False
    since = run.checked_at
    imports = CatalogImport.objects.filter(
        state__in=[ImportState.DONE, ImportState.STOPPED, ImportState.IMPORTING],
        created__gt=0,
        finished_at__gt=since,
    )
    deleted = LogEntry.objects.filter(
        content_type__app_label="catalog",
        content_type__model="product",
        action_flag=DELETION,
        action_time__gt=since,
    )
    changed = Product.objects.filter(updated_at__gt=since).order_by()
    return changed.exists() or deleted.exists() or imports.exists()


def _stopped(run: CatalogImport) -> ImportState:
    checking = run.state == ImportState.CHECKING
    return ImportState.DISCARDED if checking else ImportState.STOPPED


def _locked(import_id: int, *states: ImportState) -> CatalogImport:
    run = CatalogImport.objects.select_for_update().get(pk=import_id)
    if run.state not in states:
        raise NotPossible(
            _("“%(file)s” is “%(state)s” by now: nothing was changed by your click.")
            % {"file": run.file_name, "state": run.get_state_display()}
        )
    return run


def _queue(run: CatalogImport, state: ImportState) -> None:
    run.state = state
    run.asked_at = run.seen_at = timezone.now()
    run.started_at = run.finished_at = None
    run.done = run.attempts = 0
    run.rate = 0
    run.stop_requested = False
    run.error = ""


def _finish(run: CatalogImport, state: ImportState, error: str = "") -> CatalogImport:
    was_import = run.state == ImportState.IMPORTING
    run.state = state
    run.error = error
    run.finished_at = timezone.now()
    run.save(update_fields=["state", "error", "finished_at", "stop_requested", "files_removed"])
    if was_import:
        told = _("Import %(state)s: %(created)s products new, %(updated)s changed.") % {
            "state": run.get_state_display(),
            "created": run.created,
            "updated": run.updated,
        }
        _log(run, CHANGE, told)
    return run


def _log(run: CatalogImport, flag: int, message: str) -> None:
    if run.actor_id is not None:
        LogEntry.objects.log_actions(
            user_id=run.actor_id,
            queryset=[run],
            action_flag=flag,
            change_message=message,
            single_object=True,
        )
