"""Renditions are made behind the page, once, for as long as the picture is the same."""

from __future__ import annotations

import base64
import io
import re
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.template import Context, Template
from PIL import Image

from shop.catalog import renditions, tasks
from shop.catalog.models import ProductImage
from shop.catalog.pictured import Pictured, pictured_models
from shop.catalog.templatetags.catalog_pictures import money
from shop.celery import app
from shop.locks import try_lock
from shop.store.current import current_store
from tests.factories import ProductFactory, ProductImageFactory, picture_bytes

pytestmark = pytest.mark.django_db


def folder(image: ProductImage) -> Path:
    return (Path(django_settings.MEDIA_ROOT) / image.image.name).with_suffix("")


def widths(image: ProductImage) -> list[int]:
    return sorted(Image.open(file).width for file in folder(image).glob("*.webp"))


def test_a_large_picture_has_every_width_and_a_small_one_its_own() -> None:
    large = ProductImageFactory(data=picture_bytes((1600, 800), seed=1))
    small = ProductImageFactory(data=picture_bytes((500, 400), seed=1))

    for image in (large, small):
        assert renditions.make_renditions(ProductImage, image.pk)
        image.refresh_from_db()
        assert image.renditions_ready

    assert widths(large) == [320, 640, 1280]
    assert widths(small) == [320, 500]
    assert Image.open(folder(large) / "640w.webp").size == (640, 320)


def test_twice_is_once() -> None:
    image = ProductImageFactory()
    renditions.make_renditions(ProductImage, image.pk)

    with mock.patch("shop.catalog.renditions._write") as write:
        renditions.make_renditions(ProductImage, image.pk)
        renditions.sweep_renditions(ProductImage)

    write.assert_not_called()


def test_a_picture_replaced_meanwhile_is_not_ready_and_leaves_nothing(
    django_capture_on_commit_callbacks: Any,
) -> None:
    image = ProductImageFactory()
    written = renditions._write

    def replaced_while_writing(row: ProductImage, file_type: str) -> str:
        preview = written(row, file_type)
        other = ProductImage.objects.get(pk=row.pk)
        other.image = ContentFile(picture_bytes(seed=99), name="b.jpg")
        other.save()
        return preview

    with (
        mock.patch("shop.catalog.renditions._write", replaced_while_writing),
        mock.patch("shop.celery._publisher.publish"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert not renditions.make_renditions(ProductImage, image.pk)

    assert not folder(image).exists()
    image.refresh_from_db()
    assert not image.renditions_ready and image.image.storage.exists(image.image.name)


def test_a_new_file_rings_for_its_renditions_and_a_bulk_is_found_by_the_sweep(
    django_capture_on_commit_callbacks: Any,
) -> None:
    product = ProductFactory()
    with mock.patch("shop.celery._publisher.publish") as publish:
        with django_capture_on_commit_callbacks(execute=True):
            one = ProductImageFactory(product=product)
        made = {"image_id": one.pk, "model": "catalog.productimage"}
        publish.assert_any_call(tasks.make_renditions, made)
        [other] = ProductImage.objects.bulk_create(
            [ProductImage(product=product, image=ContentFile(picture_bytes(seed=77), name="a"))]
        )

    tasks.sweep_renditions()

    assert set(ProductImage.objects.values_list("renditions_ready", flat=True)) == {True}
    assert folder(other).exists()


def test_a_missing_file_stops_neither_the_others_nor_the_sweep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shop.catalog.renditions.BATCH", 2)
    lost = [ProductImageFactory() for _ in range(4)]
    for image in lost:
        image.image.storage.delete(image.image.name)
    fine = ProductImageFactory()
    rung: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks, "dispatch", lambda task, **kwargs: rung.append(kwargs))

    tasks.sweep_renditions()
    while rung:
        tasks.sweep_renditions(**rung.pop())

    fine.refresh_from_db()
    assert fine.renditions_ready
    assert ProductImage.objects.filter(renditions_ready=False).count() == 4


def test_where_one_sweep_runs_another_leaves_it_alone() -> None:
    ProductImageFactory()

    with mock.patch("shop.catalog.tasks.try_lock") as lock:
        lock.return_value.__enter__.return_value = False
        tasks.sweep_renditions()

    assert not ProductImage.objects.filter(renditions_ready=True).exists()
    with try_lock("anything") as held:
        assert held


def test_what_another_makes_at_this_moment_is_left_to_it() -> None:
    """Else a file that pages offer already would be written once more, as somebody reads it."""
    image = ProductImageFactory()

    with mock.patch("shop.catalog.renditions.try_lock") as lock:
        lock.return_value.__enter__.return_value = False
        assert not renditions.make_renditions(ProductImage, image.pk)

    assert not folder(image).exists()
    assert renditions.make_renditions(ProductImage, image.pk)


# --- AVIF and previews --------------------------------------------------------------------------


def ready(**wanted: Any) -> ProductImage:
    """A picture with its WebP files and preview, as the page gets it."""
    image: ProductImage = ProductImageFactory(**wanted)
    assert renditions.make_renditions(ProductImage, image.pk)
    image.refresh_from_db()
    return image


def test_avif_files_of_more_widths_follow_and_are_smaller() -> None:
    photo = Image.effect_noise((1600, 800), 40).convert("RGB")
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=95)
    image = ready(data=out.getvalue())
    assert not image.avif_ready and not list(folder(image).glob("*.avif"))

    assert renditions.make_avif(ProductImage, image.pk)

    image.refresh_from_db()
    assert image.avif_ready
    files = {int(file.stem[:-1]): file for file in folder(image).glob("*.avif")}
    assert sorted(files) == [160, 320, 640, 960, 1280]
    assert Image.open(files[640]).size == (640, 320)
    assert files[640].stat().st_size < (folder(image) / "640w.webp").stat().st_size


def test_a_preview_is_tiny_and_looks_like_its_picture() -> None:
    image = ready(data=picture_bytes((900, 600), color="#b03060"))

    data = base64.b64decode(image.preview)

    stamp = Image.open(io.BytesIO(data), formats=["WEBP"]).convert("RGB")
    assert stamp.size == (24, 16) and len(data) < 300
    assert all(
        abs(seen - wanted) < 12
        for seen, wanted in zip(stamp.getpixel((12, 8)), (0xB0, 0x30, 0x60), strict=True)
    )


def test_the_most_colourful_of_pictures_has_a_small_preview_too() -> None:
    out = io.BytesIO()
    Image.effect_noise((800, 800), 200).convert("RGB").save(out, "JPEG")

    assert len(base64.b64decode(ready(data=out.getvalue()).preview)) < 400


def test_a_picture_from_before_previews_gets_its_own_with_its_avif_files() -> None:
    image = ready()
    ProductImage.objects.update(preview="")

    tasks.sweep_avif()

    image.refresh_from_db()
    assert image.preview and image.avif_ready


def test_avif_files_are_swept_one_at_a_time_the_newest_first_past_what_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    last, lost, first = (ready() for _ in range(3))
    lost.image.storage.delete(lost.image.name)
    unserved = ProductImageFactory()
    rung: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks, "dispatch", lambda task, **kwargs: rung.append(kwargs))

    tasks.sweep_avif()
    assert rung == [{"model": "catalog.productimage", "after": first.pk}]
    while rung:
        tasks.sweep_avif(**rung.pop())

    done = ProductImage.objects.filter(avif_ready=True).values_list("pk", flat=True)
    assert set(done) == {first.pk, last.pk}
    unserved.refresh_from_db()
    assert not unserved.renditions_ready


def test_the_sweep_of_avif_files_waits_behind_everything() -> None:
    route = app.amqp.router.route({}, tasks.sweep_avif.name)
    others = app.amqp.router.route({}, tasks.make_renditions.name)

    assert route["queue"].name == others["queue"].name == "pictures"
    assert (route["priority"], others.get("priority")) == (9, None)


def test_a_full_disk_leaves_the_webp_files_and_the_next_sweep_makes_the_rest() -> None:
    image = ready()

    with mock.patch.object(FileSystemStorage, "_save", side_effect=OSError(28, "No space left")):
        assert not renditions.make_avif(ProductImage, image.pk)

    image.refresh_from_db()
    assert image.renditions_ready and not image.avif_ready
    assert "320w.webp" in shown(image) or "96w.webp" in shown(image)
    assert "avif" not in shown(image)
    tasks.sweep_avif()
    image.refresh_from_db()
    assert image.avif_ready


@pytest.mark.parametrize("error", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_half_a_file_is_never_offered_and_whole_ones_are_made_later(error: BaseException) -> None:
    """A full disk, or the end of the worker, in the middle of a file: the end asks nobody."""
    image = ready(data=picture_bytes((700, 350), seed=4))
    save = FileSystemStorage._save

    def save_half(storage: FileSystemStorage, name: str, content: ContentFile) -> str:
        half = content.read()[: content.size // 2]
        save(storage, name, ContentFile(half))
        if "320w" in name:
            raise error
        return name

    with mock.patch.object(FileSystemStorage, "_save", save_half), suppress(KeyboardInterrupt):
        assert not renditions.make_avif(ProductImage, image.pk)

    image.refresh_from_db()
    assert not image.avif_ready and "avif" not in shown(image)
    left = {file.name for file in folder(image).glob("*.avif")}
    assert ("320w.avif" in left) == isinstance(error, KeyboardInterrupt)
    tasks.sweep_avif()
    image.refresh_from_db()
    assert image.avif_ready
    for file in folder(image).glob("*.avif"):
        Image.open(file).load()


def test_a_new_file_starts_over_and_takes_all_files_of_the_former_along(
    django_capture_on_commit_callbacks: Any,
) -> None:
    image = ready()
    renditions.make_avif(ProductImage, image.pk)
    image.refresh_from_db()
    former = folder(image)
    assert list(former.glob("*.avif"))

    with (
        mock.patch("shop.celery._publisher.publish"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        image.image = ContentFile(picture_bytes(seed=99), name="b.jpg")
        image.save(update_fields=["image"])

    image.refresh_from_db()
    assert (image.preview, image.renditions_ready, image.avif_ready) == ("", False, False)
    assert not former.exists()


def test_every_model_with_pictures_is_swept() -> None:
    assert ProductImage in pictured_models()
    swept: list[type[Pictured]] = []

    def sweep(model: type[Pictured], *, after: int) -> None:
        swept.append(model)

    with mock.patch("shop.catalog.renditions.sweep_renditions", sweep):
        tasks.sweep_renditions()

    assert swept == pictured_models()


# --- On the page --------------------------------------------------------------------------------


def shown(image: ProductImage | None, more: str = "") -> str:
    tag = f'{{% product_picture image alt=alt sizes="20rem" {more} %}}'
    context = Context({"image": image, "alt": "A <b>"})
    return Template(f"{{% load catalog_pictures %}}{tag}").render(context)


def test_the_page_offers_the_renditions_once_they_exist() -> None:
    image = ProductImageFactory(data=picture_bytes((700, 350), seed=4))

    before = shown(image)
    renditions.make_renditions(ProductImage, image.pk)
    image.refresh_from_db()
    after = shown(image)

    assert "<source" not in before and image.image.url in before
    assert "320w.webp 320w" in after and "700w.webp 700w" in after and 'sizes="20rem"' in after
    for html in (before, after):
        assert 'width="700" height="350"' in html
        assert 'loading="lazy"' in html and "A &lt;b&gt;" in html


def test_avif_is_offered_first_and_only_where_it_is_there() -> None:
    image = ready(data=picture_bytes((700, 350), seed=4))
    assert "avif" not in shown(image)

    renditions.make_avif(ProductImage, image.pk)
    image.refresh_from_db()

    html = shown(image)
    assert re.findall(r'type="image/(\w+)"', html) == ["avif", "webp"]
    assert re.findall(r"\.avif (\d+w)", html) == ["160w", "320w", "640w", "700w"]
    for name in re.findall(r"/media/(\S+)", html):
        assert image.image.storage.exists(name.strip('"'))


def test_a_preview_lies_beneath_where_the_page_asks_for_it() -> None:
    image = ready()

    assert "data:" not in shown(image)
    html = shown(image, "preview=True")

    assert html.startswith('<span class="picture"><picture>')
    assert f'src="data:image/webp;base64,{image.preview}" alt="" aria-hidden="true"' in html
    assert html.index("<picture>") < html.index("picture-preview")  # one who seeks "img" gets it
    assert "style=" not in html
    assert "data:" not in shown(ProductImageFactory(), "preview=True")


def test_only_what_the_page_is_about_comes_first() -> None:
    image = ready()

    first, eager, lazy = (shown(image, f'loading="{one}"') for one in ("first", "eager", "lazy"))

    assert 'loading="eager" fetchpriority="high"' in first
    assert 'loading="eager"' in eager and "fetchpriority" not in eager
    assert 'loading="lazy"' in lazy and "fetchpriority" not in lazy


def test_a_product_without_a_picture_has_a_placeholder(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }

    assert "no-picture.svg" in shown(None)
    template = "{% load catalog_pictures %}{% product_picture images.0 preview=True %}"
    assert "no-picture.svg" in Template(template).render(Context({"images": []}))


def test_money_reads_as_people_write_it() -> None:
    assert money(Decimal("1234.5")) == "$1,234.50"
    assert money(None) == ""
    current_store().currency = "CHF"
    assert money(Decimal("9")) == "CHF\N{NO-BREAK SPACE}9.00"
    current_store().currency = "JPY"
    assert money(Decimal("-1200")) == "-¥1,200"
