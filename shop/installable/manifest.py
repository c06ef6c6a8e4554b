"""The web manifest: what the shop is called, looks like and takes as an app on a phone."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info

from shop.installable import icons
from shop.installable.colors import token
from shop.installable.parts import share_targets, shortcuts
from shop.store.models import Store

SHORT_NAME = 12  # what fits below an icon


def manifest(store: Store) -> dict[str, Any]:
    """In the shop's own language: browsers ask for it without cookies, and install it for good."""
    home = reverse("catalog:home")
    with translation.override(store.language):
        found: dict[str, Any] = {
            "id": home,
            "name": store.name,
            "short_name": _short(store.name),
            "start_url": home,
            "scope": home,
            "display": "standalone",
            "lang": store.language,
            "dir": "rtl" if _is_rtl(store.language) else "ltr",
            "background_color": token("paper"),
            "theme_color": token("paper"),
            "categories": ["shopping"],
            "icons": [
                _icon(store, kind, purpose)
                for kind, purpose in (
                    ("icon-192", "any"),
                    ("icon-512", "any"),
                    ("maskable-192", "maskable"),
                    ("maskable-512", "maskable"),
                )
            ],
        }
        if shortcuts:
            own = [_icon(store, "icon-192", "any")]
            found["shortcuts"] = [{"icons": own, **shortcut()} for shortcut in shortcuts]
        if share_targets:
            found["share_target"] = share_targets[0]()
    return found


def icon_address(kind: str, store: Store) -> str:
    """Kept for good by browsers: the address changes with the icon."""
    return f"{reverse('installable:icon', args=[kind])}?v={icons.version(store)}"


def _icon(store: Store, kind: str, purpose: str) -> dict[str, str]:
    side = icons.KINDS[kind].side
    return {
        "src": icon_address(kind, store),
        "sizes": f"{side}x{side}",
        "type": "image/png",
        "purpose": purpose,
    }


def _short(name: str) -> str:
    """The name, or as many of its words as fit below an icon."""
    short = name
    while len(short) > SHORT_NAME and " " in short:
        short = short.rpartition(" ")[0]
    return short


def _is_rtl(language: str) -> bool:
    try:
        return bool(get_language_info(language)["bidi"])
    except KeyError:
        return False
