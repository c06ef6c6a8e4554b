from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "shop.reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        from shop.accounts import personal_data, roles
        from shop.accounts.parts import AccountLink, account_links
        from shop.catalog.parts import (
            product_describers,
            product_loaders,
            product_sections,
            rating_parts,
        )
        from shop.reviews import own_data, product_page

        product_loaders.append(product_page.load)
        product_describers.append(product_page.describe)
        rating_parts.append("reviews/rating.html")
        product_sections.append("reviews/section.html")
        account_links.append(AccountLink(_("Reviews"), "reviews:own", 25))
        personal_data.register(
            "reviews",
            own_data.export_reviews,
            own_data.erase_reviews,
            kept=_("Reviews that are published stay, without your name."),
        )
        roles.grant(roles.SUPPORT, "reviews.view_review", "reviews.change_review")
