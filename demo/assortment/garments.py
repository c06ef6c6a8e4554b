"""What the kinds of clothing share: sleeves, necks and collars, with their words."""

from demo.kinds import Choice, Material, Part

SHORT = Choice(
    "short", ("short-sleeved", "short-sleeve"), ("with short sleeves", "with half sleeves")
)
LONG = Choice("long", ("long-sleeved", "long-sleeve"), ("with long sleeves",))
SLEEVELESS = Choice("none", ("sleeveless",), ("without sleeves", "with no sleeves"), share=0.6)
ROUND_NECK = Choice("round", ("round-neck", "crew-neck"), ("with a round neck", "with a crew neck"))
V_NECK = Choice("v-neck", ("v-neck",), ("with a v-neck", "with a V neckline"))
COLLARLESS = Choice("none", ("collarless",), ("without a collar", "with no collar"))
POINTED = Choice("pointed", ("collared",), ("with a collar", "with a pointed collar"))
POCKET = Part(
    "pocket",
    (
        Choice("none", (), ("without a pocket", "with no pockets"), share=1.4),
        Choice("pocket", (), ("with a chest pocket", "with a pocket", "with a breast pocket")),
    ),
)
KANGAROO = Part(
    "pocket",
    (
        Choice("pocket", (), ("with a front pocket", "with a kangaroo pocket"), share=2),
        Choice("none", (), ("without pockets", "with no pockets")),
    ),
)
BUTTONED = Part(
    "closure", (Choice("buttons", ("buttoned", "button-up"), ("with buttons", "to button up")),)
)
STRONG = ("red", "navy", "black", "white", "green", "yellow", "blue")
FLAT = ("studio", "cloth", "wood")
COTTON = Material("cotton", ("cotton",), share=3)
LINEN = Material("linen", ("linen",), "linen")
WOOL = Material("wool", ("wool", "woollen", "knitted"), "knit", 0.05, share=3)
FLEECE = Material("fleece", ("fleece",), "fleece", 0.05, patterned=False)
JERSEY = Material("cotton", ("cotton", "jersey"), patterned=False, share=3)
