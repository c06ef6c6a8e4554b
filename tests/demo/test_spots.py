"""Each spot of the demo's home page finds its own product first, by the shop's own search.

Not among all 840 products, which take a minute to draw: among every one of the kinds that the spots
show, and one of each other kind.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from demo.draw.studio import draw
from demo.home.__main__ import QUALITY, SEED
from demo.home.blocks import blocks
from demo.home.interiors import HALL
from demo.home.rooms import draw_room
from demo.products import Product, plan_products
from search import pipeline
from search.forms import SearchForm
from search.models import EmbeddingModel
from search.service import search
from shop.catalog.models import Category
from shop.demo_home import compose_home
from shop.editorial.models import Spot
from tests.factories import CategoryFactory, ProductFactory, ProductImageFactory

pytestmark = pytest.mark.django_db

SIDE = 224  # pixels; twice of what the model looks at


@pytest.fixture
def spots(vitrine_mini: EmbeddingModel, tmp_path: Path) -> list[Spot]:
    """The spots of a home page like the demo's, over the products that are most like them."""
    plan = {product.handle: product for product in plan_products(SEED)}
    looks = {handle: product.shots[0].look for handle, product in plan.items()}
    for product in rivals(plan, {looks[place.handle].kind for place in HALL.places}):
        stock(product)
    list(pipeline.run())
    drawn = {HALL.name: draw_room(HALL, looks)}
    drawn[HALL.name].picture.save(tmp_path / f"{HALL.name}.jpg", "JPEG", quality=QUALITY)
    told = [block for block in blocks(drawn) if block["kind"] == "look"]
    (tmp_path / "home.json").write_text(json.dumps(told))
    (look,) = compose_home(tmp_path)
    return list(look.spots.all())


def rivals(plan: dict[str, Product], kinds: set[str]) -> list[Product]:
    """Every product of these kinds, and one of each other kind."""
    others = {product.shots[0].look.kind: product for product in plan.values()}
    same = [product for product in plan.values() if product.shots[0].look.kind in kinds]
    return [*same, *(product for kind, product in others.items() if kind not in kinds)]


def stock(product: Product) -> None:
    name = product.category.rsplit(" > ", 1)[-1]
    category = Category.objects.filter(name=name).first() or CategoryFactory(name=name)
    row = ProductFactory(title=product.title, slug=product.handle, category=category)
    shot = product.shots[0]
    out = io.BytesIO()
    draw(shot.look, shot.view, SIDE).save(out, "JPEG", quality=QUALITY)
    ProductImageFactory(product=row, data=out.getvalue())


def test_each_spot_finds_its_own_product_first(spots: list[Spot]) -> None:
    assert len(spots) == len(HALL.places)

    found = {}
    for spot in spots:
        form = SearchForm({"spot": str(spot.pk)})
        assert form.is_valid(), form.errors
        first = search(form.query, facets=False).results[0]
        found[spot.product.slug] = first.product.slug

    assert found == {handle: handle for handle in found}
