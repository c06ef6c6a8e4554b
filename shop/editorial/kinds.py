"""What each kind of block is made of: the fields that its form has, and those it cannot do without.

A new kind takes an entry here, a template `editorial/KIND.html`, and a value of `Block.Kind`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.editorial.models import Block

WORDS = ("title", "text")
LINK = ("link_label", "link")
PICTURE = ("image", "alt")


@dataclass(frozen=True)
class Made:
    """`fields` of the form, besides those that every block has; what the kind is for, in words."""

    fields: tuple[str, ...]
    needs: tuple[str, ...]
    icon: str
    what: Promise
    category_help: Promise | str = ""

    @property
    def has_picture(self) -> bool:
        return "image" in self.fields


MADE: Mapping[str, Made] = {
    Block.Kind.HERO: Made(
        fields=(*PICTURE, *WORDS, *LINK),
        needs=("title",),
        icon="image",
        what=_("One large picture, a title and a link. First of all, it stands beside the search."),
    ),
    Block.Kind.COLLECTION: Made(
        fields=(*WORDS, *LINK, "category"),
        needs=("title",),
        icon="view_carousel",
        what=_("Products in a row: picked by hand, or the newest of a category."),
        category_help=_(
            "Its newest products, unless you pick some below. Neither: the newest of the shop."
        ),
    ),
    Block.Kind.CATEGORIES: Made(
        fields=(*WORDS, "category"),
        needs=(),
        icon="grid_view",
        what=_("Tiles with a picture each, as ways into the range."),
        category_help=_("Those right below it. Empty: the top categories."),
    ),
    Block.Kind.LOOK: Made(
        fields=(*PICTURE, *WORDS, *LINK),
        needs=("title",),
        icon="frame_inspect",
        what=_("A picture with spots: each finds what looks like that part of it."),
    ),
}
