"""Pictures and prices on pages."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

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
    preview: bool = False,
) -> SafeString:
    """`<picture>` of the renditions while they exist, else `<img>` of the picture itself.

    `sizes` says how wide the page shows it, in the words of HTML. `loading`: "lazy"; "eager" where
    it shows without scrolling; "first" for the one or two that the page is about, which the browser
    is told to fetch first. With `preview` a blurred one lies beneath until the picture is there,
    which pays for pictures that are larger than a thumbnail. Without an image, a placeholder.
    """
    form = '<img src="{}" alt="{}" width="{}" height="{}"{} loading="{}"{} decoding="async">'
    if not image or not image.image:
        css = f"{css} no-picture".strip()
        source, width, height = static("img/no-picture.svg"), 600, 600
    else:
        source, width, height = image.image.url, image.width, image.height
    shown = format_html(
        form,
        source,
        alt,
        width,
        height,
        format_html(' class="{}"', css) if css else "",
        "lazy" if loading == "lazy" else "eager",
        mark_safe(' fetchpriority="high"') if loading == "first" else "",
    )
    if not image or not image.image:
        return shown
    if image.renditions_ready:
        shown = format_html("<picture>{}{}</picture>", _sources(image, sizes), shown)
    if not preview or not image.preview:
        return shown
    # After it, lest those who look for the picture meet the preview first.
    return format_html(
        '<span class="picture">{}<img class="picture-preview" src="data:image/webp;base64,{}" '
        'alt="" aria-hidden="true"></span>',
        shown,
        image.preview,
    )


def _sources(image: Pictured, sizes: str) -> SafeString:
    files = image.image.aspect_ratios[None]
    offered = ["AVIF", "WEBP"] if image.avif_ready else ["WEBP"]
    return format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        (
            (
                file_type.lower(),
                ", ".join(f"{one.url} {width}w" for width, one in files[file_type].items()),
                sizes,
            )
            for file_type in offered
        ),
    )
