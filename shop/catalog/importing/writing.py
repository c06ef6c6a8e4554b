"""Puts one product after another into the database, and only what differs from it.

A product is one transaction: whatever ends the import, each product is there whole or not at all,
and the import is simply run again. Pictures are decoded before the transaction opens; one that the
product has already is known by the hash of its bytes and not decoded at all.

What the file does not name is left alone: other variants, other pictures, other attributes.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from shop.catalog import stock_changes, tasks
from shop.catalog.images import ImageRejected, TakenImage, take_in
from shop.catalog.importing.matching import Matches
from shop.catalog.importing.report import Tally
from shop.catalog.importing.shopify import ProductData, VariantData
from shop.catalog.importing.source import PictureUnavailable, Source
from shop.catalog.models import Product, ProductImage, Variant
from shop.catalog.parts import price_holders
from shop.catalog.signals import announce
from shop.celery import dispatch
from shop.taxes.models import TaxCategory

UNCATEGORISED = ("Uncategorised",)
# The table between a row and its values, and the row's column there.
ATTRIBUTES = (Product.attributes.through, "product_id")
OPTIONS = (Variant.options.through, "variant_id")


@dataclass
class Picked:
    """A picture: a row that the product has, or one to be added."""

    row: ProductImage | None = None
    taken: TakenImage | None = None
    alt: str = ""


class ProductWriter:
    """Writes the products of one file. A dry run does all but the writing."""

    def __init__(self, source: Source, matches: Matches, tally: Tally, *, dry_run: bool) -> None:
        self._source = source
        self._matches = matches
        self._tally = tally
        self._dry_run = dry_run
        self._skus: set[str] = set()

    def write(self, data: ProductData) -> None:
        """Create the product, bring it up to the file, or find that there is nothing to do."""
        former = Product.objects.filter(slug=data.slug).first()
        variants = self._with_free_sku(data, former)
        if not variants:
            self._tally.counts["products skipped"] += 1
            return
        values = dict(data.values)
        if data.category or former is None:
            values["category_id"] = self._matches.category(data.category or UNCATEGORISED)
        if data.taxable is False:
            values["tax_category"] = TaxCategory.ZERO
        elif data.taxable and former is not None and former.tax_category == TaxCategory.ZERO:
            values["tax_category"] = TaxCategory.STANDARD
        attributes = self._matches.values(data.attributes)
        options = {one.sku: self._matches.values(one.options) for one in variants}
        pictures = self._pick_pictures(data, former)
        added: list[ProductImage] = []
        try:
            with transaction.atomic(), stock_changes.importing():
                if former is not None:
                    Variant.objects.filter(product=former).lock()
                product, changed = self._write_product(data.slug, former, values)
                if product.pk:
                    changed |= bool(self._write_values(ATTRIBUTES, {product.pk: attributes}))
                rows, pictures_changed = self._write_pictures(product, pictures, added)
                variants_changed = self._write_variants(product, variants, options, rows)
                changed |= pictures_changed or variants_changed
                if changed and not self._dry_run:
                    announce([product.pk])
        except BaseException:
            # The rows are taken back; so are their files.
            for image in (row for row in added if row.image._committed):
                image.image.storage.delete(image.image.name)
            raise
        outcome = "created" if former is None else "updated" if changed else "unchanged"
        self._tally.counts[f"products {outcome}"] += 1

    # --- Before the transaction -----------------------------------------------------------------

    def _with_free_sku(self, data: ProductData, former: Product | None) -> list[VariantData]:
        others = Variant.objects.exclude(product=former) if former else Variant.objects.all()
        owners = dict(
            others.filter(sku__in=[one.sku for one in data.variants]).values_list(
                "sku", "product__slug"
            )
        )
        free = []
        for variant in data.variants:
            if variant.sku in self._skus:
                message = f"the SKU {variant.sku} stands in the file before"
            elif variant.sku in owners:
                message = f"the SKU {variant.sku} belongs to the product {owners[variant.sku]}"
            else:
                self._skus.add(variant.sku)
                free.append(variant)
                continue
            self._tally.skip(variant.line, data.slug, message)
        return free

    def _pick_pictures(self, data: ProductData, former: Product | None) -> dict[str, Picked]:
        """The pictures by path; two paths with one picture share it."""
        has = [Picked(row) for row in former.images.all()] if former else []
        by_source = {one.row.source_hash: one for one in has if one.row}
        by_content = {one.row.content_hash: one for one in has if one.row}
        picked: dict[str, Picked] = {}
        for picture in data.pictures:
            try:
                source = self._source.read_picture(picture.path)
                source_hash = sha256(source).hexdigest()
                found = by_source.get(source_hash)
                if found is None:
                    taken = take_in(source, name=picture.path)
                    found = by_content.get(taken.content_hash) or Picked(taken=taken)
                    by_content[taken.content_hash] = by_source[source_hash] = found
            except PictureUnavailable as error:
                self._tally.skip(picture.line, data.slug, str(error))
            except ImageRejected as error:
                message = f"the picture {picture.path!r}: {' '.join(error.messages)}"
                self._tally.skip(picture.line, data.slug, message)
            else:
                found.alt = found.alt or picture.alt
                picked[picture.path] = found
        return picked

    # --- In the transaction ---------------------------------------------------------------------

    def _write_product(
        self, slug: str, former: Product | None, values: dict[str, Any]
    ) -> tuple[Product, bool]:
        if former is None:
            product = Product(slug=slug, **values)
            if not self._dry_run:
                Product.objects.bulk_create([product])
            return product, True
        changed = _differing(former, values)
        if changed and not self._dry_run:
            Product.objects.filter(pk=former.pk).update(**changed, updated_at=timezone.now())
        return former, bool(changed)

    def _write_pictures(
        self, product: Product, pictures: dict[str, Picked], added: list[ProductImage]
    ) -> tuple[dict[str, ProductImage], bool]:
        """The rows of the pictures by path, and whether anything changed."""
        rows: dict[int, ProductImage] = {}
        changed = False
        for picked in pictures.values():
            if id(picked) in rows:
                continue
            values: dict[str, Any] = {"position": len(rows)}
            if picked.alt:
                values["alt"] = picked.alt
            if picked.taken is not None:
                row = ProductImage(product=product, image=_as_file(picked.taken), **values)
                added.append(row)
            elif picked.row is not None:
                row = picked.row
                differing = _differing(row, values)
                changed |= bool(differing)
                if differing and not self._dry_run:
                    ProductImage.objects.filter(pk=row.pk).update(**differing)
            rows[id(picked)] = row
        if added and not self._dry_run:
            ProductImage.objects.bulk_create(added)
            for row in added:
                dispatch(tasks.make_renditions, image_id=row.pk)
        self._tally.counts["pictures created"] += len(added)
        by_path = {path: rows[id(picked)] for path, picked in pictures.items()}
        return by_path, changed or bool(added)

    def _write_variants(
        self,
        product: Product,
        variants: list[VariantData],
        options: dict[str, dict[int, set[int]]],
        pictures: dict[str, ProductImage],
    ) -> bool:
        former = {row.sku: row for row in product.variants.all()} if product.pk else {}
        rows: list[Variant] = []
        changed: set[str] = set()
        known = [row.pk for row in former.values()]
        held = set().union(*(holder(known) for holder in price_holders)) if known else set()
        for data in variants:
            values = dict(data.values)
            if data.picture in pictures:
                values["image_id"] = pictures[data.picture].pk
            row = former.get(data.sku)
            if row is None:
                row = Variant(product=product, sku=data.sku, **values)
                rows.append(row)
                continue
            if row.pk in held:
                values = _as_regular_price(row, values)
            if differing := _differing(row, _without_false_reduction(row, values)):
                changed.add(row.sku)
                if not self._dry_run:
                    Variant.objects.filter(pk=row.pk).update(**differing)
            rows.append(row)
        added = [row for row in rows if row.sku not in former]
        if not self._dry_run:
            Variant.objects.bulk_create(added)
        other = self._write_values(OPTIONS, {row.pk: options[row.sku] for row in rows if row.pk})
        changed |= {row.sku for row in rows if row.pk in other}
        changed -= {row.sku for row in added}
        self._tally.counts["variants created"] += len(added)
        self._tally.counts["variants updated"] += len(changed)
        return bool(added or changed)

    def _write_values(
        self, through: tuple[type[models.Model], str], wanted: dict[int, dict[int, set[int]]]
    ) -> set[int]:
        """Give each owner the wanted values of each attribute; whose values changed."""
        model, owner = through
        has: dict[tuple[int, int], set[int]] = {}
        links = model._default_manager.filter(**{f"{owner}__in": wanted})
        for pk, attribute, value in links.values_list(
            owner, "attributevalue__attribute", "attributevalue"
        ):
            has.setdefault((pk, attribute), set()).add(value)
        surplus, missing = Q(), []
        changed = set()
        for pk, attributes in wanted.items():
            for attribute, values in attributes.items():
                present = has.get((pk, attribute), set())
                if present == values:
                    continue
                changed.add(pk)
                if present - values:
                    surplus |= Q(**{owner: pk, "attributevalue__in": present - values})
                missing += [{owner: pk, "attributevalue_id": one} for one in values - present]
        if not self._dry_run:
            if surplus:
                model._default_manager.filter(surplus).delete()
            model._default_manager.bulk_create(
                [model(**values) for values in missing], ignore_conflicts=True
            )
        return changed


def _differing(row: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def _without_false_reduction(row: Variant, values: dict[str, Any]) -> dict[str, Any]:
    """`values`, ending a reduction that the file knows nothing of and its price has overtaken."""
    former_price = row.compare_at_price
    if "compare_at_price" in values or former_price is None or values["price"] < former_price:
        return values
    return {**values, "compare_at_price": None}


def _as_regular_price(row: Variant, values: dict[str, Any]) -> dict[str, Any]:
    """`values` for a variant on sale: the file's price is the one that it returns to."""
    if values["price"] <= row.price:
        return values
    return {**values, "price": row.price, "compare_at_price": values["price"]}


def _as_file(taken: TakenImage) -> ContentFile[bytes]:
    """A file that the field need not take in again."""
    file = ContentFile(taken.data, name=f"picture{taken.suffix}")
    file.taken_image = taken  # type: ignore[attr-defined]
    return file
