"""Puts one product after another into the database, and only what differs from it.

A product is one transaction: whatever ends the import, each product is there whole or not at all,
and the import is simply run again. Pictures are decoded before the transaction opens; one that the
product has already is known by the hash of its bytes and not decoded at all.

What the file does not name is left alone: other variants, other pictures, other attributes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.catalog import stock_changes, tasks
from shop.catalog.images import TakenImage
from shop.catalog.importing.data import ProductData, VariantData
from shop.catalog.importing.matching import Matches
from shop.catalog.importing.pictures import Picked, PicturePicker
from shop.catalog.importing.report import FieldChange, ProductOutcome, Tally
from shop.catalog.models import Product, ProductImage, Variant
from shop.catalog.parts import price_holders
from shop.catalog.signals import announce
from shop.celery import dispatch
from shop.taxes.models import TaxCategory

UNCATEGORISED = ("Uncategorised",)
# The table between a row and its values, and the row's column there.
ATTRIBUTES = (Product.attributes.through, "product_id")
OPTIONS = (Variant.options.through, "variant_id")


class ProductWriter:
    """Writes the products of one file. A dry run does all but the writing."""

    def __init__(
        self, pictures: PicturePicker, matches: Matches, tally: Tally, *, dry_run: bool
    ) -> None:
        self._pictures = pictures
        self._matches = matches
        self._tally = tally
        self._dry_run = dry_run
        self._skus: set[str] = set()
        self._changes: list[FieldChange] = []

    def pass_by(self, data: ProductData) -> None:
        """Leave a product as it is that was written before the import was stopped."""
        self._skus.update(variant.sku for variant in data.variants)

    def write(self, data: ProductData) -> None:
        """Create the product, bring it up to the file, or find that there is nothing to do."""
        self._changes = []
        former = self._former(data)
        slug = former.slug if former is not None else data.slug
        variants = self._writable(data, former, self._with_free_sku(data, slug, former))
        if not variants:
            self._skipped(data, slug)
            return
        values = dict(data.values)
        if data.category or former is None:
            values["category_id"] = self._matches.category(
                data.category or UNCATEGORISED, present=former.category_id if former else None
            )
        if data.taxable is False:
            values.setdefault("tax_category", TaxCategory.ZERO)
        elif data.taxable and former is not None and former.tax_category == TaxCategory.ZERO:
            values.setdefault("tax_category", TaxCategory.STANDARD)
        attributes = self._matches.values(data.attributes)
        options = {one.sku: self._matches.values(one.options) for one in variants}
        pictures = self._pictures.pick(data, former)
        added: list[ProductImage] = []
        try:
            with transaction.atomic(), stock_changes.importing():
                if former is not None and not self._dry_run:
                    Variant.objects.filter(product=former).lock()
                product, changed = self._write_product(slug, former, values)
                if product.pk:
                    changed |= bool(self._write_values(ATTRIBUTES, {product.pk: attributes}))
                rows, pictures_changed = self._write_pictures(product, pictures, added)
                variants_changed = self._write_variants(product, variants, options, rows)
                changed |= pictures_changed or variants_changed
                if changed and not self._dry_run:
                    announce([product.pk])
                outcome = ProductOutcome(
                    data.line,
                    slug,
                    product.title,
                    "created" if former is None else "updated" if changed else "unchanged",
                    list(self._changes),
                )
                self._tally.writing(outcome)
        except BaseException:
            # The rows are taken back; so are their files.
            for image in (row for row in added if row.image._committed):
                image.image.storage.delete(image.image.name)
            raise
        self._tally.done(outcome)

    def fail(self, data: ProductData, reason: str) -> None:
        """Report a product that the database did not take."""
        message = _("it could not be written: %(reason)s") % {"reason": reason}
        self._tally.skip(data.line, data.slug, message)
        self._skipped(data, data.slug)

    def _skipped(self, data: ProductData, slug: str) -> None:
        title = str(data.values.get("title", ""))
        self._tally.done(ProductOutcome(data.line, slug, title, "skipped"))

    def _note(self, field: str, old: object, new: object) -> None:
        self._changes.append(FieldChange(field, _shown(old), _shown(new)))

    # --- Before the transaction -----------------------------------------------------------------

    def _former(self, data: ProductData) -> Product | None:
        """The product as it is, by its SKUs or its handle."""
        if data.by_sku:
            skus = [variant.sku for variant in data.variants]
            found = Product.objects.filter(variants__sku__in=skus).order_by("pk").first()
            if found is not None:
                return found
        if data.handle and data.handle != data.slug:
            found = Product.objects.filter(slug=data.handle).first()
            if found is not None:
                return found
        return Product.objects.filter(slug=data.slug).first() if data.slug else None

    def _writable(
        self, data: ProductData, former: Product | None, variants: list[VariantData]
    ) -> list[VariantData]:
        """Those of which the file says enough; what it need not repeat, the shop may have."""
        known = set(former.variants.values_list("sku", flat=True)) if former is not None else set()
        writable = []
        for variant in variants:
            if former is None and not (data.slug and data.values.get("title")):
                message = _(
                    "there is no product with the SKU %(sku)s yet: a new one needs a title"
                ) % {"sku": variant.sku}
            elif variant.sku not in known and "price" not in variant.values:
                message = _("the price is missing")
            else:
                writable.append(variant)
                continue
            self._tally.skip(variant.line, data.slug, message)
        return writable

    def _with_free_sku(
        self, data: ProductData, slug: str, former: Product | None
    ) -> list[VariantData]:
        others = Variant.objects.exclude(product=former) if former else Variant.objects.all()
        owners = dict(
            others.filter(sku__in=[one.sku for one in data.variants]).values_list(
                "sku", "product__slug"
            )
        )
        free = []
        for variant in data.variants:
            if variant.sku in self._skus:
                message = _("the SKU %(sku)s stands in the file before") % {"sku": variant.sku}
            elif variant.sku in owners:
                message = _("the SKU %(sku)s belongs to the product %(handle)s") % {
                    "sku": variant.sku,
                    "handle": owners[variant.sku],
                }
            else:
                self._skus.add(variant.sku)
                free.append(variant)
                continue
            self._tally.skip(variant.line, slug, message)
        return free

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
        for name, value in changed.items():
            old = getattr(former, name)
            if name == "category_id":
                names = self._matches.category_name
                self._note(_label(former, "category"), names(old), names(value))
            else:
                self._note(_label(former, name), old, value)
        if changed and not self._dry_run:
            Product.objects.filter(pk=former.pk).update(**changed, updated_at=timezone.now())
        return former, bool(changed)

    def _write_pictures(
        self, product: Product, pictures: dict[str, Picked], added: list[ProductImage]
    ) -> tuple[dict[str, ProductImage], bool]:
        """The rows of the pictures by path, and whether anything changed."""
        wanted = list({id(picked): picked for picked in pictures.values()}.values())
        keep_order = _in_order([one.row for one in wanted])
        rows: dict[int, ProductImage] = {}
        changed = False
        new = 0
        for place, picked in enumerate(wanted):
            values: dict[str, Any] = {} if keep_order else {"position": place}
            if picked.alt:
                values["alt"] = picked.alt
            if picked.row is not None:
                row = picked.row
                differing = _differing(row, values)
                changed |= bool(differing)
                for name, value in differing.items():
                    label = f"{row._meta.verbose_name}, {_label(row, name)}"
                    self._note(label, getattr(row, name), value)
                if differing and not self._dry_run:
                    ProductImage.objects.filter(pk=row.pk).update(**differing)
                rows[id(picked)] = row
                continue
            new += 1
            if picked.taken is not None:
                row = ProductImage(product=product, image=_as_file(picked.taken), **values)
                added.append(row)
                rows[id(picked)] = row
        if new and product.pk:
            self._note(str(ProductImage._meta.verbose_name_plural), "", f"+{new}")
        if added and not self._dry_run:
            ProductImage.objects.bulk_create(added)
            for row in added:
                dispatch(tasks.make_renditions, image_id=row.pk)
        self._tally.counts["pictures created"] += new
        by_path = {
            path: rows[id(picked)] for path, picked in pictures.items() if id(picked) in rows
        }
        return by_path, changed or bool(new)

    def _write_variants(
        self,
        product: Product,
        variants: list[VariantData],
        options: dict[str, dict[int, set[int]]],
        pictures: dict[str, ProductImage],
    ) -> bool:
        former = {row.sku: row for row in product.variants.all()} if product.pk else {}
        keep_order = _in_order([former.get(data.sku) for data in variants])
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
                row = Variant(product=product, sku=data.sku, **{**data.initial, **values})
                rows.append(row)
                continue
            if keep_order:
                values.pop("position", None)
            if row.pk in held:
                values = _as_regular_price(row, values)
            if differing := _differing(row, _with_right_reduction(row, values)):
                changed.add(row.sku)
                for name, value in differing.items():
                    self._note_variant(row, name, value)
                if not self._dry_run:
                    Variant.objects.filter(pk=row.pk).update(**differing)
            rows.append(row)
        added = [row for row in rows if row.sku not in former]
        if former:
            for row in added:
                self._note(f"{row.sku}", "", _("new variant"))
        if not self._dry_run:
            Variant.objects.bulk_create(added)
        other = self._write_values(OPTIONS, {row.pk: options[row.sku] for row in rows if row.pk})
        changed |= {row.sku for row in rows if row.pk in other}
        changed -= {row.sku for row in added}
        self._tally.counts["variants created"] += len(added)
        self._tally.counts["variants updated"] += len(changed)
        return bool(added or changed)

    def _note_variant(self, row: Variant, name: str, value: object) -> None:
        label = f"{row.sku}, {_label(row, name.removesuffix('_id'))}"
        if name == "image_id":
            self._note(label, "", _("another picture"))
        else:
            self._note(label, getattr(row, name), value)

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
                self._note(
                    self._matches.attribute_name(attribute),
                    self._texts(present),
                    self._texts(values),
                )
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

    def _texts(self, values: Iterable[int]) -> str:
        return ", ".join(sorted(self._matches.value_text(value) for value in values))


def _label(row: models.Model, name: str) -> str:
    """What people call a field."""
    return str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def _in_order(rows: Iterable[ProductImage | Variant | None]) -> bool:
    """Whether rows that are all there already stand in this order, whatever their numbers."""
    places = []
    for row in rows:
        if row is None:
            return False
        places.append((row.position, row.pk))
    return places == sorted(places)


def _differing(row: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def _with_right_reduction(row: Variant, values: dict[str, Any]) -> dict[str, Any]:
    """`values`, ending a reduction that the price has overtaken, whichever of them is new."""
    price = values.get("price", row.price)
    former_price = values.get("compare_at_price", row.compare_at_price)
    if former_price is None or price < former_price:
        return values
    return {**values, "compare_at_price": None}


def _as_regular_price(row: Variant, values: dict[str, Any]) -> dict[str, Any]:
    """`values` for a variant on sale: the file's price is the one that it returns to."""
    if "price" not in values or values["price"] <= row.price:
        return values
    return {**values, "price": row.price, "compare_at_price": values["price"]}


def _as_file(taken: TakenImage) -> ContentFile[bytes]:
    """A file that the field need not take in again."""
    file = ContentFile(taken.data, name=f"picture{taken.suffix}")
    file.taken_image = taken  # type: ignore[attr-defined]
    return file
