"""The style guide: for staff, with all there is, of the shop's own templates."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from shop.styleguide import tokens
from shop.styleguide.specimens import in_theme
from shop.styleguide.views import ERRORS


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/styleguide/", "/styleguide/themes.css"])
def test_it_is_for_staff(client: Client, address: str) -> None:
    stranger = client.get(address)
    client.force_login(User.objects.create_user("eve"))
    shopper = client.get(address)

    assert (stranger.status_code, stranger["Location"]) == (
        302,
        f"/account/login/?next={address}",
    )
    assert shopper.status_code == 404


@pytest.mark.django_db
def test_it_shows_tokens_and_components_twice(admin_client: Client) -> None:
    html = admin_client.get("/styleguide/").content.decode()

    for name in tokens.read_tokens().light:
        if not name.startswith(("gutter", "page")):
            assert f"--{name}<" in html, name
    assert html.count("card-sold-out") == 2
    assert html.count("price-reduced") == 4  # on a card and by itself, light and dark
    ids = re.findall(r'(?<![\w-])id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "style=" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", ERRORS)
def test_pages_that_say_what_failed(admin_client: Client, name: str) -> None:
    assert "<h1>" in admin_client.get(f"/styleguide/errors/{name}/").content.decode()


@pytest.mark.django_db
def test_no_other_template_is_shown(admin_client: Client) -> None:
    assert admin_client.get("/styleguide/errors/base/").status_code == 404


def test_colors_that_meet_have_enough_contrast() -> None:
    measured = tokens.pairs(tokens.read_tokens())

    assert len(measured) == len(tokens.PAIRS)
    assert [pair for pair in measured if not pair.is_enough] == []


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#ffffff", 21), ("#777777", "#fff", 4.48), ("rgb(1 2 3 / 50%)", "#010203", 1)],
)
def test_contrast_as_wcag_has_it(one: str, other: str, ratio: float) -> None:
    assert tokens.contrast(one, other) == pytest.approx(ratio, abs=0.01)


def test_a_token_is_light_and_dark() -> None:
    found = tokens.read_tokens()

    assert found.light["paper"] != found.dark["paper"]
    css = tokens.sheet(found)
    assert f"--paper: {found.light['paper']};" in css
    assert f"--paper: {found.dark['paper']};" in css
    assert '[data-show="space-4"] { inline-size: var(--space-4); }' in css


def test_what_is_there_twice_has_names_of_its_own() -> None:
    html = '<label for="a">A</label><input id="a" aria-describedby="b c"><a href="#a" data-id="a">'

    assert in_theme(html, "dark") == (
        '<label for="a-dark">A</label><input id="a-dark" aria-describedby="b-dark c-dark">'
        '<a href="#a-dark" data-id="a">'
    )
    assert in_theme('<a href="/">', "dark") == '<a href="/">'
