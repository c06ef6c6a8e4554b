"""The colours of the shop's face outside its pages: as the design's tokens name them."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings

TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{6});")


@cache
def token(name: str) -> str:
    """The light value of a colour, such as "#fbfaf8" for `paper`."""
    css = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    light, _, _ = css.partition("@media")
    return dict(TOKEN.findall(light))[name]
