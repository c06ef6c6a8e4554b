from django.apps import AppConfig


class TaxesConfig(AppConfig):
    name = "shop.taxes"

    def ready(self) -> None:
        from shop.accounts import roles

        for role in (roles.CATALOGUE, roles.SUPPORT):
            roles.grant(role, "taxes.view_*")
