"""The pages of photos that arrive: sending them, putting them together, accepting them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from shop.catalog.models import Product, ProductImage
from shop.formats import number
from shop.intake import accepting, arranging, parts
from shop.intake.archives import UnreadableArchive, is_archive, members_of
from shop.intake.drafts import title_for
from shop.intake.forms import DraftForm, FillForm, category_choices
from shop.intake.grouping import propose
from shop.intake.models import Batch, Draft, File, Way
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
from shop.intake.skus import free_skus

BATCHES_A_PAGE = 25
DRAFTS_A_PAGE = 60
ROWS_A_PAGE = 50
NAMED = 200  # files that a page names one by one
ANNOUNCED_AT_ONCE = 500
PER_FORM = 100  # files: Django's DATA_UPLOAD_MAX_NUMBER_FILES

View = Callable[..., HttpResponse]


def needs(*permissions: str) -> Callable[[View], View]:
    """Lets in who has all of these permissions."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not cast(User, request.user).has_perms(permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate


sends = needs("intake.add_batch", "catalog.add_product")
arranges = needs("intake.change_batch", "catalog.change_product")
accepts = needs("intake.change_batch", "catalog.add_product", "catalog.change_product")


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


# --- All of them --------------------------------------------------------------------------------


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
    return _page(
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
    LogEntry.objects.log_actions(
        user_id=user.pk,
        queryset=[batch],
        action_flag=ADDITION,
        change_message=_("Photos uploaded."),
        single_object=True,
    )
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


# --- One upload: its photos ---------------------------------------------------------------------


@sends
def photos(request: HttpRequest, pk: int) -> HttpResponse:
    """What came, what did not and why; and a place to drop more."""
    batch = get_object_or_404(Batch.objects.select_related("owner"), pk=pk)
    if request.method == "POST":
        return _take_form(request, batch)
    files = batch.files.select_related("product")
    return _page(
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


# --- Putting together ---------------------------------------------------------------------------


@arranges
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """The photos in groups, to be moved; or (`?way=`) how they would be in other groups."""
    batch = get_object_or_404(Batch, pk=pk)
    wants_part = request.headers.get("X-Requested-With") == "fetch"
    if request.method == "POST":
        _rearrange(request, batch)
        if not wants_part:
            return redirect(request.get_full_path())
        batch.refresh_from_db()
    way = request.GET.get("way", "")
    is_preview = way in Way.values and way != batch.way and request.method != "POST"
    return _page(
        request,
        "intake/_board.html" if wants_part else "intake/arrange.html",
        title=str(batch),
        batch=batch,
        step="arrange",
        ways=_ways(batch),
        way=way if is_preview else batch.way,
        is_preview=is_preview,
        is_part=wants_part,
        undoable=batch.steps.first(),
        **(_previewed(request, batch, way) if is_preview else _board(request, batch)),
    )


def _ways(batch: Batch) -> list[tuple[str, str, str]]:
    explained = {
        Way.NAME: _("red-boot-1.jpg and red-boot-back.jpg become one product."),
        Way.FOLDER: _("Each folder becomes one product."),
        Way.SKU: _("A photo whose name begins with a SKU is added to the product that has it."),
        Way.LOOKS: _("Photos that look nearly the same become one product."),
        Way.NOTHING: _("Each photo becomes a product."),
    }
    return [
        (way.value, str(way.label), explained[way])
        for way in Way
        if way != Way.LOOKS or parts.groupers
    ]


def _board(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    drafts = accepting.open_drafts(batch)
    page = Paginator(drafts, DRAFTS_A_PAGE).get_page(request.GET.get("p"))
    pictures = _pictures([draft.product_id for draft in page])
    targets = drafts.values_list("pk", "product__title") if page.paginator.count else []
    return {
        "page": page,
        "groups": [
            {
                "draft": draft,
                "title": str(draft.product),
                "target": draft.target,
                "images": pictures.get(draft.product_id or 0, []),
            }
            for draft in page
        ],
        "targets": list(targets),
    }


def _previewed(request: HttpRequest, batch: Batch, way: str) -> dict[str, Any]:
    proposed = propose(batch, way)
    page = Paginator(proposed, DRAFTS_A_PAGE).get_page(request.GET.get("p"))
    images = ProductImage.objects.select_related("file").in_bulk(
        [pk for group in page for pk in group.images]
    )
    targets = Product.objects.in_bulk([group.target for group in page if group.target])
    return {
        "page": page,
        "groups": [
            {
                "draft": None,
                "title": title_for(way, group.first),
                "target": targets.get(group.target or 0),
                "images": [images[pk] for pk in group.images if pk in images],
            }
            for group in page
        ],
    }


def _pictures(products: Iterable[int | None]) -> dict[int, list[ProductImage]]:
    found: dict[int, list[ProductImage]] = {}
    wanted = [one for one in products if one]
    images = ProductImage.objects.filter(product__in=wanted).select_related("file")
    for image in images.order_by("position", "pk"):
        found.setdefault(image.product_id, []).append(image)
    return found


def _numbers(values: Iterable[str]) -> list[int]:
    return [int(one) for one in values if one.isascii() and one.isdigit() and len(one) < 19]


def _rearrange(request: HttpRequest, batch: Batch) -> None:
    """Do what the form asks for."""
    given, user = request.POST, cast(User, request.user)
    do = given.get("do", "")
    drafts = _numbers(given.getlist("draft"))
    chosen = _numbers(given.getlist("image"))
    if drafts and do != "merge":
        products = batch.drafts.filter(pk__in=drafts, state=Draft.State.OPEN).values("product")
        held = ProductImage.objects.filter(product__in=products).order_by("product", "position")
        chosen = list(dict.fromkeys([*chosen, *held.values_list("pk", flat=True)]))
    for name, by in (("left", -1), ("right", 1)):
        for image in _numbers(given.getlist(name)):
            arranging.shift(batch=batch, image=image, by=by, actor=user)
            return
    if do == "use" and given.get("way") in Way.values:
        count = arranging.put_together(batch=batch, way=given["way"], actor=user)
        told = ngettext("%(count)s product now.", "%(count)s products now.", count)
        messages.success(request, told % {"count": number(count)})
    elif do == "undo":
        said = arranging.undo(batch=batch, actor=user)
        if said:
            messages.success(request, _("Undone: %(what)s.") % {"what": said})
    elif do == "merge":
        if len(drafts) < 2:
            messages.warning(request, _("Choose two products or more, by the boxes beside titles."))
        arranging.merge(batch=batch, drafts=drafts, actor=user)
    elif do in ("move", "split", "each", "discard") and not chosen:
        messages.warning(request, _("Choose photos first."))
    elif do == "move":
        into, before = _numbers([given.get("into", "")]), _numbers([given.get("before", "")])
        if not into:
            messages.warning(request, _("Choose where the photos go."))
        else:
            arranging.move(
                batch=batch,
                images=chosen,
                draft=into[0],
                before=before[0] if before else None,
                actor=user,
            )
    elif do in ("split", "each"):
        arranging.split(batch=batch, images=chosen, each=do == "each", actor=user)
    elif do == "discard":
        count = arranging.discard(batch=batch, images=chosen, actor=user)
        told = ngettext("%(count)s photo discarded.", "%(count)s photos discarded.", count)
        messages.success(request, told % {"count": number(count)})


# --- Accepting ----------------------------------------------------------------------------------


@accepts
def products(request: HttpRequest, pk: int) -> HttpResponse:
    """A row for each draft, to be made a product."""
    batch = get_object_or_404(Batch, pk=pk)
    drafts = accepting.open_drafts(batch)
    page = Paginator(drafts, ROWS_A_PAGE).get_page(request.GET.get("p"))
    categories = category_choices()
    if request.method != "POST":
        rows = _rows(list(page), categories)
        fill = FillForm(prefix="all", categories=categories)
        return _accept_page(request, batch, page, rows, fill)
    # Rows that were on the page when it was opened, wherever they are now.
    given = {name.partition("-")[0][1:] for name in request.POST if name.startswith("d")}
    rows = _rows(list(drafts.filter(pk__in=_numbers(given))), categories, data=request.POST)
    # Each is asked, so that each says what is wrong.
    valid = not [row for row in rows if row.draft.target_id is None and not row.is_valid()]
    fill = FillForm(request.POST, prefix="all", categories=categories)
    accepting.save_drafts(
        batch=batch,
        values={row.draft.pk: row.values() for row in rows if row.draft.target_id is None},
        actor=cast(User, request.user),
    )
    if _carry_out(request, batch, rows, fill, valid=valid):
        return redirect(request.get_full_path())
    page = Paginator(drafts.all(), ROWS_A_PAGE).get_page(request.GET.get("p"))
    here = {draft.pk for draft in page}
    bad = {row.draft.pk: row for row in rows if row.draft.pk in here}
    missing = _rows([draft for draft in page if draft.pk not in bad], categories)
    shown = sorted([*bad.values(), *missing], key=lambda row: row.draft.pk)
    return _accept_page(request, batch, page, shown, fill)


def _carry_out(
    request: HttpRequest,
    batch: Batch,
    rows: Sequence[DraftForm],
    fill: FillForm,
    *,
    valid: bool,
) -> bool:
    """Do what the form asks for; whether nothing is left to be corrected."""
    given, user = request.POST, cast(User, request.user)
    do, _colon, which = given.get("do", "").partition(":")
    keys = _numbers([which])
    if do == "alone" and keys:
        accepting.stand_alone(batch=batch, draft=keys[0], actor=user)
    elif do == "discard" and keys:
        products = batch.drafts.filter(pk=keys[0]).values("product")
        images = ProductImage.objects.filter(product__in=products).values_list("pk", flat=True)
        arranging.discard(batch=batch, images=list(images), actor=user)
    elif do == "fill":
        if not fill.is_valid():
            return False
        if not fill.filled():
            messages.warning(request, _("Enter what is to be filled in."))
            return valid
        count = accepting.fill_down(
            batch=batch, values=fill.filled(), over=fill.cleaned_data["over"], actor=user
        )
        told = ngettext(
            "Filled in for %(count)s product.", "Filled in for %(count)s products.", count
        )
        messages.success(request, told % {"count": number(count)})
    elif do == "back" and (at := _moment(which)):
        count = accepting.take_back(batch=batch, at=at, actor=user)
        told = ngettext("%(count)s product taken back.", "%(count)s products taken back.", count)
        messages.success(request, told % {"count": number(count)})
    elif do in ("accept", "all"):
        return _accept(request, batch, rows, keys if do == "accept" else None)
    elif valid:
        messages.success(request, _("Saved."))
    return valid


def _accept(
    request: HttpRequest, batch: Batch, rows: Sequence[DraftForm], keys: Sequence[int] | None
) -> bool:
    """Accept drafts, or all; rows that have errors stay, and say what is wrong."""
    wrong = {row.draft.pk for row in rows if row.draft.target_id is None and row.errors}
    published = request.POST.get("published") == "on"
    chosen: Sequence[int] | None = keys
    if keys is None and wrong:
        every = accepting.open_drafts(batch).values_list("pk", flat=True)
        chosen = [pk for pk in every if pk not in wrong]
    elif keys is not None:
        chosen = [pk for pk in keys if pk not in wrong]
    done = accepting.accept(
        batch=batch, actor=cast(User, request.user), published=published, drafts=chosen
    )
    for row in rows:
        row.add_problems(done.problems.get(row.draft.pk, {}))
    if done.made:
        if published:
            told = ngettext(
                "%(count)s product is on sale now.",
                "%(count)s products are on sale now.",
                done.made,
            )
        else:
            told = ngettext(
                "%(count)s product was made. It is not on sale yet.",
                "%(count)s products were made. They are not on sale yet.",
                done.made,
            )
        messages.success(request, told % {"count": number(done.made)})
    if done.extended:
        told = ngettext(
            "%(count)s product got new photos.", "%(count)s products got new photos.", done.extended
        )
        messages.success(request, told % {"count": number(done.extended)})
    lacking = len(done.problems) + len(wrong if keys is None else wrong & set(keys))
    if lacking:
        told = ngettext(
            "%(count)s row is not complete: what it lacks stands below it.",
            "%(count)s rows are not complete: what they lack stands below them.",
            lacking,
        )
        messages.error(request, told % {"count": number(lacking)})
    return not lacking


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def _rows(
    drafts: Sequence[Draft], categories: Sequence[tuple[str, str]], data: Any = None
) -> list[DraftForm]:
    guesses = accepting.guess_categories(drafts)
    without = [draft for draft in drafts if not draft.sku]
    known = [draft.sku for draft in drafts if draft.sku]
    skus = dict(
        zip(
            [draft.pk for draft in without],
            free_skus([str(draft.product) for draft in without], but=known),
            strict=True,
        )
    )
    return [
        DraftForm(
            # A draft that adds photos to a product has no fields.
            None if draft.target_id else data,
            draft=draft,
            guess=guesses.get(draft.pk),
            sku=skus.get(draft.pk, ""),
            categories=categories,
        )
        for draft in drafts
    ]


def _accept_page(
    request: HttpRequest, batch: Batch, page: Any, rows: Sequence[DraftForm], fill: FillForm
) -> HttpResponse:
    held = [row.draft.product for row in rows if row.draft.product]
    pictures = _pictures([product.pk for product in held])
    loaded: dict[str, Any] = {}
    for loader in parts.draft_loaders:
        loaded |= loader(request, held)
    return _page(
        request,
        "intake/products.html",
        title=str(batch),
        batch=batch,
        step="products",
        page=page,
        rows=[
            {"form": row, "draft": row.draft, "images": pictures.get(row.draft.product_id or 0, [])}
            for row in rows
        ],
        fill=fill,
        acceptances=accepting.acceptances(batch),
        published=request.method != "POST" or request.POST.get("published") == "on",
        draft_parts=parts.draft_parts,
        **loaded,
    )
