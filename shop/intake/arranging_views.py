"""The page on which photos are put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.catalog.models import Product, ProductImage
from shop.formats import number
from shop.intake import accepting, arranging, parts
from shop.intake.drafts import title_for
from shop.intake.grouping import propose
from shop.intake.models import Batch, Draft, Way
from shop.intake.showing import arranges, numbers, pictures_of, show

DRAFTS_A_PAGE = 60


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
    return show(
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
    pictures = pictures_of([draft.product_id for draft in page])
    titles = dict(drafts.values_list("pk", "product__title")) if page.paginator.count else {}
    names = dict(zip(titles, _told_apart(list(titles.values())), strict=True))
    return {
        "page": page,
        "groups": [
            {
                "draft": draft,
                "name": names.get(draft.pk, str(draft.product)),
                "target": draft.target,
                "images": pictures.get(draft.product_id or 0, []),
            }
            for draft in page
        ],
        "targets": list(names.items()),
    }


def _told_apart(titles: Sequence[str]) -> list[str]:
    """A name for each group: its title, with a number where several have the same."""
    count, number_of = Counter(titles), Counter[str]()
    names = []
    for title in titles:
        number_of[title] += 1
        numbered = {"title": title, "number": number(number_of[title])}
        several = count[title] > 1
        names.append(_("%(title)s, group %(number)s") % numbered if several else title)
    return names


def _previewed(request: HttpRequest, batch: Batch, way: str) -> dict[str, Any]:
    proposed = propose(batch, way)
    names = _told_apart([title_for(way, group.first) for group in proposed])
    named = list(zip(proposed, names, strict=True))
    page = Paginator(named, DRAFTS_A_PAGE).get_page(request.GET.get("p"))
    images = ProductImage.objects.select_related("file").in_bulk(
        [pk for group, _name in page for pk in group.images]
    )
    targets = Product.objects.in_bulk([group.target for group, _name in page if group.target])
    return {
        "page": page,
        "groups": [
            {
                "draft": None,
                "name": name,
                "target": targets.get(group.target or 0),
                "images": [images[pk] for pk in group.images if pk in images],
            }
            for group, name in page
        ],
    }


def _rearrange(request: HttpRequest, batch: Batch) -> None:
    """Do what the form asks for."""
    given, user = request.POST, cast(User, request.user)
    do = given.get("do", "")
    drafts = numbers(given.getlist("draft"))
    chosen = numbers(given.getlist("image"))
    if drafts and do != "merge":
        products = batch.drafts.filter(pk__in=drafts, state=Draft.State.OPEN).values("product")
        held = ProductImage.objects.filter(product__in=products).order_by("product", "position")
        chosen = list(dict.fromkeys([*chosen, *held.values_list("pk", flat=True)]))
    for name, by in (("left", -1), ("right", 1)):
        for image in numbers(given.getlist(name)):
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
        into, before = numbers([given.get("into", "")]), numbers([given.get("before", "")])
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
