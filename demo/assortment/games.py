"""Games, balls and first toys: the part of the toys that is thrown, built, stacked or spun."""

from demo.draw import balls, play
from demo.kinds import Accent, Choice, Kind, Material, Part

PAINTED_WOOD = Material("wood", ("wooden", "wood", "painted wood"), "wood", 0.25, share=2)
PLASTIC = Material("plastic", ("plastic",), "smooth", 0.75)

KINDS = (
    Kind(
        "ball",
        one="ball",
        many="balls",
        others=("play ball", "toy ball"),
        group="toys",
        category="Toys > Outdoor",
        artist=balls.ball,
        parts=(
            Part(
                "shape",
                (
                    Choice("plain", (), (), ("bouncy ball", "playground ball")),
                    Choice("football", (), (), ("football", "soccer ball", "soccer football")),
                    Choice("beach", (), (), ("beach ball", "beach balls")),
                    Choice("basketball", (), (), ("basketball", "basket ball")),
                ),
            ),
        ),
        materials=(
            Material("rubber", ("rubber",), "rubber", 0.35),
            Material("plastic", ("plastic", "vinyl"), "smooth", 0.8),
        ),
        colours=("red", "orange", "blue", "white", "yellow", "green"),
        patterns=("plain", "plain", "dotted", "striped"),
        purposes=("something to play with in the park", "something to throw and catch"),
        price=(6, 29),
        grams=380,
        lines=(
            "Light enough for small feet and hands.",
            "Comes with a needle for the pump.",
            "Bounces on grass and on asphalt.",
            "Wipe it with a damp cloth after the game.",
        ),
        period=(0.09, 0.14),
        zoom=1.06,
        lift=0.0,
        focus=(0.46, 0.46),
        scenes=("studio", "garden", "sand", "room"),
    ),
    Kind(
        "building blocks",
        one="set of building blocks",
        many="building blocks",
        others=("toy blocks", "toy bricks", "play blocks", "stacking blocks", "blocks"),
        group="toys",
        category="Toys > Construction",
        artist=play.blocks,
        parts=(
            Part(
                "shape",
                (
                    Choice("pyramid", (), ("stacked in a pyramid",)),
                    Choice("gate", (), ("with an arch", "built into a gate")),
                ),
            ),
            Part(
                "letters",
                (
                    Choice("none", (), ("without letters", "with no letters")),
                    Choice(
                        "letters",
                        (),
                        ("with letters", "with the alphabet"),
                        ("alphabet blocks", "ABC blocks", "letter blocks"),
                    ),
                ),
            ),
        ),
        materials=(PAINTED_WOOD, PLASTIC),
        colours=("red", "blue", "yellow", "green", "beige", "orange"),
        accents=(
            Accent("roof", ("roof",), ("red", "blue", "yellow", "green", "orange"), 0.85, "red"),
        ),
        purposes=("something to build towers with", "something to learn to build with"),
        mirrors=False,
        price=(15, 45),
        grams=900,
        lines=(
            "Cut to one measure, so that all blocks fit together.",
            "They come with a cotton bag to put them away in.",
            "Smooth all over, with rounded corners.",
            "For children from one year on.",
        ),
        zoom=1.06,
        lift=-0.01,
        focus=(0.45, 0.6),
        scenes=("studio", "table", "room", "wood"),
    ),
    Kind(
        "stacking rings",
        one="ring stacker",
        many="stacking rings",
        others=("stacking toy", "stacking tower", "rings to stack", "ring tower"),
        group="toys",
        category="Toys > Baby toys",
        artist=play.rings,
        parts=(
            Part(
                "top",
                (
                    Choice("ball", (), ("with a ball on top",)),
                    Choice("star", (), ("with a star on top",)),
                    Choice("bear", (), ("with a bear on top", "with a bear's head")),
                ),
            ),
        ),
        materials=(PAINTED_WOOD, PLASTIC),
        colours=("red", "blue", "green", "yellow", "pink", "orange"),
        accents=(
            Accent("top", ("top",), ("red", "yellow", "blue", "white", "orange"), 0.8),
            Accent("base", ("base", "foot"), ("red", "blue", "yellow", "green", "white"), 0.5),
        ),
        purposes=("something for a baby to stack", "a toy to learn big and small"),
        price=(12, 29),
        grams=420,
        lines=(
            "The rings fit the rod in any order.",
            "Trains small hands, and tells big from small.",
            "Wipe clean with a damp cloth.",
            "For babies from six months on.",
        ),
        zoom=1.06,
        lift=0.0,
        focus=(0.5, 0.5),
        scenes=("studio", "table", "room", "wood"),
    ),
    Kind(
        "kite",
        one="kite",
        many="kites",
        others=("toy kite", "flying kite", "single-line kite"),
        group="toys",
        category="Toys > Outdoor",
        artist=play.kite,
        parts=(
            Part(
                "shape",
                (
                    Choice("diamond", ("diamond", "diamond-shaped")),
                    Choice("delta", ("delta", "triangular")),
                ),
            ),
            Part(
                "tail",
                (
                    Choice("tail", (), ("with a tail", "with a long tail"), share=3),
                    Choice("none", (), ("without a tail", "with no tail")),
                ),
            ),
        ),
        materials=(
            Material("nylon", ("nylon", "ripstop"), "smooth", 0.3, share=2),
            Material("paper", ("paper",), "paper", 0.1),
        ),
        colours=("red", "blue", "yellow", "green", "orange", "purple"),
        patterns=("plain", "plain", "striped", "dotted", "checked"),
        accents=(
            Accent("tail", ("tail",), ("red", "yellow", "blue", "green", "orange", "white"), 0.7),
        ),
        purposes=("something for windy days", "something to fly on the beach"),
        price=(9, 35),
        grams=160,
        lines=(
            "Flies from a light breeze on.",
            "Comes with thirty metres of line on a winder.",
            "Rolls up small for the way to the beach.",
            "For children from five years on.",
        ),
        period=(0.08, 0.13),
        zoom=1.04,
        lift=0.0,
        focus=(0.5, 0.35),
        scenes=("studio", "wall", "sand"),
    ),
    Kind(
        "spinning top",
        one="spinning top",
        many="spinning tops",
        others=("toy top", "whirling toy", "top to spin"),
        group="toys",
        category="Toys > Games & Puzzles",
        artist=play.top,
        parts=(
            Part(
                "shape",
                (
                    Choice("humming", ("bulbous",), (), ("humming top", "musical top")),
                    Choice("turned", ("slender",), (), ("peg top", "whip top")),
                ),
            ),
        ),
        materials=(
            Material("wood", ("wooden", "wood"), "wood", 0.35),
            Material("metal", ("tin", "metal"), "smooth", 0.95),
        ),
        colours=("red", "blue", "green", "yellow", "beige", "orange"),
        patterns=("plain", "plain", "plain", "dotted"),
        accents=(
            Accent(
                "stripe",
                ("stripe", "band"),
                ("white", "yellow", "red", "blue", "green"),
                1.0,
                "white",
            ),
            Accent("knob", ("knob", "handle"), ("red", "yellow", "blue", "black"), 0.5),
        ),
        purposes=("something to spin on the table", "a game for a spare minute"),
        price=(6, 22),
        grams=130,
        lines=(
            "Spins for a minute and more with a little practice.",
            "Needs nothing but a smooth floor.",
            "Small enough for a coat pocket.",
            "For children from three years on.",
        ),
        period=(0.05, 0.08),
        zoom=1.06,
        lift=0.0,
        focus=(0.5, 0.5),
        scenes=("studio", "table", "room", "wood"),
    ),
    Kind(
        "puzzle",
        one="puzzle",
        many="puzzles",
        others=("jigsaw", "jigsaw puzzle", "jigsaws", "children's puzzle"),
        group="toys",
        category="Toys > Games & Puzzles",
        artist=play.puzzle,
        parts=(
            Part(
                "frame",
                (
                    Choice("frame", ("framed",), ("with a frame", "in a tray"), ("tray puzzle",)),
                    Choice("none", (), ("without a frame", "without a tray")),
                ),
            ),
        ),
        materials=(
            Material("wood", ("wooden",), "wood", 0.2),
            Material("cardboard", ("cardboard",), "paper", 0.1),
        ),
        colours=("blue", "green", "red", "yellow", "orange", "pink"),
        patterns=("plain", "plain", "striped", "dotted", "floral", "checked"),
        accents=(
            Accent("frame", ("frame", "tray"), ("beige", "brown", "white", "red", "blue"), 0.9),
        ),
        purposes=("something for a rainy day", "something quiet to do"),
        price=(7, 24),
        grams=350,
        lines=(
            "The pieces are thick, and easy to hold.",
            "Cut so that every piece fits in one place only.",
            "Comes in a flat box.",
            "For children from three years on.",
        ),
        period=(0.09, 0.14),
        zoom=1.06,
        lift=0.0,
        focus=(0.45, 0.45),
        scenes=("studio", "wood", "cloth"),
    ),
)
