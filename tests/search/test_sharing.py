"""What a phone shares into the shop: a photo, words, or a link."""

from __future__ import annotations

import pytest
from django.test import Client

from search.query import MAX_WORDS
from search.sharing import words_of
from tests.factories import ProductFactory, upload

pytestmark = pytest.mark.django_db

SHARE = "/search/share/"


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        ("red boots", "", "red boots"),
        ("  red\n boots ", "ignored", "red boots"),
        ("“red boots”\nhttps://blog.example/post#:~:text=red", "A blog", "red boots"),
        ("https://blog.example/p/1", "Red boots for the rain | A blog", "Red boots for the rain"),
        ("https://blog.example/p/1", "Red boots – A blog", "Red boots"),
        ("www.blog.example", "", ""),
        ("", "Red boots", "Red boots"),
        ("", "", ""),
        ("HTTPS://A.EXAMPLE/B?C boots", "", "boots"),
    ],
)
def test_words_are_searched_for_and_addresses_are_not(text: str, title: str, words: str) -> None:
    assert words_of(text, title=title) == words


def test_a_photo_s_name_is_no_word() -> None:
    assert words_of("https://a.example", title="IMG_2041.jpg", has_photo=True) == ""
    assert words_of("in blue", title="IMG_2041.jpg", has_photo=True) == "in blue"


def test_a_long_text_is_cut_between_words() -> None:
    words = words_of("boots " * 500)
    assert len(words) <= MAX_WORDS and words.endswith("boots")
    assert len(words_of("x" * 2000)) == MAX_WORDS


def test_shared_words_become_a_search(client: Client) -> None:
    answer = client.post(SHARE, {"title": "", "q": "red boots https://a.example", "url": ""})

    assert (answer.status_code, answer["Location"]) == (303, "/search/?q=red+boots")


@pytest.mark.parametrize("shared", [{"q": "https://a.example"}, {"url": "https://a.example"}, {}])
def test_a_link_alone_is_answered_with_what_would_work(
    client: Client, shared: dict[str, str]
) -> None:
    answer = client.post(SHARE, shared, follow=True)

    assert answer.redirect_chain == [("/search/", 302)]
    assert "A link cannot be searched for." in answer.content.decode()


@pytest.mark.usefixtures("vitrine_mini")
def test_a_shared_photo_is_searched_with_by_who_shared_it(client: Client) -> None:
    ProductFactory(images=1)

    answer = client.post(SHARE, {"title": "IMG_1.jpg", "q": "", "image": upload()})

    assert answer.status_code == 303
    assert answer["Location"].startswith("/search/?photo=")
    found = client.get(answer["Location"])
    assert found.status_code == 200
    assert 'name="robots" content="noindex"' in found.content.decode()
    assert "IMG_1" not in found.content.decode()


def test_a_phone_has_no_token_for_a_form() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(SHARE, {"q": "red boots"}).status_code == 303


@pytest.mark.usefixtures("vitrine_mini")
def test_a_photo_from_another_site_is_whose_browser_opens_it_and_leaves_their_session_alone() -> (
    None
):
    ProductFactory(images=1)
    visitor, somebody = Client(), Client()

    # Browsers send no cookie with it.
    answer = Client().post(SHARE, {"image": upload()}, headers={"Origin": "https://a.example"})
    assert not answer.cookies
    shown = [visitor.get(answer["Location"]).content.decode() for _ in range(2)]
    others = somebody.get(answer["Location"]).content.decode()

    assert "Like your photo" in shown[0] and "Like your photo" in shown[1]
    assert "Like your photo" not in others


def test_what_is_no_picture_is_said_to_be_none(client: Client) -> None:
    answer = client.post(SHARE, {"image": upload(b"%PDF-1.7 boots", name="boots.pdf")})

    assert answer.status_code == 400
    assert "PDF" in answer.content.decode()


def test_who_comes_back_by_the_address_is_led_to_the_search(client: Client) -> None:
    assert client.get(SHARE)["Location"] == "/search/"


def test_the_manifest_says_that_the_shop_takes_photos_and_words(client: Client) -> None:
    manifest = client.get("/manifest.webmanifest").json()

    target = manifest["share_target"]
    assert (target["action"], target["method"]) == (SHARE, "POST")
    assert target["enctype"] == "multipart/form-data"
    assert target["params"]["files"] == [{"name": "image", "accept": ["image/*"]}]
    assert target["params"]["text"] == "q"
    assert [shortcut["url"] for shortcut in manifest["shortcuts"]] == ["/search/"]
