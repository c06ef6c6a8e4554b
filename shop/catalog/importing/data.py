"""What a file says, whichever its format: rows, and the products that are made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from shop.catalog.importing.report import Tally
from shop.catalog.importing.source import Source
from shop.catalog.importing.texts import exact_text, pairs_of, parts_of, short_text, slots_of


@dataclass(frozen=True)
class Row:
    """A record of the file: its line, and the cells that matter, as they stand there."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return exact_text(self.cells.get(column, ""))

    def short(self, column: str) -> str:
        """The text on one line."""
        return short_text(self.cells.get(column, ""))

    def parts(self, column: str, separator: str) -> list[str]:
        """The texts between separators, those that say something."""
        return parts_of(self.cells.get(column, ""), separator)

    def slots(self, column: str, separator: str) -> list[str]:
        """The texts between separators, also those that say nothing."""
        return slots_of(self.cells.get(column, ""), separator)

    def pairs(self, column: str) -> Iterator[tuple[str, str]]:
        """Attributes and their values, as tags write them."""
        return pairs_of(self.cells.get(column, ""))


@dataclass(frozen=True)
class PictureData:
    """A picture: a path relative to the file, or an address."""

    line: int
    path: str
    alt: str


@dataclass(frozen=True)
class VariantData:
    """`values` are those of the row in the database that the file says something of.

    `initial` are for a variant that is new: what an existing one has stays.
    """

    line: int
    sku: str
    options: tuple[tuple[str, str], ...]
    values: dict[str, Any]
    picture: str = ""  # a path
    initial: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ProductData:
    """A product as the file has it, checked; `category` is the path of names from the top.

    What the file leaves empty, or has no column for, is not among `values`: it stays as it is.
    `taxable` is None where the file does not say. With `by_sku` the product that has one of the
    SKUs already is meant, whatever its slug.
    """

    line: int
    slug: str
    values: dict[str, Any]
    category: tuple[str, ...]
    attributes: tuple[tuple[str, str], ...]
    variants: tuple[VariantData, ...]
    pictures: tuple[PictureData, ...]
    taxable: bool | None = None
    handle: str = ""  # the slug as the file writes it
    by_sku: bool = False


class Format(Protocol):
    """Reads one kind of file."""

    name: str  # as the export knows it
    title: str  # as people call it

    def rows(self, source: Source, tally: Tally) -> Iterator[Row]:
        """The rows of the file in order; what is wrong with one is told to `tally`.

        Raises `UnreadableFile` if it is not of this kind at all.
        """

    def key(self, row: Row) -> str:
        """What the rows of one product have in common; empty if the row names none."""

    def no_key(self) -> str:
        """What is wrong with a row that names no product."""

    def product(self, key: str, rows: list[Row], tally: Tally) -> ProductData | None:
        """The product that `rows` tell of, or None (and a problem) if none of it can be taken."""


def values_of(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Each pair once, in the order in which they came."""
    return tuple(dict.fromkeys(pairs))


MAX_PRICE = Decimal("9999999999.99")
MAX_NUMBER = 2**31 - 1
