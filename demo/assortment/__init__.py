"""The demo shop's assortment: every kind of product, by family."""

import importlib

from demo.kinds import Kind

FAMILIES = (
    "tops",
    "layers",
    "dresses",
    "trousers",
    "onepieces",
    "nightwear",
    "shoes",
    "bags",
    "accessories",
    "kitchen",
    "table",
    "furniture",
    "lighting",
    "decor",
    "toys",
    "garden",
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for family in FAMILIES
    for kind in importlib.import_module(f"demo.assortment.{family}").KINDS
}
