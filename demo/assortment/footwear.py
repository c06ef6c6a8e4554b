"""Forms and materials that the kinds of shoes share."""

from demo.kinds import Choice, Material, Part

SOLES = ("white", "red", "black", "brown", "beige", "yellow", "blue", "green", "orange", "pink")
FLAT = Choice("flat", ("flat", "low-heeled"), ("with a flat heel", "with flat heels"), share=2)
BLOCK = Choice("block", ("block-heeled",), ("with a block heel", "with block heels"))
HIGH = Choice(
    "high", ("high-heeled", "stiletto"), ("with high heels", "with a high heel", "with thin heels")
)
TOE = Part(
    "toe",
    (
        Choice("round", ("round-toe", "round-toed"), ("with a round toe", "with rounded toes")),
        Choice("pointed", ("pointed", "pointy"), ("with a pointed toe", "with pointy toes")),
    ),
)
LACED = Choice(
    "laces", ("lace-up", "laced"), ("with laces", "with shoelaces", "to lace up"), share=2
)
ZIPPED = Choice("zip", ("zip-up", "zipped"), ("with a zip", "with a zipper", "to zip up"))
BUCKLED = Choice("buckle", ("buckled",), ("with a buckle", "with buckles"))
PULLED = Choice(
    "none", ("pull-on", "laceless"), ("without laces", "without laces or a zip", "to pull on")
)
LEATHER = Material("leather", ("leather", "smooth leather"), "leather", 0.4)
