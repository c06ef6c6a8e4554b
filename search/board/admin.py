"""The board in the shop's admin: what the search has seen of pictures and texts, live; what could
not be read, and trying it again."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from unfold.admin import ModelAdmin

from search import stored_words
from search.board import reading, retrying, words
from search.board.reading import COUNTED, Board, Group, ModelBoard, Sample, State
from search.board.reasons import BY_NAME, failed
from search.models import Embedding, EmbeddingModel
from search.versions.presets import label_of
from shop.accounts import roles
from shop.admin_sidebar import item
from shop.catalog.models import Product, ProductImage
from shop.formats import number
from shop.keys import key_of

VIEW, CHANGE_IT = "search.view_embedding", "search.change_embedding"
BASE = "search_embedding"
PER_PAGE = 50
# How a merchant's server starts what looks at pictures (docs/production.md).
COMMAND = "docker compose up -d worker"


def connect() -> None:
    """Add the page to the admin, and to its sidebar."""
    admin.site.register(Embedding, BoardAdmin)
    entry = item(_("What the search sees"), "image_search", f"admin:{BASE}_changelist", VIEW)
    sections = settings.UNFOLD["SIDEBAR"]["navigation"]
    next(one for one in sections if one["title"] == _("Search"))["items"].insert(0, entry)
    roles.grant(roles.CATALOGUE, VIEW, CHANGE_IT)


class BoardAdmin(ModelAdmin):
    """One page for all: no row is edited by itself."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(require_safe(self.page)), name=f"{BASE}_changelist"),
            path("live/", wrap(require_safe(self.live)), name=f"{BASE}_live"),
            path("failed/<slug:reason>/", wrap(require_safe(self.group)), name=f"{BASE}_group"),
            path("retry/", wrap(require_POST(self.retry)), name=f"{BASE}_retry"),
        ]

    def page(self, request: HttpRequest) -> HttpResponse:
        _require(request, VIEW)
        context = {
            **self.admin_site.each_context(request),
            **_live(reading.board()),
            **_failed(request),
            "title": gettext("Pictures and texts the search has seen"),
        }
        return TemplateResponse(request, "search/board/page.html", context)

    def live(self, request: HttpRequest) -> HttpResponse:
        """The numbers; and what failed, where that is not what the page shows (`failed`)."""
        _require(request, VIEW)
        context = {**_live(reading.board()), **_failed(request)}
        context["failed_too"] = request.GET.get("failed") != context["failed_state"]
        return TemplateResponse(request, "search/board/_live.html", context)

    def group(self, request: HttpRequest, reason: str) -> HttpResponse:
        """All that failed for one reason, `PER_PAGE` at a time."""
        _require(request, VIEW)
        if reason not in BY_NAME:
            raise Http404
        after = request.GET.get("after", "")
        last = key_of(after) or 0
        rows = failed(reason).filter(pk__gt=last)
        columns = "pk", "product_id", "image_id", "error"
        found = [Sample(*row) for row in rows.order_by("pk").values_list(*columns)[: PER_PAGE + 1]]
        context = {
            **self.admin_site.each_context(request),
            "title": BY_NAME[reason].title,
            "reason": BY_NAME[reason],
            "items": _shown(found[:PER_PAGE]),
            "next": found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None,
            "first": not after,
            "may_retry": request.user.has_perm(CHANGE_IT),
        }
        return TemplateResponse(request, "search/board/group.html", context)

    def retry(self, request: HttpRequest) -> HttpResponse:
        """`embedding`: a key, of one; `reason`: of a group; neither: all. Back to where it was
        asked for."""
        _require(request, CHANGE_IT)
        one, reason = request.POST.get("embedding", ""), request.POST.get("reason", "")
        rows = Embedding.objects.filter(pk=key_of(one) or 0)
        row = rows.select_related("product").defer("vector").first()
        if reason and reason not in BY_NAME:
            raise Http404
        if one:
            count = retrying.retry_one(embedding=row.pk) if row else 0
        elif reason:
            count = retrying.retry_group(reason=reason)
        else:
            count = retrying.retry_all()
        _tell(request, count, row, str(BY_NAME[reason].title) if reason else "")
        address = reverse(f"admin:{BASE}_changelist")
        if request.POST.get("from") in BY_NAME:
            address = reverse(f"admin:{BASE}_group", args=[request.POST["from"]])
        return HttpResponseRedirect(address)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(VIEW)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(CHANGE_IT)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Django asks when a product is deleted, which takes these along. No page deletes one."""
        return request.user.has_perm("catalog.delete_product")


def _require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _tell(request: HttpRequest, count: int, row: Embedding | None, reason: str) -> None:
    """To whoever asked, and to the log: on the product, or with the count on the live model."""
    if not count:
        messages.info(request, gettext("Nothing of it has failed any more."))
        return
    told = ngettext(
        "%(count)s picture or text is tried again.",
        "%(count)s pictures or texts are tried again.",
        count,
    ) % {"count": number(count)}
    messages.success(request, told)
    thing: Model | None = row.product if row else EmbeddingModel.objects.live()
    if thing is not None:
        LogEntry.objects.log_actions(
            user_id=request.user.pk or 0,
            queryset=[thing],
            action_flag=CHANGE,
            change_message=f"{told} ({reason})" if reason else told,
            single_object=True,
        )


def _live(board: Board) -> dict[str, Any]:
    """What changes while one looks, in words."""
    backlog = board.backlog
    others = [
        (_("Smaller copies of pictures, for phones, are being made"), backlog.renditions),
        (_("Colours of pictures are being read"), backlog.colors),
        (_("Products are being read for suggested attributes"), backlog.readings),
    ]
    return {
        "board": board,
        "headline": words.headline(board),
        "explanation": words.explanation(board),
        "command": COMMAND if board.state is State.STOPPED else "",
        "shown": [_model(one, several=len(board.models) > 1) for one in board.models],
        "worker_seen": words.ago(board.worker_seen),
        "others": [(label, words.as_far_as(count, COUNTED)) for label, count in others if count],
    }


def _model(one: ModelBoard, *, several: bool) -> dict[str, Any]:
    title = ""
    if several:
        title = (
            gettext("For the search that shoppers use now")
            if one.live
            else gettext("For the search model %(name)s, beside it") % {"name": label_of(one.name)}
        )
    return {
        "title": title,
        "paused": one.paused,
        "share": one.progress.share,
        "rows": [
            (label, {kind: number(one.counts[kind][status]) for kind in one.counts}, status)
            for label, status in (
                (_("Seen"), "done"),
                (_("Waiting"), "pending"),
                (_("Being looked at"), "running"),
                (_("Could not be read"), "failed"),
            )
        ],
        "rate": words.rate(one),
        "time_left": words.time_left(one),
        "left": one.progress.left,
        "oldest": one.oldest,
        "oldest_age": words.age(one.oldest.since) if one.oldest else "",
        "finished": words.ago(one.finished_at),
    }


def _failed(request: HttpRequest) -> dict[str, Any]:
    """What could not be read; with a state that is another one once it should be shown anew."""
    groups = reading.groups()
    facts = [(one.reason.name, one.pictures, one.texts, one.samples) for one in groups]
    return {
        "groups": _with_items(groups),
        "failed_state": hashlib.sha256(repr(facts).encode()).hexdigest()[:16],
        "may_retry": request.user.has_perm(CHANGE_IT),
    }


def _with_items(groups: list[Group]) -> list[dict[str, Any]]:
    items = iter(_shown([sample for group in groups for sample in group.samples]))
    return [
        {
            "reason": group.reason,
            "total": number(group.total),
            "count": group.total,
            "whole": group.whole,
            "samples": [next(items) for _sample in group.samples],
            "more": group.total > len(group.samples) or not group.whole,
        }
        for group in groups
    ]


def _shown(samples: list[Sample]) -> list[dict[str, Any]]:
    """Each with its picture and product, in two queries for all."""
    images = ProductImage.objects.in_bulk([one.image_id for one in samples if one.image_id])
    products = Product.objects.only("title").in_bulk({one.product_id for one in samples})
    return [
        {
            "pk": one.pk,
            "product": products.get(one.product_id),
            "image": images.get(one.image_id) if one.image_id else None,
            "error": stored_words.translated(one.error),
        }
        for one in samples
    ]
