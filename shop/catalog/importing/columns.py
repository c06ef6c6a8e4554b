"""What people call the columns of a table of products, in several languages."""

from __future__ import annotations

import re
import unicodedata

NAMES = {
    "handle": "handle, slug, url key, permalink",
    "title": (
        "title, name, product, product name, product title, item name, titel, produkt, "
        "produktname, produkttitel, bezeichnung, artikel, artikelname, artikelbezeichnung, titre, "
        "nom, nom du produit, produit, titulo, nombre, producto, titolo, nome, prodotto"
    ),
    "category": (
        "category, categories, product category, product type, type, kategorie, kategorien, "
        "warengruppe, produktkategorie, categorie, categoria"
    ),
    "sku": (
        "sku, variant sku, article number, item number, product code, artikelnummer, artikelnr, "
        "art nr, bestellnummer, reference, referencia, riferimento, codice, codigo"
    ),
    "price": (
        "price, variant price, regular price, selling price, unit price, preis, verkaufspreis, "
        "vk, vk preis, bruttopreis, prix, prix de vente, precio, prezzo"
    ),
    "sale_price": "sale price, special price, angebotspreis, aktionspreis, prix promo",
    "former_price": (
        "former price, compare at price, old price, was price, rrp, msrp, list price, "
        "streichpreis, alter preis, bisheriger preis, uvp, listenpreis, ancien prix, "
        "precio anterior, prezzo precedente"
    ),
    "stock": (
        "stock, quantity, qty, inventory, in stock, on hand, stock quantity, bestand, "
        "lagerbestand, lager, menge, anzahl, stueckzahl, quantite, existencias, cantidad, "
        "quantita, giacenza"
    ),
    "brand": "brand, vendor, manufacturer, marke, hersteller, marque, marca",
    "description": (
        "description, text, long description, body, details, beschreibung, langbeschreibung, "
        "produktbeschreibung, descripcion, descrizione"
    ),
    "pictures": (
        "pictures, picture, images, image, photos, photo, image url, image urls, picture url, "
        "main image, image link, bilder, bild, foto, fotos, bild url, bildadresse, imagen, "
        "imagenes, immagine, immagini"
    ),
    "picture_texts": (
        "picture texts, picture text, alt text, alt texts, image alt text, alternative text, "
        "bildtexte, bildtext, alternativtext, texte alternatif"
    ),
    "variant_picture": "variant picture, variant image, variantenbild",
    "published": (
        "published, visible, active, status, for sale, veroeffentlicht, sichtbar, aktiv, publie, "
        "publicado, pubblicato"
    ),
    "variant_published": "variant published, variante veroeffentlicht",
    "weight": (
        "weight, weight g, weight in grams, grams, weight kg, weight in kg, weight lb, weight oz, "
        "gewicht, gewicht g, gewicht in gramm, gewicht kg, gewicht in kg, poids, poids kg, peso, "
        "peso kg"
    ),
    "tax_category": (
        "tax category, tax class, tax, steuerklasse, steuerkategorie, steuersatz, steuer"
    ),
    "colour": "colour, color, farbe, couleur, colore",
    "size": "size, groesse, taille, talla, taglia",
}
# Of no use here: said so, rather than made into attributes with as many values as products.
IGNORED = (
    "id, no, nr, number, line, row, notes, note, remarks, comment, comments, notizen, bemerkung, "
    "ean, gtin, upc, isbn, barcode, created, updated, created at, updated at, url, link, currency, "
    "waehrung, date, datum"
)
PRODUCT, OPTION = "attribute", "option"
PREFIXES = {
    "attribute": PRODUCT,
    "merkmal": PRODUCT,
    "eigenschaft": PRODUCT,
    "option": OPTION,
    "auswahl": OPTION,
}


def folded(title: str) -> str:
    """A title without case, accents, spaces and punctuation; ä is as good as ae."""
    text = title.casefold()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        text = text.replace(umlaut, letters)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(c for c in text if c.isalnum())


_BY_TITLE = {folded(alias): name for name, aliases in NAMES.items() for alias in aliases.split(",")}
_IGNORED = {folded(alias) for alias in IGNORED.split(",")}
_NUMBERED = re.compile(r"(?P<name>\D+)\d{1,2}", re.ASCII)


def known(title: str) -> str | None:
    """What a column holds, by what it is called; None for one that nobody knows."""
    key = folded(title)
    found = _BY_TITLE.get(key)
    if found is None and (numbered := _NUMBERED.fullmatch(key)):
        found = _BY_TITLE.get(numbered["name"])
        return found if found == "pictures" else None  # picture 1, picture 2, ...
    return found


def is_ignored(title: str) -> bool:
    return folded(title) in _IGNORED


def attribute_of(title: str) -> tuple[str, str] | None:
    """The name in `Attribute: Sleeve` or `Option: Fit`, and which of both it is."""
    prefix, colon, name = title.partition(":")
    kind = PREFIXES.get(folded(prefix)) if colon else None
    return (kind, name.strip()) if kind and name.strip() else None


def weight_unit(title: str) -> str:
    """The unit that the title of a column of weights names; grams unless it does."""
    words = re.findall(r"[a-z]+", title.casefold())
    return next((unit for unit in ("kg", "lb", "oz") if unit in words), "g")
