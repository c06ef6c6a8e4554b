"""What dresses, trousers and other sewn clothes share: cloths, sleeves and collars."""

from demo.kinds import Accent, Choice, Material

DENIM_COLOURS = ("blue", "navy", "black", "grey", "white")
TRIMS = ("white", "black", "red", "yellow", "navy")
COTTON = Material("cotton", ("cotton", "cotton", "organic cotton"), "smooth", 0.08, share=3)
LINEN = Material("linen", ("linen",), "linen", 0.05)
DENIM = Material("denim", ("denim",), "denim", 0.08, DENIM_COLOURS, False)
CORDUROY = Material("corduroy", ("corduroy", "cord"), "corduroy", 0.08, patterned=False)
WOOL = Material("wool", ("wool", "woollen"), "felt", 0.06)
SATIN = Material("satin", ("satin", "silky satin"), "satin", 0.6)
NO_SLEEVES = Choice("none", ("sleeveless",), ("without sleeves", "with no sleeves"))
NO_COLLAR = Choice("none", ("collarless",), ("without a collar", "with no collar"), share=3)
POINTED_COLLAR = Choice(
    "pointed", ("collared",), ("with a collar", "with a pointed collar", "with a shirt collar")
)
ROUND_COLLAR = Choice(
    "round", ("collared",), ("with a collar", "with a round collar", "with a Peter Pan collar")
)
ROUND_NECK = Choice(
    "round", ("round-neck",), ("with a round neck", "with a round neckline"), share=2
)
BELTED = Choice("belt", ("belted",), ("with a belt", "with a belt at the waist"))
BELT_COLOURS = Accent("belt", ("belt",), ("brown", "black", "red", "white", "beige"), 0.8)
