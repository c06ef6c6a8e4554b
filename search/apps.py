from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from search import admin_parts, metrics, signals
        from search.attributes import admin as attributes_admin
        from shop.catalog.parts import header_parts, product_parts

        signals.connect()
        admin_parts.connect()
        attributes_admin.connect()
        metrics.connect()
        header_parts.append("search/bar.html")
        product_parts.append("search/more_like_this.html")
