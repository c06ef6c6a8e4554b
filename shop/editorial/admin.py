"""The home page in the admin: its blocks in order, each with the fields of its kind."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Max, QuerySet
from django.forms import HiddenInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import display

from shop.catalog.admin_forms import OrderedRowForm
from shop.catalog.admin_uploads import AsksForFilesAgain
from shop.catalog.templatetags.catalog_pictures import product_picture
from shop.editorial.admin_forms import MOST_SPOTS, BlockForm, InOrderFormSet, SpotForm
from shop.editorial.home import PREVIEWED, picture_of
from shop.editorial.kinds import MADE
from shop.editorial.models import Block, BlockProduct, Spot

MOST_PRODUCTS = 24
TIME = ("published", "published_from", "published_until", "language")


class BlockProductInline(TabularInline):
    model = BlockProduct
    form = OrderedRowForm
    formset = InOrderFormSet
    fields: list[Any] = ["product", "position"]
    autocomplete_fields = ["product"]
    ordering_field = "position"
    hide_ordering_field = True
    hide_title = True
    verbose_name = _("product")
    verbose_name_plural = _("Products, picked by hand")
    extra = 0
    max_num = MOST_PRODUCTS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **{**kwargs, "validate_max": True})


class SpotInline(TabularInline):
    """The spots of a look, which are placed on its picture. The numbers are for fine work."""

    model = Spot
    form = SpotForm
    formset = InOrderFormSet
    fields: list[Any] = ["label", "x", "y", "width", "height", "product", "position"]
    autocomplete_fields = ["product"]
    ordering_field = "position"
    hide_ordering_field = True
    hide_title = True
    template_before = "editorial/admin_spots.html"
    extra = 0
    max_num = MOST_SPOTS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **{**kwargs, "validate_max": True})


@admin.register(Block)
class BlockAdmin(AsksForFilesAgain):
    form = BlockForm
    list_display: list[Any] = ["thumbnail", "named", "kinds", "states", "languages"]
    list_display_links = ["thumbnail", "named"]
    list_filter: list[Any] = ["kind", "published"]
    list_per_page = 100
    ordering = ["position", "pk"]
    ordering_field = "position"
    hide_ordering_field = True
    search_fields = ["title", "text"]
    warn_unsaved_form = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Block]:
        return super().get_queryset(request).select_related("picture")

    # --- The list -------------------------------------------------------------------------------

    @display(description="")
    def thumbnail(self, block: Block) -> SafeString | str:
        picture = picture_of(block)
        if picture is None:
            return ""
        return product_picture(picture, sizes="80px", css="thumbnail thumbnail-wide")

    @display(description=_("block"), ordering="title")
    def named(self, block: Block) -> str:
        return str(block)

    @display(description=_("kind"), ordering="kind")
    def kinds(self, block: Block) -> str:
        return block.get_kind_display().partition(":")[0]

    @display(
        description=_("state"), label={"shown": "success", "planned": "info", "over": "warning"}
    )
    def states(self, block: Block) -> tuple[str, str]:
        if block.is_shown:
            return "shown", gettext("On the shop")
        if not block.published:
            return "off", gettext("Not published")
        if block.is_over:
            return "over", gettext("Over")
        return "planned", gettext("Planned")

    @display(description=_("language"), ordering="language")
    def languages(self, block: Block) -> str:
        return block.language or gettext("all")

    # --- The form -------------------------------------------------------------------------------

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """First the choice of a kind; then the form of that kind."""
        if not self._kind(request) and self.has_add_permission(request):
            return TemplateResponse(
                request,
                "editorial/admin_kinds.html",
                {
                    **self.admin_site.each_context(request),
                    "title": gettext("What is to be added to the home page?"),
                    "opts": self.opts,
                    "kinds": [(kind, kind.label, MADE[kind]) for kind in Block.Kind],
                },
            )
        return super().add_view(request, form_url, extra_context)

    def get_fieldsets(self, request: HttpRequest, obj: Block | None = None) -> Any:
        made = MADE[self._kind(request, obj)]
        fields: list[Any] = [
            "kind",
            *(name for name in made.fields if name not in ("link_label", "link")),
        ]
        if "link" in made.fields:
            fields.append(("link_label", "link"))
        return [
            (None, {"fields": fields}),
            (_("When and for whom"), {"fields": list(TIME)}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Block | None = None) -> list[Any]:
        """A block stays of the kind that it was made."""
        return ["kind"] if obj is not None else []

    def get_form(
        self, request: HttpRequest, obj: Block | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.host = request.get_host()  # a class of this request's own
        return form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "kind" and field is not None:
            field.widget = HiddenInput()
        return field

    def get_inlines(self, request: HttpRequest, obj: Block | None = None) -> list[Any]:
        kind = self._kind(request, obj)
        if kind == Block.Kind.COLLECTION:
            return [BlockProductInline]
        # Spots need the picture that they lie on.
        has_picture = obj is not None and picture_of(obj) is not None
        return [SpotInline] if kind == Block.Kind.LOOK and has_picture else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"kind": self._kind(request)}

    def save_model(self, request: HttpRequest, obj: Block, form: BlockForm, change: bool) -> None:
        if not change:
            last = Block.objects.aggregate(last=Max("position"))["last"]
            obj.position = 0 if last is None else last + 1
        super().save_model(request, obj, form, change)
        if isinstance(form, BlockForm):  # that of the list only moves blocks
            form.save_picture()

    def response_add(
        self, request: HttpRequest, obj: Block, post_url_continue: str | None = None
    ) -> HttpResponse:
        """A look goes on with its spots."""
        if obj.kind != Block.Kind.LOOK or "_addanother" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        self.message_user(
            request, gettext("The picture is there. Now place the spots on it."), messages.SUCCESS
        )
        return HttpResponseRedirect(reverse("admin:editorial_block_change", args=[obj.pk]))

    def view_on_site_of(self, block: Block) -> str:
        home = reverse("catalog:home")
        return f"{home}#block-{block.pk}" if block.is_shown else f"{home}?{PREVIEWED}={block.pk}"

    view_on_site = view_on_site_of

    def _kind(self, request: HttpRequest, obj: Block | None = None) -> str:
        """Of the block; of a new one what its form says, or the address that led to it."""
        if obj is not None:
            return obj.kind
        kind = request.POST.get("kind") or request.GET.get("kind", "")
        return kind if kind in MADE else ""
