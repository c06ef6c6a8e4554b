"""Where gateways send shoppers back to."""

from django.http import HttpRequest
from django.urls import reverse

from shop.payments.services import NO_KEY


def addresses(request: HttpRequest) -> dict[str, str]:
    """The `return_url` and `cancel_url` for `start_payment`, under the name the shopper uses."""
    back = request.build_absolute_uri(reverse("payments:return", args=[NO_KEY]))
    return {"return_url": back, "cancel_url": f"{back}?cancelled=1"}
