from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from search import admin_parts, metrics, signals
        from search.words import language
        from shop.catalog.parts import header_parts, product_parts

        post_migrate.connect(language.migrated, sender=self)

        signals.connect()
        admin_parts.connect()
        metrics.connect()
        header_parts.append("search/bar.html")
        product_parts.append("search/more_like_this.html")
