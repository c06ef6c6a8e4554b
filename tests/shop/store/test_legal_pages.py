"""Legal texts: their pages, their links, their format."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from shop.store.current import current_store
from shop.store.models import LegalPage
from shop.store.texts import as_html
from tests.shop.store.factories import LegalPageFactory


@pytest.mark.django_db
def test_a_published_text_has_a_page_and_a_link_in_the_footer(client: Client) -> None:
    LegalPageFactory(kind="imprint", text="# Who we are\n\nA shop.")

    html = client.get("/pages/imprint/").content.decode()

    assert "<h1>Imprint</h1>" in html
    assert "<h2>Who we are</h2>" in html
    assert '<a href="/pages/imprint/">Imprint</a>' in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("values", [{"published": False}, {"text": ""}, {"text": " \n\t "}])
def test_what_is_not_published_or_empty_is_not_shown(client: Client, values: Any) -> None:
    LegalPageFactory(kind="terms", **values)

    assert client.get("/pages/terms/").status_code == 404
    assert "/pages/terms/" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_a_text_that_there_is_not_is_404(client: Client) -> None:
    assert client.get("/pages/nothing/").status_code == 404


@pytest.mark.django_db
def test_the_language_decides_which_variant_is_shown() -> None:
    store = current_store()
    store.language = "de"
    store.save()
    for kind, language in [("imprint", "en"), ("imprint", "de"), ("terms", "de"), ("terms", "fr")]:
        LegalPageFactory(kind=kind, language=language)
    LegalPageFactory(kind="privacy", language="fr")

    with translation.override("en-gb"):
        shown = [(page.kind, page.language) for page in LegalPage.objects.shown().in_language()]

    assert shown == [("imprint", "en"), ("privacy", "fr"), ("terms", "de")]


@pytest.mark.django_db
def test_the_footer_costs_one_query_however_many_texts(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get("/")  # makes the row of the shop's settings
    with django_assert_max_num_queries(20) as none:
        client.get("/")
    for kind in LegalPage.Kind.values:
        for language in ("en", "de"):
            LegalPageFactory(kind=kind, language=language)

    with django_assert_max_num_queries(20) as all_of_them:
        client.get("/")

    assert len(all_of_them) == len(none)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\nline\n\nTwo", "<p>One<br>line</p>\n<p>Two</p>"),
        ("# Head\nWords", "<h2>Head</h2>\n<p>Words</p>"),
        ("## Head", "<h3>Head</h3>"),
        ("Of:\n- one\n- two\n  goes on", "<p>Of:</p>\n<ul><li>one</li><li>two goes on</li></ul>"),
        (
            "[Here](https://a.example/x?y=1&z)",
            '<p><a href="https://a.example/x?y=1&amp;z">Here</a></p>',
        ),
        ("[Here](/contact/)", '<p><a href="/contact/">Here</a></p>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](//evil.example)", "<p>[x](//evil.example)</p>"),
        ('[x](https://a"onclick=b)', '<p><a href="https://a&quot;onclick=b">x</a></p>'),
        ("[<b>](https://a.example)", '<p><a href="https://a.example">&lt;b&gt;</a></p>'),
        ("#1 is no heading", "<p>#1 is no heading</p>"),
        ("", ""),
    ],
)
def test_the_plain_format(text: str, html: str) -> None:
    assert as_html(text) == html


def test_bare_addresses_become_links() -> None:
    html = as_html("Write to me@example.com or see https://example.com/<b>")

    assert '<a href="mailto:me@example.com">' in html
    assert 'href="https://example.com/' in html
    assert "<b>" not in html
