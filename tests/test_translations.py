"""Every text has its translation, as the code and the templates are now; and pages show it."""

from __future__ import annotations

import ast
import io
import re
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo
from django.conf import settings
from django.test import Client
from django.utils import translation

from search import stored_words
from search.query import SearchQuery
from search.refinements import refinements
from search.service import SearchPage
from shop import formats, translations
from shop.catalog.images import ImageRejected, take_in
from shop.catalog.templatetags.catalog_pictures import money
from shop.translations import KEYWORDS
from tests.factories import CategoryFactory, ProductFactory

LANGUAGES = translations.languages()
# "%(name)s", "%d", "%%", "{name}", "{}", and tags, which stand in some.
PLACE = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}|</?\w+[^>]*>")
SAID_IN_ENGLISH = [
    "Skip to the content",
    "Categories",
    "All categories",
    "Search by words",
    "Search with a photo",
    "Only what is in stock",
    "In stock",
    "Sold out",
    "Filters",
    "Show us what you like",
    "Take a photo",
    "What are you looking for",
    "Past searches",
    "Recently viewed",
    "Lowest price",
    "All brands",
    "More like this",
    "Why this",
    "Sort by",
    "Best match",
    "Show more",
    "Previous",
    "Nothing here",
    "Look around",
    "Try other words",
    "Find it by how it looks",
    "New in",
    "Picked for you",
    "Go to the shop",
    "Page 1 of",
    ">Any<",
    "Colour",
]


def catalog(language: str) -> Catalog:
    return translations.updated(language)


def said(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def test_german_is_there_and_offered() -> None:
    assert "de" in LANGUAGES
    assert [code for code, _name in settings.LANGUAGES] == ["en", "de"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    """`make messages` adds what is missing to the catalogue, where it waits for its translation."""
    lacking = [said(message) for message in translations.missing(catalog(language))]

    assert not lacking, "\n".join(["Without a translation, or fuzzy:", *lacking])


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_places_of_their_texts(language: str) -> None:
    wrong = []
    for message in catalog(language):
        texts = [message.id] if isinstance(message.id, str) else list(message.id)
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        right = [Counter(PLACE.findall(text)) for text in texts]
        if message.id and any(Counter(PLACE.findall(form)) not in right for form in forms):
            wrong.append(f"{texts} -> {forms}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_django_reads_is_what_people_wrote(language: str) -> None:
    """Else `make messages` was forgotten after the last change of the .po."""
    path = translations.LOCALE / language / "LC_MESSAGES" / "django.mo"
    expected = io.BytesIO(translations.compiled(catalog(language)))

    with path.open("rb") as file:
        assert strings(read_mo(file)) == strings(read_mo(expected))


def strings(compiled: Catalog) -> dict[Any, Any]:
    return {(message.context, said(message)): message.string for message in compiled if message.id}


def test_no_text_is_said_where_it_is_not_found() -> None:
    """Within an f-string, for one, or by another name of `gettext`."""
    found = {said(message) for message in translations.extracted()}
    unseen = []
    folders = [translations.ROOT / folder for folder in translations.CODE]
    for path in (path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                names = {one.asname or one.name for one in node.names if "gettext" in one.name}
                unseen += [f"{path}:{node.lineno}: {one}" for one in names - set(KEYWORDS)]
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id not in KEYWORDS:
                continue
            texts = node.args[1:] if node.func.id.startswith(("pget", "npget")) else node.args
            text = texts[0] if texts else None
            if isinstance(text, ast.JoinedStr) or (
                isinstance(text, ast.Constant) and text.value not in found
            ):
                unseen.append(f"{path}:{node.lineno}")

    assert not unseen


# --- Pages --------------------------------------------------------------------------------------


@pytest.fixture
def german(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "de-DE,de;q=0.9,en;q=0.5"
    return client


@pytest.fixture
def stocked(db: None) -> None:
    boots = CategoryFactory(name="Boots")
    for number in range(25):
        ProductFactory(
            title=f"Ankle boots {number}",
            category=boots,
            brand="Acme",
            variants=[
                {"price": "1234.50", "stock": 0 if number else 3, "options": {"size": "M"}},
                {"price": "1500", "stock": 0, "options": {"size": "L"}},
            ],
        )


PAGES = {
    "/": (200, ["Finden Sie es", "Neu im Shop", "Zum Inhalt springen", "Ausverkauft"]),
    "/category/boots/": (200, ["25 Produkte", "Seite 1 von 2", "ab ", "1.234,50"]),
    "/category/boots/?page=9": (404, ["Eine Seite 9 gibt es nicht: Die letzte ist 2."]),
    "/search/": (200, ["Suchen mit Wörtern, mit Foto, mit beidem", "Foto hier ablegen"]),
    "/search/?q=boots": (200, ["25 Produkte", "Beste Treffer", "„boots“ steht im"]),
    "/search/?q=boots&in_stock=1": (200, ["1 Produkt", "Filter entfernen:", "auf Lager"]),
    "/search/?q=qqqzzz&in_stock=1": (200, ["Nichts, was dem nahekommt", "Oder sehen Sie sich um"]),
    "/search/?q=boots&price_max=9": (200, ["Mit weniger Filtern", "ohne „"]),
    "/search/?q=boots&price_min=9&price_max=1": (400, ["liegt über dem höchsten"]),
    "/for-you/": (200, ["Für Sie ausgesucht", "Einschalten"]),
    "/nowhere/": (404, ["Hier ist nichts", "Zum Shop"]),
}


def test_pages_in_german(stocked: None, german: Client) -> None:
    for address, (status, words) in PAGES.items():
        response = german.get(address)

        html = response.content.decode()
        assert response.status_code == status, address
        assert '<html lang="de">' in html, address
        assert response["Content-Language"] == "de", address
        assert "Accept-Language" in response["Vary"], address
        assert [word for word in words if word not in html] == [], address
        assert [word for word in SAID_IN_ENGLISH if word in html] == [], address
        # A browser reads 0.5, and not 0,5.
        shares = re.findall(r'<meter[^>]* value="([^"]*)"', html)
        assert all(re.fullmatch(r"\d(\.\d+)?", share) for share in shares), address


@pytest.mark.django_db
def test_a_visitor_chooses_the_language(client: Client) -> None:
    page = client.get("/", HTTP_ACCEPT_LANGUAGE="de").content.decode()
    assert 'action="/language/"' in page

    chosen = client.post(
        "/language/", {"language": "en"}, HTTP_REFERER="http://testserver/for-you/"
    )

    assert (chosen.status_code, chosen["Location"]) == (302, "http://testserver/for-you/")
    page = client.get("/", HTTP_ACCEPT_LANGUAGE="de").content.decode()
    assert '<html lang="en">' in page  # though the browser asks for German


@pytest.mark.django_db
def test_a_choice_leads_to_no_other_site(client: Client) -> None:
    chosen = client.post(
        "/language/", {"language": "de", "next": "https://evil.example/"}, HTTP_REFERER="//evil.net"
    )

    assert chosen["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "field", "message"),
    [
        ("/api/v1/search/", "detail", "Sagen Sie, was Sie suchen"),
        ("/api/v1/search/?category=nope", "category", "Eine Kategorie „nope“ gibt es nicht."),
        ("/api/v1/search/?colour=red", "colour", "Meinten Sie „color“?"),
    ],
)
def test_the_api_says_what_is_wrong_in_german(
    german: Client, address: str, field: str, message: str
) -> None:
    response = german.get(address)

    assert response.status_code == 400
    assert message in response.json()["errors"][field][0]
    assert response.json()["type"] == "invalid"


@pytest.mark.django_db
def test_the_admin_in_german(admin_client: Client) -> None:
    ProductFactory(title="Boots")
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"

    html = admin_client.get("/admin/catalog/product/").content.decode()

    for word in ("Katalog", "Produkte", "Veröffentlichen", "Bestand", "Ohne Bilder", "Vorschläge"):
        assert word in html, word


# --- What is said -------------------------------------------------------------------------------


def test_amounts_and_numbers_as_the_language_writes_them() -> None:
    with translation.override("de"):
        assert money(Decimal("1234.5"), "EUR") == "1.234,50\N{NO-BREAK SPACE}€"
        assert formats.number(12345.5) == "12.345,5"
        assert formats.percent(0.955, decimals=1) == "95,5\N{NO-BREAK SPACE}%"
    with translation.override("en"):
        assert money(Decimal("1234.5"), "EUR") == "€1,234.50"
        assert formats.percent(0.12) == "12%"
    with translation.override(None):  # as commands are
        assert formats.number(1000) == "1,000"


def test_why_a_photo_is_not_taken() -> None:
    with translation.override("de"), pytest.raises(ImageRejected) as rejected:
        take_in(b"%PDF-1.7")

    [message] = rejected.value.messages
    assert message.startswith("Das ist ein PDF und kein Bild, das wir lesen können. Bitte senden")


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("", ""),
        ("No picture shows a size.", "Kein Bild zeigt eine Größe."),
        ("It has more than 300 values.", "Es hat mehr als 300 Werte."),
        (
            "25% of the products with it have several values at once.",
            "25% der Produkte mit diesem Merkmal haben mehrere Werte zugleich.",
        ),
        ("cannot identify image file 7", "cannot identify image file 7"),
        ("3 of 4 at 100%", "3 of 4 at 100%"),
    ],
)
def test_sentences_that_tables_keep(stored: str, shown: str) -> None:
    with translation.override("de"):
        assert stored_words.translated(stored) == shown


@pytest.mark.django_db
def test_refinements_are_shown_in_german_and_ask_in_the_words_of_the_shop() -> None:
    query = SearchQuery(like=ProductFactory(images=1))

    with translation.override("de"):
        [others] = [
            group.refinements
            for group in refinements(query, "with stripes", None, SearchPage([], 0, 1))
            if group.dots
        ]

    [blue] = [one for one in others if one.color == "blue"]
    assert blue.label == "Blau"
    assert blue.changes == {"q": "with stripes in blue"}
