from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from search import (
            addresses,
            admin_parts,
            answering,
            category_page,
            discovery,
            intake_parts,
            metrics,
            onboarding,
            sharing,
            signals,
            specimens,
            spots,
        )
        from search.attributes import admin as attributes_admin
        from search.board import admin as board_admin
        from search.board import heartbeat
        from search.desk import tasks as desk_tasks  # noqa: F401
        from search.duplicates import admin as duplicates_admin
        from search.duplicates import tasks as duplicates_tasks  # noqa: F401  (Celery finds tasks)
        from search.duplicates import uploads
        from search.enrichment import admin as enrichment_admin
        from search.enrichment import guessing
        from search.enrichment import upkeep as enrichment
        from search.events import admin as events_admin
        from search.events import receivers, tasks  # noqa: F401  (Celery finds tasks here)
        from search.versions import admin as versions_admin
        from search.words import language
        from shop.catalog.parts import (
            category_heads,
            category_loaders,
            category_parts,
            footer_parts,
            gallery_parts,
            header_parts,
            home_parts,
            like_addresses,
            product_parts,
            product_sections,
        )

        post_migrate.connect(language.migrated, sender=self)
        signals.connect()
        answering.connect()
        admin_parts.connect()
        attributes_admin.connect()
        duplicates_admin.connect()
        uploads.connect()
        enrichment_admin.connect()
        enrichment.connect()
        guessing.connect()
        versions_admin.connect()
        events_admin.connect()
        board_admin.connect()
        heartbeat.connect()
        metrics.connect()
        receivers.connect()
        onboarding.connect()
        discovery.connect()
        intake_parts.connect()
        sharing.connect()
        specimens.connect()
        spots.connect()
        header_parts.append("search/bar.html")
        category_heads.append("search/_scripts.html")
        category_parts.append("search/category.html")
        category_loaders.append(category_page.load)
        like_addresses.append(addresses.like)
        gallery_parts.append("search/look_closer.html")
        product_parts.append("search/events/module.html")
        # What looks like it comes before what is said of it.
        product_sections.insert(0, "search/beside.html")
        home_parts.append("search/for_you/section.html")
        footer_parts.append("search/for_you/link.html")
