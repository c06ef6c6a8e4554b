"""What the blocks of the home page show, read in a fixed number of queries however many there are.

A block that has nothing to show (a collection whose products are all sold off, a look without a
picture) is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, Value
from django.http import HttpRequest

from shop.catalog.models import Category, Product
from shop.catalog.showcase import categories_with_pictures
from shop.editorial.models import Block, BlockProduct, Spot
from shop.editorial.parts import address_of

# So many products a collection shows that names a category, or nothing at all.
NEWEST = 8
PREVIEWED = "block"  # the name in the address of the home page


@dataclass(frozen=True)
class Marker:
    """A spot as the page draws it: its box and its middle, in the words of SVG."""

    spot: Spot
    number: int
    url: str

    @property
    def x(self) -> str:
        return _percent(self.spot.box[0])

    @property
    def y(self) -> str:
        return _percent(self.spot.box[1])

    @property
    def width(self) -> str:
        return _percent(self.spot.box[2])

    @property
    def height(self) -> str:
        return _percent(self.spot.box[3])

    @property
    def middle_x(self) -> str:
        return _percent(self.spot.box[0] + self.spot.box[2] / 2)

    @property
    def middle_y(self) -> str:
        return _percent(self.spot.box[1] + self.spot.box[3] / 2)


@dataclass
class Shown:
    """A block with all that its template shows."""

    block: Block
    products: Sequence[Product] = ()
    categories: Sequence[Category] = ()
    markers: Sequence[Marker] = ()
    is_first: bool = False
    template: str = field(init=False)

    def __post_init__(self) -> None:
        self.template = f"editorial/{self.block.kind}.html"

    @property
    def picture(self) -> Any:
        return picture_of(self.block)

    @property
    def loading(self) -> str:
        """How its picture loads: that of the first block is what the page begins with."""
        return "first" if self.is_first else "lazy"

    @property
    def has_content(self) -> bool:
        """Whether there is something to see of it."""
        kind = self.block.kind
        if kind == Block.Kind.COLLECTION:
            return bool(self.products)
        if kind == Block.Kind.CATEGORIES:
            return bool(self.categories)
        return self.picture is not None


def load(request: HttpRequest) -> dict[str, Any]:
    """For the home page: `blocks`, and `opening`, the hero that stands beside the search."""
    shown = show(_wanted(request))
    opening = shown[0] if shown and shown[0].block.kind == Block.Kind.HERO else None
    return {
        "opening": opening,
        "blocks": shown[1:] if opening else shown,
        "previewed": next((one.block for one in shown if not one.block.is_shown), None),
    }


def show(blocks: Iterable[Block]) -> list[Shown]:
    """These blocks with what they show, as far as there is something to see."""
    found = list(blocks)
    products, tiles = _products_of(found), _tiles_of(found)
    shown = [
        Shown(
            block,
            products=products.get(block.pk, ()),
            categories=tiles.get(block.pk, ()),
            markers=_markers_of(block) if block.kind == Block.Kind.LOOK else (),
        )
        for block in found
    ]
    seen = [one for one in shown if one.has_content]
    for one in seen[:1]:
        one.is_first = True
    return seen


def picture_of(block: Block) -> Any:
    """The block's picture; None where it has none."""
    return getattr(block, "picture", None)


def may_preview(request: HttpRequest) -> bool:
    """Whether who asks may see blocks that are not shown yet."""
    user = request.user
    return user.is_active and user.is_staff and user.has_perm("editorial.view_block")


def _wanted(request: HttpRequest) -> QuerySet[Block]:
    """What is shown, in this language; and for staff the block that they ask for."""
    shown = Block.objects.shown().in_language()
    asked = request.GET.get(PREVIEWED, "")
    if asked.isascii() and asked.isdigit() and len(asked) < 18 and may_preview(request):
        shown = shown | Block.objects.filter(pk=int(asked))
    return shown.in_full().order_by("position", "pk")


def _products_of(blocks: list[Block]) -> dict[int, list[Product]]:
    """The products of each collection: those that were picked, else the newest."""
    ids = {block.pk: block for block in blocks if block.kind == Block.Kind.COLLECTION}
    if not ids:
        return {}
    named: dict[int, list[int]] = {}
    picks = BlockProduct.objects.filter(block__in=ids).order_by("position", "pk")
    for block_id, product_id in picks.values_list("block_id", "product_id"):
        named.setdefault(block_id, []).append(product_id)
    newest = [_newest(block) for pk, block in ids.items() if pk not in named]
    if newest:
        rows = newest[0] if len(newest) == 1 else newest[0].union(*newest[1:], all=True)
        for block_id, product_id in sorted(rows, key=lambda row: (row[0], -row[1])):
            named.setdefault(block_id, []).append(product_id)
    wanted = {pk for found in named.values() for pk in found}
    products = Product.objects.published().for_cards().in_bulk(wanted)
    return {
        block_id: [products[pk] for pk in found if pk in products]
        for block_id, found in named.items()
    }


def _newest(block: Block) -> QuerySet[Any, tuple[int, int]]:
    """(block, product) of the newest products of a block's category, or of the whole shop."""
    products = Product.objects.published()
    if block.category is not None:
        products = products.in_category(block.category)
    rows = products.order_by("-pk").annotate(of_block=Value(block.pk))
    return rows.values_list("of_block", "pk")[:NEWEST]


def _tiles_of(blocks: list[Block]) -> dict[int, list[Category]]:
    wanted = [block for block in blocks if block.kind == Block.Kind.CATEGORIES]
    if not wanted:
        return {}
    tiles = categories_with_pictures(below=[block.category for block in wanted])
    found: dict[int, list[Category]] = {}
    for block in wanted:
        path = block.category.path if block.category else ""
        found[block.pk] = [node for node in tiles if node.path[: -Category.steplen] == path]
    return found


def _markers_of(block: Block) -> list[Marker]:
    led = [(spot, address_of(spot)) for spot in block.spots.all()]
    leading = [(spot, url) for spot, url in led if url]
    return [Marker(spot, number, url) for number, (spot, url) in enumerate(leading, start=1)]


def _percent(fraction: float) -> str:
    return f"{100 * fraction:.2f}%"
