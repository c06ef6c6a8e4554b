"""What search adds to the shop's admin: the state of embeddings, where products are edited; words
that mean the same; and whether the search finds what an exact one would."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import display

from search import indexing, recall_history, stored_words, tasks
from search.desk import admin as desk_admin
from search.hints import within_a_sentence
from search.models import Embedding, EmbeddingModel, RecallCheck, Synonyms
from search.versions.presets import label_of
from shop.admin_sidebar import item
from shop.catalog.admin import ProductAdmin, ProductImageInline
from shop.catalog.models import Product, ProductImage
from shop.celery import dispatch
from shop.formats import percent

COLOURS = {
    Embedding.Status.DONE: "success",
    Embedding.Status.PENDING: "info",
    Embedding.Status.RUNNING: "info",
    Embedding.Status.FAILED: "danger",
}


def connect() -> None:
    """Add to the shop's admin. The shop's classes keep plain lists for it."""
    ProductImageInline.readonly_fields = [*ProductImageInline.readonly_fields, image_status]
    ProductAdmin.list_prefetch_related = [
        *ProductAdmin.list_prefetch_related,
        Prefetch("embeddings", _live(Embedding.objects.all()), to_attr="live_embeddings"),
    ]
    ProductAdmin.list_display = [*ProductAdmin.list_display, product_status]
    ProductAdmin.actions = [*(ProductAdmin.actions or []), embed_again]
    admin.site.register(RecallCheck, RecallCheckAdmin)
    admin.site.register(Synonyms, SynonymsAdmin)
    items = [
        item(
            _("Synonyms"),
            "compare_arrows",
            "admin:search_synonyms_changelist",
            "search.view_synonyms",
        ),
        item(
            _("Does the search find all?"),
            "troubleshoot",
            "admin:search_recallcheck_changelist",
            "search.view_recallcheck",
        ),
    ]
    settings.UNFOLD["SIDEBAR"]["navigation"].append({"title": _("Search"), "items": items})
    desk_admin.connect(items)


@display(description=_("search"))
def image_status(image: ProductImage) -> str:
    """pending, running, done or failed (with the reason), under the live model; and the place of
    what the page says of the picture once it is there (`search.duplicates.admin`)."""
    if image.pk is None:
        return ""
    row = _live(image.embeddings.all()).first()
    status = row.status if row else Embedding.Status.PENDING
    label = within_a_sentence(str(Embedding.Status(status).label))
    reason = f": {stored_words.translated(row.error)}" if row and row.error else ""
    return format_html(
        '<span class="embedding embedding-{}">{}{}</span><span data-also-on="{}"></span>',
        status,
        label,
        reason,
        image.pk,
    )


@display(description=_("search"), label=COLOURS)
def product_status(product: Product) -> tuple[str, str]:
    """The worst state of the product's pictures and text."""
    found = {row.status for row in product.live_embeddings}  # type: ignore[attr-defined]
    for status in (Embedding.Status.FAILED, Embedding.Status.RUNNING, Embedding.Status.PENDING):
        if status in found:
            return status, str(status.label)
    done = Embedding.Status.DONE if found else Embedding.Status.PENDING
    return done, str(done.label)


def _live(embeddings: QuerySet[Embedding]) -> QuerySet[Embedding]:
    return embeddings.filter(model__state=EmbeddingModel.State.LIVE).defer("vector")


@admin.action(description=_("Try failed pictures again"))
def embed_again(model_admin: ModelAdmin, request: HttpRequest, products: QuerySet[Product]) -> None:
    count = indexing.retry_failed(list(products.values_list("pk", flat=True)))
    dispatch(tasks.embed_pending)
    message = ngettext(
        "%(count)d picture or text is tried again.",
        "%(count)d pictures or texts are tried again.",
        count,
    )
    messages.info(request, message % {"count": count})


class SynonymsAdmin(ModelAdmin):
    """Words that shoppers use for one and the same; searches follow at once."""

    list_display = ["words", "created_at"]
    search_fields = ["words"]


class RecallCheckAdmin(ModelAdmin):
    """What checks of recall found; nobody edits it."""

    list_display = ["checked_at", "called", "way", "origin", "samples", "mean", "least"]
    list_filter = ["model", "way", "origin"]
    list_select_related = ["model"]
    list_display_links = None
    list_before_template = "search/admin_recall.html"

    @display(description=_("model"), ordering="model")
    def called(self, check: RecallCheck) -> str:
        return label_of(check.model.name)

    @display(description=_("found of what there is"), ordering="recall")
    def mean(self, check: RecallCheck) -> str:
        return percent(check.recall, decimals=1)

    @display(description=_("least found"), ordering="worst")
    def least(self, check: RecallCheck) -> str:
        return percent(check.worst, decimals=1)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"title": _("Does the search find all?"), "latest": recall_history.latest()}
        return super().changelist_view(request, {**(extra_context or {}), **context})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RecallCheck | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RecallCheck | None = None) -> bool:
        return False
