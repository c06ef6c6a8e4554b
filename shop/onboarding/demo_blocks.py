"""The demo's blocks of the home page: remembering which they are, and removing them.

One that the merchant changed since stays, unless told otherwise.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from shop.editorial.models import Block
from shop.onboarding.models import DemoBlock


def remember_blocks(blocks: Iterable[Block]) -> None:
    """Remember these as the demo's, as they are now."""
    DemoBlock.objects.bulk_create(
        [DemoBlock(block=block, fingerprint=fingerprint_of(block)) for block in blocks]
    )


def remove_blocks(*, with_edited: bool) -> int:
    """Remove the demo's blocks; how many went."""
    rows = DemoBlock.objects.select_related("block__picture").prefetch_related("block__spots")
    going = [
        row.block_id for row in rows if with_edited or fingerprint_of(row.block) == row.fingerprint
    ]
    Block.objects.filter(pk__in=going).delete()
    return len(going)


def fingerprint_of(block: Block) -> str:
    """Of what a merchant edits; not of products and categories, which go with the demo's."""
    picture = getattr(block, "picture", None)
    spots = [[spot.label, *map(str, (spot.x, spot.y))] for spot in block.spots.order_by("pk")]
    told = [
        block.kind,
        block.title,
        block.text,
        block.link,
        block.link_label,
        block.language,
        block.published,
        [picture.content_hash, picture.alt] if picture else None,
        spots,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
