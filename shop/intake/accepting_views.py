"""The page on which drafts become products."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.catalog.models import ProductImage
from shop.formats import number
from shop.intake import accepting, arranging, parts
from shop.intake.forms import Categories, DraftForm, FillForm
from shop.intake.models import Batch, Draft
from shop.intake.showing import accepts, numbers, pictures_of, show
from shop.intake.skus import free_skus

ROWS_A_PAGE = 50


@accepts
def products(request: HttpRequest, pk: int) -> HttpResponse:
    """A row for each draft, to be made a product."""
    batch = get_object_or_404(Batch, pk=pk)
    drafts = accepting.open_drafts(batch)
    page = Paginator(drafts, ROWS_A_PAGE).get_page(request.GET.get("p"))
    categories = Categories.read()
    if request.method != "POST":
        rows = _rows(list(page), categories)
        fill = FillForm(prefix="all", categories=categories)
        return _accept_page(request, batch, page, rows, fill)
    # Rows that were on the page when it was opened, wherever they are now.
    given = {name.partition("-")[0][1:] for name in request.POST if name.startswith("d")}
    rows = _rows(list(drafts.filter(pk__in=numbers(given))), categories, data=request.POST)
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
    # What was typed and does not hold is shown as it was; all else is kept, and read again.
    bad = {row.draft.pk: row for row in rows if row.draft.pk in here and row.errors}
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
    keys = numbers([which])
    if do == "alone" and keys:
        accepting.stand_alone(batch=batch, draft=keys[0], actor=user)
    elif do == "discard" and keys:
        products = batch.drafts.filter(pk=keys[0]).values("product")
        images = ProductImage.objects.filter(product__in=products).values_list("pk", flat=True)
        arranging.discard(batch=batch, images=list(images), actor=user)
    elif do == "fill":
        valid &= fill.is_valid()  # what holds is filled in even so
        if not fill.filled():
            if not fill.errors:
                messages.warning(request, _("Enter what is to be filled in."))
            return valid
        over = fill.cleaned_data["over"]
        count = accepting.fill_down(batch=batch, values=fill.filled(), over=over, actor=user)
        for row in rows:
            if row.errors:
                row.fill(fill.filled(), over=over)
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


def _rows(drafts: Sequence[Draft], categories: Categories, data: Any = None) -> list[DraftForm]:
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
    pictures = pictures_of([product.pk for product in held])
    loaded: dict[str, Any] = {}
    for loader in parts.draft_loaders:
        loaded |= loader(request, held)
    return show(
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
