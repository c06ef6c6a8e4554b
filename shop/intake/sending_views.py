"""Sending photos: the page to drop them on, and what a script asks of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import ADDITION
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.intake import arranging, parts
from shop.intake.archives import UnreadableArchive, is_archive, members_of
from shop.intake.models import Batch, Draft, File
from shop.intake.receiving import (
    MOST_FILES,
    Announced,
    Busy,
    TooManyFiles,
    announce_files,
    counts_of,
    create_batch,
    is_lost,
    receive,
)
from shop.intake.showing import sends, show

BATCHES_A_PAGE = 25
NAMED = 200  # files that a page names one by one
ANNOUNCED_AT_ONCE = 500
PER_FORM = 100  # files: Django's DATA_UPLOAD_MAX_NUMBER_FILES


@sends
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A place to drop photos, and the uploads so far."""
    page = Paginator(Batch.objects.select_related("owner"), BATCHES_A_PAGE).get_page(
        request.GET.get("p")
    )
    batches = list(page)
    counts = counts_of(batches)
    open_ones = Draft.objects.filter(batch__in=batches, state=Draft.State.OPEN)
    left = dict(open_ones.values_list("batch").annotate(n=Count("pk")).order_by())
    rows = [
        {"batch": one, "counts": counts[one.pk], "drafts_left": left.get(one.pk, 0)}
        for one in batches
    ]
    return show(
        request,
        "intake/index.html",
        title=_("Add photos"),
        rows=rows,
        page=page,
        **_sending(),
    )


def _sending() -> dict[str, Any]:
    return {
        "most_files": MOST_FILES,
        "most_bytes": settings.IMAGE_MAX_BYTES,
        "most_megabytes": settings.IMAGE_MAX_BYTES // 1024**2,
        "per_form": PER_FORM,
        "announced_at_once": ANNOUNCED_AT_ONCE,
    }


@sends
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A new upload: for a script, which then sends the files; or with all files of a form."""
    user = cast(User, request.user)
    batch = create_batch(owner=user)
    arranging.log(batch, user, _("Photos uploaded."), ADDITION)
    if request.POST.get("by") == "script":
        return JsonResponse(
            {
                "page": batch.get_absolute_url(),
                **{
                    name: reverse(f"admin:intake_batch_{name}", args=[batch.pk])
                    for name in ("announce", "send", "state")
                },
            }
        )
    return _take_form(request, batch)


@sends
def photos(request: HttpRequest, pk: int) -> HttpResponse:
    """What came, what did not and why; and a place to drop more."""
    batch = get_object_or_404(Batch.objects.select_related("owner"), pk=pk)
    if request.method == "POST":
        return _take_form(request, batch)
    files = batch.files.select_related("product")
    return show(
        request,
        "intake/photos.html",
        title=str(batch),
        batch=batch,
        status=_status(batch),
        refused=list(files.filter(state=File.State.REFUSED)[:NAMED]),
        missing=list(files.filter(state=File.State.MISSING)[:NAMED]),
        known=list(files.filter(state=File.State.KNOWN)[:NAMED]),
        named=NAMED,
        step="photos",
        **_sending(),
    )


@sends
@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, for the page to follow."""
    return JsonResponse(_status(get_object_or_404(Batch, pk=pk)))


def _status(batch: Batch) -> dict[str, Any]:
    counts = counts_of([batch])[batch.pk]
    keys = list(
        batch.files.filter(image__isnull=False).order_by("pk").values_list("image", flat=True)
    )
    found = None
    if parts.found_counters and keys:
        found = min(counter(keys) for counter in parts.found_counters)
    return {**counts, "all": sum(counts.values()), "kept": len(keys), "found": found}


@sends
@require_POST
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """JSON: `{"files": [{"key", "name", "folder", "size"}, ...]}`; what is known of each."""
    batch = get_object_or_404(Batch, pk=pk)
    try:
        given = json.loads(request.body)["files"]
        files = [
            Announced(
                key=str(one["key"])[:64],
                name=str(one["name"]),
                folder=str(one.get("folder", "")),
                size=int(one.get("size", 0)),
            )
            for one in given[:ANNOUNCED_AT_ONCE]
        ]
        if not all(one.key for one in files):
            raise ValueError("A file without a key.")
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"error": _("The list of files cannot be read.")}, status=400)
    try:
        rows = announce_files(batch=batch, files=files)
    except TooManyFiles as error:
        return JsonResponse({"error": str(error)}, status=409)
    return JsonResponse({"files": [_answer(row) for row in rows.values()]})


@sends
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """One file, with its key, name and folder; what became of it. 503: send it again."""
    batch = get_object_or_404(Batch, pk=pk)
    file = request.FILES.get("photo")
    key = request.POST.get("key", "")[:64]
    if file is None or not key:
        return JsonResponse({"error": _("No file came with the request.")}, status=400)
    announced = Announced(
        key=key,
        name=request.POST.get("name") or str(file.name),
        folder=request.POST.get("folder", ""),
    )
    try:
        row = receive(batch=batch, announced=announced, file=file)  # type: ignore[arg-type]
    except TooManyFiles as error:
        return JsonResponse({"error": str(error)}, status=409)
    except Busy as error:
        return JsonResponse({"error": str(error)}, status=503, headers={"Retry-After": "2"})
    return JsonResponse(_answer(row))


def _answer(row: File) -> dict[str, Any]:
    """What became of a file, for the page that sent it."""
    answer: dict[str, Any] = {"key": row.key, "state": row.state, "text": row.reason}
    if is_lost(row):
        answer["state"] = File.State.MISSING
    elif row.state == File.State.KNOWN and row.product:
        answer["text"] = _("Already there: a photo of “%(title)s”.") % {"title": row.product.title}
        answer["link"] = reverse("admin:catalog_product_change", args=[row.product_id])
    return answer


def _take_form(request: HttpRequest, batch: Batch) -> HttpResponse:
    """All files of a form without a script, and the members of ZIPs among them."""
    files = cast("Sequence[UploadedFile[Any]]", request.FILES.getlist("photos"))
    if not files:
        messages.warning(request, _("Choose photos first."))
    try:
        for file in files:
            if is_archive(file):  # type: ignore[arg-type]
                _take_archive(request, batch, file)
            else:
                data = file.read()
                _take(batch, str(file.name), data)
    except TooManyFiles as error:
        messages.error(request, str(error))
    arranging.settle(batch)
    return redirect(batch)


def _take_archive(request: HttpRequest, batch: Batch, file: UploadedFile[Any]) -> None:
    try:
        for member in members_of(file):  # type: ignore[arg-type]
            folder, _slash, name = member.path.replace("\\", "/").rpartition("/")
            if member.data is None:
                key = hashlib.sha256(f"{member.path} {member.size}".encode()).hexdigest()
                announced = [Announced(key, name, folder, 0)]
                row = announce_files(batch=batch, files=announced)[key]
                row.state, row.reason = File.State.REFUSED, member.problem
                row.save(update_fields=["state", "reason"])
            else:
                _take(batch, name, member.data, folder)
    except UnreadableArchive as error:
        messages.error(request, f"{file.name}: {error}")


def _take(batch: Batch, name: str, data: bytes, folder: str = "") -> None:
    key = hashlib.sha256(f"{folder}/{name} ".encode() + data).hexdigest()
    try:
        receive(batch=batch, announced=Announced(key, name, folder), file=data)
    except Busy:
        pass  # it stays missing, and the page says so
