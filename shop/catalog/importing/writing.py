"""Puts one product after another into the database, and only what differs from it.

A product is one transaction: whatever ends the import, each product is there whole or not at all,
and the import is simply run again. Pictures are decoded before the transaction opens; one that the
product has already is known by the hash of its bytes and not decoded at all.

What the file does not name is left alone: other variants, other pictures, other attributes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.catalog import stock_changes, tasks
from shop.catalog.images import TakenImage
from shop.catalog.importing.data import ProductData, VariantData
from shop.catalog.importing.known import Known, values_by_attribute
from shop.catalog.importing.matching import Matches
from shop.catalog.importing.offered import offered
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


@dataclass
class _Wanted:
    """What a product of the file comes to here: ids in place of names."""

    slug: str
    values: dict[str, Any]
    attributes: dict[int, set[int]]
    variants: list[VariantData]
    options: dict[str, dict[int, set[int]]]  # by SKU
    pictures: dict[str, Picked]


class ProductWriter:
    """Writes the products of one file. A dry run does all but the writing.

    First a product is compared with what was read of it together with others; only where something
    differs, or is new, a transaction is opened, and then all is read again in it.
    """

    def __init__(
        self, pictures: PicturePicker, matches: Matches, tally: Tally, *, dry_run: bool
    ) -> None:
        self._pictures = pictures
        self._matches = matches
        self._tally = tally
        self._dry_run = dry_run
        self._skus: set[str] = set()
        self._made: set[str] = set()
        # Of the product at hand: whether it is only compared, what that or writing it found.
        self._compares = True
        self._changes: list[FieldChange] = []
        self._offered = ""
        self._counts: Counter[str] = Counter()

    def pass_by(self, data: ProductData) -> None:
        """Leave a product as it is that was written before the import was stopped."""
        self._skus.update(variant.sku for variant in data.variants)

    def write(self, data: ProductData, known: Known) -> None:
        """Create the product, bring it up to the file, or find that there is nothing to do."""
        former = known.former(data, taken=self._skus)
        if former is None and data.slug in self._made:
            known = Known.load([data])  # made since it was read
            former = known.former(data, taken=self._skus)
        slug = former.slug if former is not None else data.slug
        free = self._with_free_sku(data, slug, former, known)
        variants = self._writable(data, former, free)
        if not variants:
            self._skipped(data, slug)
            return
        wanted = _Wanted(
            slug=slug,
            values=self._values(data, former),
            attributes=self._matches.values(data.attributes),
            variants=variants,
            options={one.sku: self._matches.values(one.options) for one in variants},
            pictures=self._pictures.pick(data, former),
        )
        if former is not None or self._dry_run:
            product, changed = self._compare(wanted, former, known)
        if not self._dry_run and (former is None or changed):
            product, changed = self._write(wanted, former, data.line)
        self._tally.counts.update(self._counts)
        if former is None:
            self._made.add(slug)
        self._tally.done(self._outcome(data.line, slug, product, former, changed))

    def fail(self, data: ProductData, reason: str) -> None:
        """Report a product that the database did not take."""
        message = _("it could not be written: %(reason)s") % {"reason": reason}
        self._tally.skip(data.line, data.slug, message)
        self._skipped(data, data.slug)

    def _compare(
        self, wanted: _Wanted, former: Product | None, known: Known
    ) -> tuple[Product, bool]:
        """What writing the product would change of what is known of it."""
        self._begin(compares=True)
        return self._apply(wanted, former, known.held, [])

    def _write(self, wanted: _Wanted, former: Product | None, line: int) -> tuple[Product, bool]:
        """Write the product, whole or not at all."""
        self._begin(compares=False)
        added: list[ProductImage] = []
        try:
            with transaction.atomic(), stock_changes.importing():
                held: set[int] = set()
                if former is not None:
                    locked = list(Variant.objects.filter(product=former).lock())
                    held = held.union(*(holder(locked) for holder in price_holders))
                    former = Product.objects.get(pk=former.pk)
                product, changed = self._apply(wanted, former, held, added)
                if changed:
                    announce([product.pk])
                    outcome = self._outcome(line, wanted.slug, product, former, changed)
                    self._tally.writing(outcome, self._counts)
        except BaseException:
            # The rows are taken back; so are their files.
            for image in (row for row in added if row.image._committed):
                image.image.storage.delete(image.image.name)
            raise
        return product, changed

    def _outcome(
        self, line: int, slug: str, product: Product, former: Product | None, changed: bool
    ) -> ProductOutcome:
        name = "created" if former is None else "updated" if changed else "unchanged"
        offer = self._offered if former is None else ""
        return ProductOutcome(line, slug, product.title, name, list(self._changes), offer)

    def _begin(self, *, compares: bool) -> None:
        self._compares = compares
        self._changes = []
        self._offered = ""
        self._counts = Counter()

    def _apply(
        self,
        wanted: _Wanted,
        former: Product | None,
        held: set[int],
        added: list[ProductImage],
    ) -> tuple[Product, bool]:
        """The product, and whether anything of it differs."""
        product, changed = self._write_product(wanted.slug, former, wanted.values)
        if product.pk:
            has = {product.pk: values_by_attribute(product.attributes.all())}
            of_product = {product.pk: wanted.attributes}
            changed |= bool(self._write_values(ATTRIBUTES, of_product, has))
        pictures, pictures_changed = self._write_pictures(product, wanted.pictures, added)
        variants_changed = self._write_variants(product, wanted, pictures, held)
        return product, changed or pictures_changed or variants_changed

    def _skipped(self, data: ProductData, slug: str) -> None:
        title = str(data.values.get("title", ""))
        self._tally.done(ProductOutcome(data.line, slug, title, "skipped"))

    def _note(self, field: str, old: object, new: object) -> None:
        self._changes.append(FieldChange(field, _shown(old), _shown(new)))

    # --- Before it is written -------------------------------------------------------------------

    def _values(self, data: ProductData, former: Product | None) -> dict[str, Any]:
        """The fields of the product that the file says something of."""
        values = dict(data.values)
        if data.category or former is None:
            values["category_id"] = self._matches.category(
                data.category or UNCATEGORISED, present=former.category_id if former else None
            )
        if data.taxable is False:
            values.setdefault("tax_category", TaxCategory.ZERO)
        elif data.taxable and former is not None and former.tax_category == TaxCategory.ZERO:
            values.setdefault("tax_category", TaxCategory.STANDARD)
        return values

    def _writable(
        self, data: ProductData, former: Product | None, variants: list[VariantData]
    ) -> list[VariantData]:
        """Those of which the file says enough; what it need not repeat, the shop may have."""
        has = {row.sku for row in former.variants.all()} if former is not None else set()
        writable = []
        for variant in variants:
            if former is None and not (data.slug and data.values.get("title")):
                message = _(
                    "there is no product with the SKU %(sku)s yet: a new one needs a title"
                ) % {"sku": variant.sku}
            elif variant.sku not in has and "price" not in variant.values:
                message = _("the price is missing")
            else:
                writable.append(variant)
                continue
            self._tally.skip(variant.line, data.slug, message)
        return writable

    def _with_free_sku(
        self, data: ProductData, slug: str, former: Product | None, known: Known
    ) -> list[VariantData]:
        own = former.pk if former is not None else None
        free = []
        for variant in data.variants:
            if variant.sku in self._skus:
                message = _("the SKU %(sku)s stands in the file before") % {"sku": variant.sku}
            elif known.owners.get(variant.sku, own) != own:
                message = _("the SKU %(sku)s belongs to the product %(handle)s") % {
                    "sku": variant.sku,
                    "handle": known.slug_of(variant.sku),
                }
            else:
                self._skus.add(variant.sku)
                free.append(variant)
                continue
            self._tally.skip(variant.line, slug, message)
        return free

    # --- Compared, or in the transaction --------------------------------------------------------

    def _write_product(
        self, slug: str, former: Product | None, values: dict[str, Any]
    ) -> tuple[Product, bool]:
        if former is None:
            product = Product(slug=slug, **values)
            if not self._compares:
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
        if changed and not self._compares:
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
                if differing and not self._compares:
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
        if added and not self._compares:
            ProductImage.objects.bulk_create(added)
            for row in added:
                dispatch(tasks.make_renditions, image_id=row.pk)
        self._counts["pictures created"] += new
        by_path = {
            path: rows[id(picked)] for path, picked in pictures.items() if id(picked) in rows
        }
        return by_path, changed or bool(new)

    def _write_variants(
        self,
        product: Product,
        wanted: _Wanted,
        pictures: dict[str, ProductImage],
        held: set[int],
    ) -> bool:
        former: dict[str, Variant] = {}
        if product.pk:
            rows_of_it = product.variants.prefetch_related("options")
            former = {
                row.sku: row for row in (product.variants.all() if self._compares else rows_of_it)
            }
        keep_order = _in_order([former.get(data.sku) for data in wanted.variants])
        rows: list[Variant] = []
        changed: set[str] = set()
        for data in wanted.variants:
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
                if not self._compares:
                    Variant.objects.filter(pk=row.pk).update(**differing)
            rows.append(row)
        added = [row for row in rows if row.sku not in former]
        if not former:
            self._offered = offered(rows)
        else:
            for row in added:
                self._note(f"{row.sku}", "", _("new variant"))
        if not self._compares:
            Variant.objects.bulk_create(added)
        has = {row.pk: values_by_attribute(row.options.all()) for row in former.values()}
        other = self._write_values(
            OPTIONS, {row.pk: wanted.options[row.sku] for row in rows if row.pk}, has
        )
        changed |= {row.sku for row in rows if row.pk in other}
        changed -= {row.sku for row in added}
        self._counts["variants created"] += len(added)
        self._counts["variants updated"] += len(changed)
        return bool(added or changed)

    def _note_variant(self, row: Variant, name: str, value: object) -> None:
        label = f"{row.sku}, {_label(row, name.removesuffix('_id'))}"
        if name == "image_id":
            self._note(label, "", _("another picture"))
        else:
            self._note(label, getattr(row, name), value)

    def _write_values(
        self,
        through: tuple[type[models.Model], str],
        wanted: dict[int, dict[int, set[int]]],
        has: dict[int, dict[int, set[int]]],
    ) -> set[int]:
        """Give each owner the wanted values of each attribute; whose values changed.

        `has` are those that owners have, for those who may have any.
        """
        model, owner = through
        surplus, missing = Q(), []
        changed = set()
        for pk, attributes in wanted.items():
            for attribute, values in attributes.items():
                present = has.get(pk, {}).get(attribute, set())
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
        if not self._compares:
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
