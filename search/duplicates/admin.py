"""In the admin: the pairs that wait for an answer, one at a time; and, beside a product, what else
has its pictures."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from unfold.admin import ModelAdmin

from search import recommendations
from search.duplicates import deciding, queue
from search.duplicates.deciding import NotPossible, State
from search.duplicates.models import DuplicatePair
from shop.admin_sidebar import item
from shop.catalog.admin import ProductAdmin
from shop.catalog.models import Product
from shop.keys import key_of

QUEUE = "admin:search_duplicatepair_changelist"
# How many pairs wait below the one that is shown, and are answered in one request.
NEXT, AT_ONCE = 12, 2_000
DECIDED_SHOWN = 50


def connect() -> None:
    """Add to the shop's admin."""
    admin.site.register(DuplicatePair, DuplicatePairAdmin)
    ProductAdmin.change_form_outer_after_template = "search/duplicates/beside_product.html"
    section = next(
        (one for one in settings.UNFOLD["SIDEBAR"]["navigation"] if one["title"] == _("Catalogue")),
        None,
    )
    if section is not None:
        section["items"].append(
            item(_("Same pictures"), "content_copy", QUEUE, "catalog.change_product")
        )


class DuplicatePairAdmin(ModelAdmin):
    """Pairs are answered on a page of their own, in place of Django's list."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.queue_view), name="search_duplicatepair_changelist"),
            path("decide/", view(require_POST(self.decide_view)), name="duplicates_decide"),
            path("undo/", view(require_POST(self.undo_view)), name="duplicates_undo"),
            path("picture/", view(require_POST(self.picture_view)), name="duplicates_picture"),
            path(
                "beside/<int:product_id>/",
                view(require_safe(self.beside_view)),
                name="duplicates_beside",
            ),
        ]

    # --- Pages ----------------------------------------------------------------------------------

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """The pair that is asked about, and what follows it; or what was decided."""
        _check(request)
        show = request.GET.get("show", queue.ALL)
        if show not in queue.LABELS:
            show = queue.ALL
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Same pictures"),
            "show": show,
            "tabs": [
                {
                    "name": name,
                    "label": label,
                    "count": None if name == queue.DECIDED else queue.count(queue.chosen(name)),
                }
                for name, label in queue.LABELS.items()
            ],
            "counted": queue.COUNTED,
            "not_compared": queue.not_compared(),
            "answered": self._answered(request),
        }
        pairs = queue.chosen(show)
        if show == queue.DECIDED:
            context["decided"] = queue.shown(pairs[:DECIDED_SHOWN])
        else:
            begin = key_of(request.GET.get("from"))
            coming = queue.shown(pairs.filter(pk__lte=begin)[: NEXT + 1]) if begin else []
            if not coming:  # past the last: those that were skipped
                coming = queue.shown(pairs[: NEXT + 1])
            context["current"] = coming[0] if coming else None
            context["coming"] = coming[1:]
            context["at_once"] = AT_ONCE
        return TemplateResponse(request, "search/duplicates/queue.html", context)

    def _answered(self, request: HttpRequest) -> dict[str, Any] | None:
        """The pair that was just said to be the same, and what may follow from it."""
        key = key_of(request.GET.get("same"))
        if not key:
            return None
        pairs = queue.shown(DuplicatePair.objects.filter(pk=key, state=State.SAME))
        if not pairs:
            return None
        one = pairs[0]
        draft = deciding.draft_picture(one.pair)
        across = one.pair.image.product_id != one.pair.other.product_id
        return {
            "shown": one,
            "draft": draft.product if draft and across else None,
            "product": deciding.other_than(one.pair, draft).product if draft else None,
            "may_take": draft is not None and not one.pair.exact,
        }

    # --- What is done ---------------------------------------------------------------------------

    def decide_view(self, request: HttpRequest) -> HttpResponse:
        """One pair, those that are chosen, or all that a tab shows."""
        _check(request)
        state, show = request.POST.get("state"), request.POST.get("show", queue.ALL)
        if state not in (State.SAME, State.DIFFERENT) or show not in queue.LABELS:
            raise Http404
        if "all" in request.POST and show != queue.DECIDED:
            keys = list(queue.chosen(show).values_list("pk", flat=True)[:AT_ONCE])
        else:
            keys = [key for key in map(key_of, request.POST.getlist("pair")) if key][:AT_ONCE]
        decided = deciding.decide(pairs=keys, state=state, by=cast(User, request.user))
        where: dict[str, Any] = {"show": show, "from": request.POST.get("from", "")}
        if not decided:
            messages.warning(request, _("Nothing was open any more; another answer was faster."))
        elif state == State.SAME and len(decided) == 1:
            where["same"] = decided[0]
        else:
            told = ngettext(
                "%(count)d pair is not the same.", "%(count)d pairs are not the same.", len(decided)
            )
            if state == State.SAME:
                told = ngettext(
                    "%(count)d pair is the same.", "%(count)d pairs are the same.", len(decided)
                )
            where["undo"] = decided[0]
            messages.success(request, told % {"count": len(decided)})
        return _back(where)

    def undo_view(self, request: HttpRequest) -> HttpResponse:
        _check(request)
        key = key_of(request.POST.get("pair"))
        opened = deciding.undo(pair=key, by=cast(User, request.user)) if key else []
        if opened:
            told = ngettext(
                "%(count)d pair waits again.", "%(count)d pairs wait again.", len(opened)
            )
            messages.success(request, told % {"count": len(opened)})
        else:
            messages.warning(request, _("There was nothing to take back."))
        show = request.POST.get("show", queue.ALL)
        show = show if show in queue.LABELS and show != queue.DECIDED else queue.ALL
        return _back({"show": show, "from": max(opened, default="")})

    def picture_view(self, request: HttpRequest) -> HttpResponse:
        """Take the draft's picture to the other product, or delete it."""
        _check(request)
        key, by = key_of(request.POST.get("pair")) or 0, cast(User, request.user)
        if request.POST.get("do") == "delete" and not by.has_perm("catalog.delete_productimage"):
            raise PermissionDenied
        try:
            if request.POST.get("do") == "take":
                draft, product = deciding.take_picture(pair=key, by=by)
                told = gettext("The picture is on “%(product)s” now.") % {"product": product.title}
            elif request.POST.get("do") == "delete":
                draft = deciding.delete_picture(pair=key, by=by)
                told = gettext("The picture is gone from the draft.")
            else:
                raise Http404
        except NotPossible as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, told)
            if not draft.images.exists():
                address = reverse("admin:catalog_product_change", args=[draft.pk])
                messages.info(
                    request,
                    format_html(
                        '{} <a class="underline" href="{}">{}</a>',
                        gettext("The draft has no picture any more."),
                        address,
                        draft.title,
                    ),
                )
        return _back({"show": request.POST.get("show", ""), "from": request.POST.get("from", "")})

    def beside_view(self, request: HttpRequest, product_id: int) -> HttpResponse:
        """What else has the pictures of a product, and what looks like it; a part of its page."""
        if not request.user.has_perm("catalog.view_product"):
            raise PermissionDenied
        product = get_object_or_404(Product.objects.select_related("category"), pk=product_id)
        images = list(product.images.values_list("pk", flat=True))
        similar = recommendations.similar_to(product)
        offers = queue.offers_of([one.pk for one in similar])
        return TemplateResponse(
            request,
            "search/duplicates/beside.html",
            {
                "also": queue.also_on(images),
                "similar": [(one, offers.get(one.pk)) for one in similar],
            },
        )

    # --- Who may --------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Django asks when a product is deleted, which takes these along. No page deletes one."""
        return request.user.has_perm("catalog.delete_product")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("catalog.change_product")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("catalog.change_product")


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm("catalog.change_product"):
        raise PermissionDenied


def _back(where: dict[str, Any]) -> HttpResponseRedirect:
    said = {name: value for name, value in where.items() if value not in ("", None)}
    return HttpResponseRedirect(f"{reverse(QUEUE)}?{urlencode(said)}")
