from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "shop.catalog"
    label = "catalog"
    verbose_name = "catalogue"

    def ready(self) -> None:
        from shop.accounts import roles
        from shop.catalog import signals  # noqa: F401  (connects its receivers)

        roles.grant(roles.CATALOGUE, "catalog.*")
