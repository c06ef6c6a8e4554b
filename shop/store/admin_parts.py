"""What the admin's frame shows of the shop's settings. Named in `settings.UNFOLD`."""

from django.http import HttpRequest

from shop.store.current import current_store


def shop_name(request: HttpRequest) -> str:
    """For the title of each page."""
    return current_store().name
