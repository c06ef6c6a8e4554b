"""What search adds to the list of what is to be done until a shop can sell."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from search.models import EmbeddingModel
from shop.onboarding.checks import Check, register

BUNDLED = "vitrine-mini"


def model_is_chosen() -> bool:
    """Whether another model answers than the one that was trained on the demo's drawings."""
    live = EmbeddingModel.objects.live()
    return live is not None and live.name != BUNDLED


def connect() -> None:
    """Add the check; called once at startup."""
    register(
        Check(
            "model",
            _("Choose a search model for real photographs"),
            _(
                "The bundled one knows the demo’s drawings best. Another can be tried beside it, "
                "and compared on your own products, before shoppers get it."
            ),
            model_is_chosen,
            link=lambda: reverse("admin:search_embeddingmodel_changelist"),
            permission="search.change_embeddingmodel",
        )
    )
