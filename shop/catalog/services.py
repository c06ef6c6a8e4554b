"""Changes to the catalogue that take more than saving a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from shop.catalog.models import Category, Product
from shop.catalog.signals import announce
from shop.catalog.slugs import free_slug


@contextmanager
def _tree_in_order() -> Iterator[None]:
    """One change of the tree at a time: each rewrites the paths of many nodes."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('category-tree', 0))")
        yield


def create_category(*, name: str, parent: Category | None = None, slug: str = "") -> Category:
    """Add a category below `parent`, or at the top. Its slug names the way to it: men-tops."""
    with _tree_in_order():
        # Its path and number of children may have changed since it was read.
        above = Category.objects.get(pk=parent.pk) if parent else None
        if not slug:
            way = f"{above.slug} {name}" if above else name
            slug = free_slug(way, among=Category.objects.all(), limit=160)
        values = {"name": name, "slug": slug}
        if above is None:
            return Category.objects.add_root(values)
        return Category.objects.add_child(above, values)


def update_category(
    *, category: Category, name: str, parent: Category | None = None, slug: str
) -> Category:
    """Rename a category and put it below `parent`, or at the top, with all that is below it."""
    with _tree_in_order():
        category = Category.objects.get(pk=category.pk)
        former = Category.objects.get_parent(category)
        category.name, category.slug = name, slug
        category.save(update_fields=["name", "slug"])
        if former != parent:
            if parent is not None:
                above = Category.objects.get(pk=parent.pk)
                Category.objects.move(category, above, "last-child")
            else:
                Category.objects.move(
                    category, Category.objects.get_last_root_node(), "last-sibling"
                )
            category.refresh_from_db()
            announce(
                Product.objects.in_category(category).order_by("pk").values_list("pk", flat=True)
            )
    return category


def delete_empty_categories(ids: Iterable[int]) -> int:
    """Delete those of these categories, and of those above them, that hold nothing; how many.

    A category that has a product, or another category that stays, stays.
    """
    deleted = 0
    with _tree_in_order():
        paths = Category.objects.filter(pk__in=list(ids)).values_list("path", flat=True)
        step = Category.steplen
        ways = {path[:end] for path in paths for end in range(step, len(path) + 1, step)}
        for path in sorted(ways, key=len, reverse=True):  # what is below first
            node = Category.objects.filter(path=path, numchild=0, products=None).first()
            if node is not None:
                node.delete()
                deleted += 1
    return deleted
