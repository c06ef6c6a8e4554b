"""The demo shop in German: `python -m demo.german CATALOGUE`.

CATALOGUE is a folder that `demo.catalogue` has drawn. It gets `german.csv`, a table of the same
products and pictures, and `german-judgements.csv`: queries as German shoppers type them, with
adjectives that bend ("rote Stiefel", "gestreiftes T-Shirt") and nouns that are written together
("Lederstiefel"), graded by what the products are. It measures what a shop in another language than
the model's can expect (docs/relevance.md).
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator
from pathlib import Path

from demo.catalogue import FIELDS, rows
from demo.products import Product, plan_products

SEED = 1
EACH = 25  # queries of each kind

# What each kind is called, its gender (p: always several), and what several are called.
NOUNS = {
    "t-shirt": "T-Shirt n T-Shirts", "tank top": "Tanktop n Tanktops",
    "polo shirt": "Poloshirt n Poloshirts", "shirt": "Hemd n Hemden", "blouse": "Bluse f Blusen",
    "sweater": "Pullover m Pullover", "cardigan": "Strickjacke f Strickjacken",
    "hoodie": "Kapuzenpullover m Kapuzenpullover", "sweatshirt": "Sweatshirt n Sweatshirts",
    "jacket": "Jacke f Jacken", "coat": "Mantel m Mäntel", "parka": "Parka m Parkas",
    "raincoat": "Regenmantel m Regenmäntel", "puffer jacket": "Daunenjacke f Daunenjacken",
    "blazer": "Sakko n Sakkos", "waistcoat": "Weste f Westen", "dress": "Kleid n Kleider",
    "skirt": "Rock m Röcke", "trousers": "Hose f Hosen", "jeans": "Jeans p Jeans",
    "shorts": "Shorts p Shorts", "leggings": "Leggings p Leggings",
    "jumpsuit": "Overall m Overalls", "dungarees": "Latzhose f Latzhosen",
    "swimsuit": "Badeanzug m Badeanzüge", "pyjamas": "Schlafanzug m Schlafanzüge",
    "socks": "Socken p Socken", "sneakers": "Turnschuhe p Turnschuhe",
    "slip-ons": "Schlupfschuhe p Schlupfschuhe", "running shoes": "Laufschuhe p Laufschuhe",
    "boots": "Stiefel p Stiefel", "chelsea boots": "Stiefeletten p Stiefeletten",
    "hiking boots": "Wanderschuhe p Wanderschuhe", "rain boots": "Gummistiefel p Gummistiefel",
    "sandals": "Sandalen p Sandalen", "flip-flops": "Zehentrenner p Zehentrenner",
    "slippers": "Hausschuhe p Hausschuhe", "high heels": "Pumps p Pumps",
    "loafers": "Slipper p Slipper", "ballet flats": "Ballerinas p Ballerinas",
    "oxford shoes": "Schnürschuhe p Schnürschuhe", "handbag": "Handtasche f Handtaschen",
    "tote bag": "Stofftasche f Stofftaschen", "shoulder bag": "Umhängetasche f Umhängetaschen",
    "clutch": "Abendtasche f Abendtaschen", "bucket bag": "Beuteltasche f Beuteltaschen",
    "backpack": "Rucksack m Rucksäcke", "suitcase": "Koffer m Koffer",
    "duffle bag": "Reisetasche f Reisetaschen", "wallet": "Geldbörse f Geldbörsen",
    "cap": "Schirmmütze f Schirmmützen", "beanie": "Strickmütze f Strickmützen",
    "brimmed hat": "Hut m Hüte", "headband": "Stirnband n Stirnbänder", "scarf": "Schal m Schals",
    "gloves": "Handschuhe p Handschuhe", "tie": "Krawatte f Krawatten",
    "umbrella": "Regenschirm m Regenschirme", "belt": "Gürtel m Gürtel",
    "watch": "Armbanduhr f Armbanduhren", "sunglasses": "Sonnenbrille f Sonnenbrillen",
    "necklace": "Halskette f Halsketten", "earrings": "Ohrringe p Ohrringe",
    "coffee maker": "Kaffeekanne f Kaffeekannen", "kettle": "Wasserkessel m Wasserkessel",
    "saucepan": "Kochtopf m Kochtöpfe", "frying pan": "Bratpfanne f Bratpfannen",
    "cutting board": "Schneidebrett n Schneidebretter",
    "storage jar": "Vorratsdose f Vorratsdosen", "water bottle": "Trinkflasche f Trinkflaschen",
    "apron": "Schürze f Schürzen", "mug": "Becher m Becher",
    "cup and saucer": "Tasse f Tassen", "plate": "Teller m Teller", "bowl": "Schüssel f Schüsseln",
    "drinking glass": "Trinkglas n Trinkgläser", "wine glass": "Weinglas n Weingläser",
    "teapot": "Teekanne f Teekannen", "pitcher": "Krug m Krüge", "tray": "Tablett n Tabletts",
    "chair": "Stuhl m Stühle", "armchair": "Sessel m Sessel", "sofa": "Sofa n Sofas",
    "stool": "Hocker m Hocker", "bench": "Sitzbank f Sitzbänke",
    "dining table": "Esstisch m Esstische", "coffee table": "Couchtisch m Couchtische",
    "desk": "Schreibtisch m Schreibtische", "bookshelf": "Bücherregal n Bücherregale",
    "chest of drawers": "Kommode f Kommoden", "wardrobe": "Kleiderschrank m Kleiderschränke",
    "bed": "Bett n Betten", "table lamp": "Tischlampe f Tischlampen",
    "floor lamp": "Stehlampe f Stehlampen", "pendant lamp": "Hängelampe f Hängelampen",
    "desk lamp": "Schreibtischlampe f Schreibtischlampen", "lantern": "Laterne f Laternen",
    "cushion": "Kissen n Kissen", "blanket": "Decke f Decken", "rug": "Teppich m Teppiche",
    "curtain": "Vorhang m Vorhänge", "towel": "Handtuch n Handtücher", "vase": "Vase f Vasen",
    "candle": "Kerze f Kerzen", "basket": "Korb m Körbe", "wall clock": "Wanduhr f Wanduhren",
    "alarm clock": "Wecker m Wecker", "mirror": "Spiegel m Spiegel",
    "picture frame": "Bilderrahmen m Bilderrahmen", "teddy bear": "Teddybär m Teddybären",
    "soft rabbit": "Stoffhase m Stoffhasen", "doll": "Puppe f Puppen",
    "toy car": "Spielzeugauto n Spielzeugautos", "toy train": "Holzeisenbahn f Holzeisenbahnen",
    "toy robot": "Roboter m Roboter", "rocking horse": "Schaukelpferd n Schaukelpferde",
    "rubber duck": "Badeente f Badeenten", "ball": "Ball m Bälle",
    "building blocks": "Bauklötze p Bauklötze", "stacking rings": "Stapelringe p Stapelringe",
    "kite": "Drachen m Drachen", "spinning top": "Kreisel m Kreisel", "puzzle": "Puzzle n Puzzles",
    "flower pot": "Blumentopf m Blumentöpfe", "potted plant": "Zimmerpflanze f Zimmerpflanzen",
    "potted flower": "Topfblume f Topfblumen", "watering can": "Gießkanne f Gießkannen",
    "hand trowel": "Pflanzkelle f Pflanzkellen", "rake": "Harke f Harken",
    "wheelbarrow": "Schubkarre f Schubkarren", "bird house": "Vogelhaus n Vogelhäuser",
    "solar light": "Solarleuchte f Solarleuchten", "parasol": "Sonnenschirm m Sonnenschirme",
    "deck chair": "Liegestuhl m Liegestühle",
}  # fmt: skip
DEPARTMENTS = {
    "Clothing": "Kleidung", "Shoes": "Schuhe", "Bags": "Taschen", "Accessories": "Accessoires",
    "Kitchen": "Küche", "Home": "Wohnen", "Toys": "Spielzeug", "Garden": "Garten",
}  # fmt: skip
COLOURS = {
    "red": "rot", "orange": "orange", "yellow": "gelb", "green": "grün", "blue": "blau",
    "navy": "dunkelblau", "purple": "lila", "pink": "rosa", "brown": "braun", "beige": "beige",
    "white": "weiß", "black": "schwarz", "grey": "grau",
}  # fmt: skip
UNBENT = {"orange", "lila", "rosa", "beige"}
PATTERNS = {
    "striped": "gestreift", "checked": "kariert", "dotted": "gepunktet", "floral": "geblümt",
}  # fmt: skip
# As the first part of a compound, and alone.
MATERIALS = {
    "leather": "Leder Leder", "cotton": "Baumwoll Baumwolle", "wool": "Woll Wolle",
    "linen": "Leinen Leinen", "silk": "Seiden Seide", "velvet": "Samt Samt", "felt": "Filz Filz",
    "wood": "Holz Holz", "metal": "Metall Metall", "glass": "Glas Glas",
    "ceramic": "Keramik Keramik", "porcelain": "Porzellan Porzellan", "steel": "Stahl Stahl",
    "plastic": "Kunststoff Kunststoff", "straw": "Stroh Stroh", "rubber": "Gummi Gummi",
    "suede": "Wildleder Wildleder", "denim": "Jeans Jeansstoff", "plush": "Plüsch Plüsch",
    "marble": "Marmor Marmor", "copper": "Kupfer Kupfer", "paper": "Papier Papier",
}  # fmt: skip
ENDINGS = {"m": "er", "f": "e", "n": "es", "p": "e"}


def noun(kind: str) -> tuple[str, str, str]:
    """What one is called, its gender, and what several are called."""
    one, gender, many = NOUNS[kind].split()
    return one, gender, many


def bent(adjective: str, gender: str) -> str:
    """The adjective as it stands before a noun without an article: "rote", "gestreiftes"."""
    return adjective if adjective in UNBENT else adjective + ENDINGS[gender]


def compound(material: str, one: str) -> str:
    """ "Lederstiefel"; "Baumwoll-T-Shirt" where that would be hard to read."""
    first = MATERIALS[material].split()[0]
    return f"{first}-{one}" if "-" in one else first + one.lower()


def titled(product: Product, number: int) -> str:
    """Every third product's material is in its name, every second one's pattern before it."""
    look = product.shots[0].look
    one, gender, _ = noun(look.kind)
    name = compound(look.material, one) if look.material in MATERIALS and number % 3 == 0 else one
    words = [name, product.title.split()[0]]
    if look.pattern in PATTERNS and number % 2:
        words.insert(0, bent(PATTERNS[look.pattern], gender).capitalize())
    return " ".join(words)


def german_rows(product: Product, number: int) -> Iterator[dict[str, str]]:
    """The product's rows of the table, in German."""
    look = product.shots[0].look
    department = DEPARTMENTS[product.category.split(" > ")[0]]
    tags = []
    if look.material in MATERIALS:
        tags.append(f"Material:{MATERIALS[look.material].split()[1]}")
    if look.pattern in PATTERNS:
        tags.append(f"Muster:{PATTERNS[look.pattern]}")
    for row in rows(product):
        for place in ("1", "2"):
            name, value = row[f"Option{place} Name"], row[f"Option{place} Value"]
            if name == "Colour":
                row[f"Option{place} Name"] = "Farbe"
                row[f"Option{place} Value"] = COLOURS[value.lower()].capitalize()
            elif name == "Size":
                row[f"Option{place} Name"] = "Größe"
        row["Image Alt Text"] = ""
        if row["Title"]:
            row |= {
                "Title": titled(product, number),
                "Body (HTML)": "",
                "Product Category": f"{department} > {noun(look.kind)[2]}",
                "Type": noun(look.kind)[2],
                "Tags": ", ".join(tags),
            }
        yield row


def judged(products: list[Product]) -> Iterator[tuple[str, str, str, int, str]]:
    """The rows of the judgements: query, picture (none), product, grade, kind of query."""
    chance = random.Random(SEED)
    by_kind: dict[str, list[Product]] = {}
    for product in products:
        by_kind.setdefault(product.shots[0].look.kind, []).append(product)
    queries: dict[str, dict[str, dict[str, int]]] = {}
    for kind, alike in by_kind.items():
        one, gender, many = noun(kind)
        everything = dict.fromkeys((product.handle for product in alike), 3)
        queries.setdefault("kind", {})[many.lower()] = everything
        for product in alike:
            look = product.shots[0].look
            colour = COLOURS[look.colour]
            has = {each.handle for each in alike if look.colour in _colours(each)}
            _add(queries, "colour and kind", f"{bent(colour, gender)} {one}", alike, has)
            if look.pattern in PATTERNS:
                has = {e.handle for e in alike if e.shots[0].look.pattern == look.pattern}
                words = f"{bent(PATTERNS[look.pattern], gender)} {one}"
                _add(queries, "pattern and kind", words, alike, has)
            if look.material in MATERIALS:
                has = {e.handle for e in alike if e.shots[0].look.material == look.material}
                _add(queries, "written together", compound(look.material, one), alike, has)
                material = MATERIALS[look.material].split()[1]
                _add(queries, "written apart", f"{many} aus {material}", alike, has)
    for name, found in queries.items():
        for words in sorted(chance.sample(sorted(found), min(EACH, len(found)))):
            yield from ((words, "", handle, grade, name) for handle, grade in found[words].items())


def _add(
    queries: dict[str, dict[str, dict[str, int]]],
    name: str,
    words: str,
    alike: list[Product],
    has: set[str],
) -> None:
    grades = {product.handle: 3 if product.handle in has else 1 for product in alike}
    queries.setdefault(name, {})[words.lower()] = grades


def _colours(product: Product) -> set[str]:
    return {shot.look.colour for shot in product.shots}


def write(catalogue: Path) -> None:
    """Write both tables into the folder of the catalogue."""
    products = plan_products(SEED)
    with (catalogue / "german.csv").open("w", newline="", encoding="utf-8") as stream:
        table = csv.DictWriter(stream, FIELDS, lineterminator="\n")
        table.writeheader()
        for number, product in enumerate(products):
            table.writerows(german_rows(product, number))
    with (catalogue / "german-judgements.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("query", "picture", "product", "grade", "kind"))
        writer.writerows(judged(products))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("catalogue", type=Path, metavar="CATALOGUE")
    write(parser.parse_args().catalogue)
