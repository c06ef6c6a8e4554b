"""Materials and colours that several families of the assortment share."""

from demo.kinds import Material

GLASS_COLOURS = ("white", "green", "blue", "pink", "yellow", "orange", "purple", "brown", "grey")
# No brown or beige: painted wood or brushed metal of such a colour would pass for bare wood.
PAINTS = (
    "white",
    "black",
    "grey",
    "red",
    "orange",
    "yellow",
    "green",
    "blue",
    "navy",
    "purple",
    "pink",
)
BRIGHT = ("red", "yellow", "blue", "black", "white", "green", "orange")
STONEWARE = Material("stoneware", ("stoneware", "ceramic", "earthenware"), "stone", 0.55, share=2)
GLASS = Material("glass", ("glass",), "glass", 1.0, GLASS_COLOURS, patterned=False)
ENAMEL = Material("enamel", ("enamel", "enamelled"), "smooth", 0.8, share=2)
SUEDE = Material("suede", ("suede", "suede leather"), "suede", 0.05, patterned=False)
CORDUROY = Material("corduroy", ("corduroy", "cord"), "corduroy", 0.05, patterned=False)
PATENT = Material("patent", ("patent leather", "patent"), "smooth", 1.0, patterned=False)
SATIN = Material("satin", ("satin", "silk satin"), "satin", 0.6)
STRAW = Material(
    "straw", ("straw", "woven straw"), "straw", 0.08, ("beige", "brown"), patterned=False
)
TWEED = Material("tweed", ("tweed",), "linen", 0.05, ("brown", "grey", "green", "beige"))
