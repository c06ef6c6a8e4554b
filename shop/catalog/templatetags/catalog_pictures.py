"""Pictures and prices on pages."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from shop.catalog.pictured import Pictured
from shop.money import formatted
from shop.store.current import current_store

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str = "") -> str:
    """An amount, in the shop's currency unless another is given, as the active language writes it:
    $1,234.50; 1.234,50 €; nothing for no amount."""
    return "" if amount is None else formatted(amount, currency or current_store().currency)


@register.simple_tag
def product_picture(
    image: Pictured | None,
    alt: str = "",
    sizes: str = "100vw",
    css: str = "",
    loading: str = "lazy",
) -> SafeString:
    """`<picture>` of the renditions while they exist, else `<img>` of the picture itself.

    `sizes` says how wide the page shows it, in the words of HTML. An eager picture is the one
    that the page is about: the browser is told to fetch it first. Without an image, a placeholder.
    """
    form = (
        '<img src="{}" alt="{}" width="{}" height="{}" class="{}" loading="{}" fetchpriority="{}" '
        'decoding="async">'
    )
    priority = "high" if loading == "eager" else "auto"
    if image is None or not image.image:
        source, css = static("img/no-picture.svg"), f"{css} no-picture".strip()
        return format_html(form, source, alt, 600, 600, css, loading, "auto")
    source = image.image.url
    shown = format_html(form, source, alt, image.width, image.height, css, loading, priority)
    if not image.renditions_ready:
        return shown
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        (
            (
                file_type.lower(),
                ", ".join(f"{one.url} {width}w" for width, one in pictures.items()),
                sizes,
            )
            for file_type, pictures in image.image.aspect_ratios[None].items()
            if file_type != "AVIF" or image.avif_ready
        ),
    )
    return format_html("<picture>{}{}</picture>", sources, shown)
