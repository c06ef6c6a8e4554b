"""The shop as an app on a phone: manifest, icons, service worker, the page without the internet."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image, ImageDraw

from shop.installable import icons, parts
from shop.installable.colors import token
from shop.store.current import current_store
from shop.store.models import Store

pytestmark = pytest.mark.django_db


def manifest(client: Client, **headers: str) -> dict[str, Any]:
    answer = client.get("/manifest.webmanifest", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/manifest+json")
    found: dict[str, Any] = answer.json()
    return found


def picture(client: Client, address: str) -> Image.Image:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    return Image.open(io.BytesIO(answer.content))


def logo(size: tuple[int, int], *, ground: str = "white", mark: str = "red") -> ContentFile[bytes]:
    """A mark with wide margins."""
    image = Image.new("RGB", size, ground)
    across, down = size[0] // 4, size[1] // 4
    ImageDraw.Draw(image).rectangle((across, down, size[0] - across, size[1] - down), fill=mark)
    out = io.BytesIO()
    image.save(out, "PNG")
    return ContentFile(out.getvalue(), name="logo.png")


def store(**values: Any) -> Store:
    found = current_store()
    for name, value in values.items():
        setattr(found, name, value)
    found.save()
    return found


# --- Manifest -------------------------------------------------------------------------------------


def test_the_manifest_has_what_a_phone_asks_for(client: Client) -> None:
    store(name="The Gallery of Shoes")

    found = manifest(client)

    assert found["name"] == "The Gallery of Shoes"
    assert found["short_name"] == "The Gallery"
    assert (found["id"], found["start_url"], found["scope"]) == ("/", "/", "/")
    assert found["display"] == "standalone"
    assert found["theme_color"] == found["background_color"] == token("paper")
    sizes = {(icon["sizes"], icon["purpose"]) for icon in found["icons"]}
    assert sizes == {(s, p) for s in ("192x192", "512x512") for p in ("any", "maskable")}
    for icon in found["icons"]:
        shown = picture(client, icon["src"])
        assert f"{shown.width}x{shown.height}" == icon["sizes"]


def test_it_speaks_the_shop_s_language_whoever_asks(client: Client) -> None:
    store(language="de")
    assert manifest(client, **{"Accept-Language": "en"})["lang"] == "de"


def test_it_holds_what_others_add(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "shortcuts", [])
    monkeypatch.setattr(parts, "share_targets", [])
    monkeypatch.setattr(
        "shop.installable.manifest.shortcuts", [lambda: {"name": "Go", "url": "/x/"}]
    )
    monkeypatch.setattr("shop.installable.manifest.share_targets", [lambda: {"action": "/y/"}])

    found = manifest(client)

    assert (found["shortcuts"][0]["name"], found["shortcuts"][0]["url"]) == ("Go", "/x/")
    assert found["share_target"] == {"action": "/y/"}


def test_a_shop_without_search_takes_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shop.installable.manifest.shortcuts", [])
    monkeypatch.setattr("shop.installable.manifest.share_targets", [])

    assert manifest(client).keys().isdisjoint({"shortcuts", "share_target"})


def test_every_page_names_it_and_the_admin_does_not(client: Client, admin_client: Client) -> None:
    for address in ("/", "/cart/", "/account/login/", "/nothing/"):
        html = client.get(address).content.decode()
        assert 'rel="manifest" href="/manifest.webmanifest"' in html
        assert "js/installable.js" in html
    for address in ("/admin/", "/admin/catalog/product/"):
        html = admin_client.get(address).content.decode()
        assert "webmanifest" not in html
        assert "installable.js" not in html


# --- Icons ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Vitrine", "Östlich", "шляпы", "東京", "👟", "&"])
def test_every_shop_has_an_icon(client: Client, name: str) -> None:
    store(name=name)

    shown = picture(client, "/icons/maskable-192.png").convert("RGB")

    colors = [color for _, color in sorted(shown.getcolors(10_000) or [])]
    assert "#%02x%02x%02x" % colors[-1] == token("ink")  # noqa: UP031
    assert len(colors) > 2  # something is drawn


def test_another_letter_is_another_icon(client: Client) -> None:
    first = icons.version(store(name="Vitrine")), picture(client, "/icons/icon-192.png").tobytes()
    second = icons.version(store(name="Boots")), picture(client, "/icons/icon-192.png").tobytes()

    assert first[0] != second[0]
    assert first[1] != second[1]


def test_corners_are_round_but_where_the_system_cuts_them(client: Client) -> None:
    assert picture(client, "/icons/icon-192.png").getpixel((0, 0))[3] == 0  # type: ignore[index]
    for whole in ("/icons/maskable-512.png", "/apple-touch-icon.png"):
        assert picture(client, whole).mode == "RGB"


def test_the_icon_is_the_logo_without_its_margins(client: Client) -> None:
    store(logo=logo((400, 400)))

    shown = picture(client, "/icons/maskable-512.png")

    red = (
        shown.convert("RGB").point(lambda level: 255 * (level < 128)).split()[1]
    )  # where no green is
    left, top, right, bottom = red.getbbox() or (0, 0, 0, 0)
    assert shown.getpixel((0, 0)) == (255, 255, 255)
    assert abs((right - left) - 512 * 0.72 * 0.8) < 8
    assert abs(left - (512 - right)) < 4 and abs(top - (512 - bottom)) < 4


def test_the_ground_of_a_logo_goes_on_to_the_edges(client: Client) -> None:
    store(logo=logo((300, 200), ground="#204060", mark="white"))

    red, green, blue = picture(client, "/icons/maskable-192.png").getpixel((2, 2))  # type: ignore[misc]

    assert abs(red - 0x20) < 6 and abs(green - 0x40) < 6 and abs(blue - 0x60) < 6


@pytest.mark.parametrize("size", [(1200, 100), (100, 100)])
def test_a_logo_that_cannot_be_read_so_small_gives_way_to_the_letter(
    client: Client, size: tuple[int, int]
) -> None:
    store(logo=logo(size, mark="red" if size[0] > 100 else "white"))

    assert picture(client, "/icons/maskable-192.png").getpixel((0, 0)) == (0x16, 0x15, 0x12)


def test_a_logo_whose_file_is_gone_gives_way_too(client: Client) -> None:
    shop = store(logo=logo((200, 200)))
    shop.logo.storage.delete(shop.logo.name)

    assert picture(client, "/icons/icon-512.png").width == 512


def test_an_icon_is_kept_for_good_by_its_version_alone(client: Client) -> None:
    address = manifest(client)["icons"][0]["src"]

    assert "immutable" in client.get(address)["Cache-Control"]
    for plain in ("/apple-touch-icon.png", "/favicon.ico", "/icons/icon-192.png?v=old"):
        assert client.get(plain)["Cache-Control"] == "public, max-age=86400"
    assert client.get("/icons/nope.png").status_code == 404


# --- Service worker -------------------------------------------------------------------------------


def config(client: Client, **headers: str) -> dict[str, Any]:
    answer = client.get("/service-worker.js", headers=headers)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")
    assert answer["Content-Type"].startswith("text/javascript")
    found = re.search(r"notForShoppers \} = (\{.*\});", answer.content.decode())
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_the_worker_keeps_the_offline_page_and_what_it_names(client: Client) -> None:
    kept = config(client)["kept"]

    page = client.get("/offline/")
    html = page.content.decode()
    assert kept[0] == "/offline/"
    assert [file for file in kept if file.endswith(".css")]
    assert [file for file in kept if file.startswith("/icons/icon-192.png?v=")]
    assert [file for file in kept if file.endswith("js/offline.js")]
    for file in kept[1:]:
        assert f'"{file}"' in html
    assert page["Cache-Control"] == "no-cache"


def test_the_worker_is_another_one_when_the_page_is(client: Client) -> None:
    versions = {config(client)["version"]}
    versions.add(config(client, **{"Accept-Language": "de"})["version"])
    store(phone="+44 1")
    versions.add(config(client)["version"])
    store(name="Another")
    versions.add(config(client)["version"])

    assert len(versions) == 4
    assert config(client)["version"] == config(client)["version"]


def test_a_worker_that_is_not_wanted_any_more_removes_itself(
    client: Client, settings: LazySettings
) -> None:
    settings.SERVICE_WORKER = False

    script = client.get("/service-worker.js").content.decode()

    assert "unregister()" in script
    assert "fetch" not in script
    assert "data-service-worker" not in client.get("/").content.decode()
    assert 'rel="manifest"' in client.get("/").content.decode()


def test_the_offline_page_says_what_works(client: Client) -> None:
    assert "tel:" not in client.get("/offline/").content.decode()
    store(phone="+44 123 456")

    html = client.get("/offline/").content.decode()

    assert '<a class="button" href="">Try again</a>' in html
    assert "Your cart is kept" in html
    assert '<a href="tel:+44123456">+44 123 456</a>' in html
    assert '<meta name="robots" content="noindex">' in html
