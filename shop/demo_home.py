"""The demo's home page: blocks made of what `python -m demo.home` wrote."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from shop.catalog.models import Product
from shop.editorial.addresses import check_address
from shop.editorial.models import Block, BlockPicture, BlockProduct, Spot
from shop.onboarding.demo_blocks import remember_blocks


@transaction.atomic
def compose_home(folder: Path) -> list[Block]:
    """Make the blocks that `folder` describes, and remember that they are the demo's.

    What they name of products that are gone is left out.
    """
    told = json.loads((folder / "home.json").read_text())
    named = {handle for one in told for handle in _handles(one)}
    products = {one.slug: one for one in Product.objects.filter(slug__in=named)}
    blocks = [_make(one, position, folder, products) for position, one in enumerate(told, start=1)]
    remember_blocks(blocks)
    return blocks


def _handles(told: dict[str, Any]) -> list[str]:
    return [*told.get("products", ()), *(spot["product"] for spot in told.get("spots", ()))]


def _make(told: dict[str, Any], position: int, folder: Path, products: dict[str, Product]) -> Block:
    block = Block.objects.create(
        kind=told["kind"],
        title=told["title"],
        text=told.get("text", ""),
        position=position,
        **_link(told),
    )
    if name := told.get("picture"):
        file = ContentFile((folder / name).read_bytes(), name=name)
        BlockPicture.objects.create(block=block, image=file, alt=told["alt"])
    picked = [products[handle] for handle in told.get("products", ()) if handle in products]
    BlockProduct.objects.bulk_create(
        [BlockProduct(block=block, product=one, position=i) for i, one in enumerate(picked)]
    )
    Spot.objects.bulk_create(
        [
            Spot(
                block=block,
                label=spot["label"],
                product=products.get(spot["product"]),
                position=place,
                **dict(
                    zip(
                        ("x", "y", "width", "height"),
                        (Decimal(str(side)) for side in spot["box"]),
                        strict=True,
                    )
                ),
            )
            for place, spot in enumerate(told.get("spots", ()))
        ]
    )
    return block


def _link(told: dict[str, Any]) -> dict[str, str]:
    """The block's link, if the shop has that page."""
    if "link" not in told:
        return {}
    try:
        check_address(told["link"])
    except ValidationError:
        return {}
    return {"link": told["link"], "link_label": told["link_label"]}
