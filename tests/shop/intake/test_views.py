"""The pages of photos, and what a script asks of them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shop.accounts import roles
from shop.catalog.models import Product, ProductImage
from shop.intake import accepting_views, archives, arranging_views, parts
from shop.intake.models import Batch, Draft, File, Way
from shop.store.models import Store
from tests.factories import CategoryFactory, ProductFactory, picture_bytes, upload
from tests.shop.intake.dropping import admin, drafts, drop, groups, keys

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:intake_batch_changelist")


def to(page: str, batch: Batch) -> str:
    return reverse(f"admin:intake_batch_{page}", args=[batch.pk])


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(admin())
    return client


# --- Sending ------------------------------------------------------------------------------------


def begin(staff: Client) -> dict[str, str]:
    return dict(staff.post(reverse("admin:intake_batch_begin"), {"by": "script"}).json())


def announce(staff: Client, where: str, *names: str, size: int = 0) -> Any:
    files = [{"key": name, "name": name, "folder": "", "size": size} for name in names]
    return staff.post(where, json.dumps({"files": files}), content_type="application/json")


def test_a_script_begins_announces_and_sends(staff: Client) -> None:
    where = begin(staff)

    told = announce(staff, where["announce"], "boot.jpg", "mug.jpg").json()
    sent = staff.post(where["send"], {"key": "boot.jpg", "name": "boot.jpg", "photo": upload()})

    assert [one["state"] for one in told["files"]] == ["missing", "missing"]
    assert sent.json() == {"key": "boot.jpg", "state": "stored", "text": ""}
    status = staff.get(where["state"]).json()
    assert {name: status[name] for name in ("all", "stored", "missing", "kept")} == {
        "all": 2,
        "stored": 1,
        "missing": 1,
        "kept": 1,
    }
    batch = Batch.objects.get()
    assert where["page"] == batch.get_absolute_url()
    assert batch.owner == admin()


def test_an_answer_says_what_became_of_a_file(staff: Client) -> None:
    where = begin(staff)
    staff.post(where["send"], {"key": "1", "name": "boot.jpg", "photo": upload()})

    known = staff.post(where["send"], {"key": "2", "name": "again.jpg", "photo": upload()}).json()
    broken = staff.post(where["send"], {"key": "3", "name": "x.jpg", "photo": upload(b"GIF89a")})
    product = Product.objects.get()

    assert known == {
        "key": "2",
        "state": "known",
        "text": "Already there: a photo of “Boot”.",
        "link": reverse("admin:catalog_product_change", args=[product.pk]),
    }
    assert broken.json()["state"] == "refused"
    assert "damaged" in broken.json()["text"]


def test_too_large_is_said_before_it_is_sent(staff: Client) -> None:
    where = begin(staff)

    told = announce(staff, where["announce"], "huge.jpg", size=20 * 1024**2).json()["files"][0]

    assert told["state"] == "refused"
    assert told["text"].startswith("The file has 20 MB")


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"files": [{"key": ""}]}', '{"files": [7]}'])
def test_a_list_that_is_none_is_refused(staff: Client, body: str) -> None:
    where = begin(staff)

    answer = staff.post(where["announce"], body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json() == {"error": "The list of files cannot be read."}


def test_a_request_without_a_file_is_refused(staff: Client) -> None:
    assert staff.post(begin(staff)["send"], {"key": "1"}).status_code == 400


def test_too_many_files_are_refused(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.intake.receiving.MOST_FILES", 1)
    where = begin(staff)

    answer = announce(staff, where["announce"], "a", "b")

    assert answer.status_code == 409
    assert "takes 1 photos" in answer.json()["error"]


def test_when_many_large_photos_arrive_one_is_asked_for_again(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shop.catalog.images.LARGE_PIXELS", 1)
    monkeypatch.setattr("shop.catalog.images.TURN_SECONDS", 0)
    where = begin(staff)
    from shop.catalog import images

    with images._large:
        answer = staff.post(where["send"], {"key": "1", "name": "a.jpg", "photo": upload()})

    assert answer.status_code == 503
    assert File.objects.get().state == File.State.MISSING


# --- Without a script ---------------------------------------------------------------------------


def test_a_form_takes_several_at_once(staff: Client) -> None:
    files = [
        upload(picture_bytes(seed=1), name="boot-1.jpg"),
        upload(picture_bytes(seed=2), name="boot-2.jpg"),
        upload(b"no picture", name="notes.txt"),
    ]

    page = staff.post(reverse("admin:intake_batch_begin"), {"photos": files}, follow=True)

    batch = Batch.objects.get()
    assert page.redirect_chain == [(batch.get_absolute_url(), 302)]
    assert groups(batch) == [["boot-1.jpg", "boot-2.jpg"]]
    shown = page.content.decode()
    assert "2 photos are stored." in shown
    assert "1 file was refused" in shown
    assert "This is a text file" in shown


def zipped(files: dict[str, bytes]) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return upload(out.getvalue(), name="photos.zip", content_type="application/zip")


def test_a_zip_is_unpacked_each_member_with_its_own_error(staff: Client) -> None:
    archive = zipped(
        {
            "boots/1.jpg": picture_bytes(seed=1),
            "boots/2.jpg": picture_bytes(seed=2)[:200],
            "boots/.DS_Store": b"nothing",
            "../../evil.jpg": picture_bytes(seed=3),
        }
    )

    staff.post(reverse("admin:intake_batch_begin"), {"photos": archive})

    found = list(File.objects.order_by("place").values_list("folder", "name", "state"))
    assert found == [
        ("boots", "1.jpg", "stored"),
        ("boots", "2.jpg", "refused"),
        ("", "evil.jpg", "stored"),
    ]


def test_a_member_that_swells_is_read_no_further_than_a_picture(
    staff: Client, settings: Any
) -> None:
    settings.IMAGE_MAX_BYTES = 50_000
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.jpg", b"\0" * 20_000_000)
    archive_file = upload(out.getvalue(), name="bomb.zip")

    staff.post(reverse("admin:intake_batch_begin"), {"photos": archive_file})

    file = File.objects.get()
    assert file.state == File.State.REFUSED
    assert "too large" in file.reason


def test_a_zip_with_too_many_files_or_none_at_all(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_FILES", 1)
    begin_page = reverse("admin:intake_batch_begin")

    many = staff.post(begin_page, {"photos": zipped({"a": b"1", "b": b"2"})}, follow=True)
    damaged = staff.post(begin_page, {"photos": upload(b"PK\x03\x04 and no more")}, follow=True)

    assert "The ZIP holds 2 files: at most 1 are taken" in many.content.decode()
    assert "The ZIP is damaged" in damaged.content.decode()
    assert not File.objects.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\x63"),  # of a version to come
        ("é.jpg".encode(), b"\xff\xfe.jpg"),  # a name that is no UTF-8
    ],
)
def test_a_zip_with_a_broken_directory_is_refused(staff: Client, old: bytes, new: bytes) -> None:
    data = zipped({"é.jpg": picture_bytes()}).read().replace(old, new)

    page = reverse("admin:intake_batch_begin")
    shown = staff.post(page, {"photos": upload(data, name="a.zip")}, follow=True)

    assert "The ZIP is damaged" in shown.content.decode()


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_is_broken_costs_itself(staff: Client, packing: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.jpg", picture_bytes(seed=1), packing)
        archive.writestr("b.jpg", picture_bytes(seed=2))
        size = archive.getinfo("a.jpg").compress_size
    data = bytearray(out.getvalue())
    data[47 : 35 + size] = b"\xff" * (size - 12)  # behind the name and the packing's own header

    archive_file = upload(bytes(data), name="a.zip")
    staff.post(reverse("admin:intake_batch_begin"), {"photos": archive_file})

    states = dict(File.objects.values_list("name", "state"))
    assert states == {"a.jpg": "refused", "b.jpg": "stored"}
    assert File.objects.get(name="a.jpg").reason == "It is damaged in the ZIP."


def test_a_member_that_is_packed_oddly_is_named(staff: Client) -> None:
    data = bytearray(zipped({"a.jpg": picture_bytes()}).read())
    data[data.index(b"PK\x01\x02") + 10] = data[8] = 97

    staff.post(reverse("admin:intake_batch_begin"), {"photos": upload(bytes(data), name="a.zip")})

    assert "packed in a way that we cannot read" in File.objects.get().reason


def test_a_locked_member_is_named(staff: Client) -> None:
    archive = zipped({"a.jpg": picture_bytes()})
    data = bytearray(archive.read())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of what is encrypted
    data[6] |= 1

    staff.post(reverse("admin:intake_batch_begin"), {"photos": upload(bytes(data), name="a.zip")})

    assert "protected by a password" in File.objects.get().reason


# --- Coming back --------------------------------------------------------------------------------


def test_who_comes_back_sees_what_came_and_what_is_missing(staff: Client) -> None:
    where = begin(staff)
    announce(staff, where["announce"], "boot.jpg", "mug.jpg")
    staff.post(where["send"], {"key": "boot.jpg", "name": "boot.jpg", "photo": upload()})

    page = staff.get(where["page"]).content.decode()
    index = staff.get(INDEX).content.decode()

    assert "1 photo is stored." in page
    assert "1 photo was not sent" in page
    assert "<li>mug.jpg</li>" in page
    assert "1 product to look over" in index


def test_how_many_the_search_has_seen(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "found_counters", [lambda images: len(images) - 1])
    batch = drop("a.jpg", "b.jpg")

    assert "The search has seen 1 of 2 photos." in staff.get(to("photos", batch)).content.decode()


# --- Putting together ---------------------------------------------------------------------------


def test_a_way_is_looked_at_before_it_is_used(staff: Client) -> None:
    batch = drop("boots/1.jpg", "boots/2-x.jpg")
    before = groups(batch)

    page = staff.get(to("arrange", batch), {"way": "folder"}).content.decode()

    assert "So it would be: 1 product." in page
    assert groups(batch) == before
    staff.post(to("arrange", batch), {"do": "use", "way": "folder"})
    assert groups(batch) == [["1.jpg", "2-x.jpg"]]


def test_groups_of_the_same_title_are_told_apart(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arranging_views, "DRAFTS_A_PAGE", 2)
    batch = drop("a/hat.jpg", "mug.jpg", "b/hat.jpg")
    _hat, _mug, other = drafts(batch)

    page = staff.get(to("arrange", batch), {"p": 2}).content.decode()
    preview = staff.get(to("arrange", batch), {"way": "nothing", "p": 2}).content.decode()

    for shown in (page, preview):
        assert 'aria-label="Hat, group 2"' in shown
        assert re.findall(r"<h(\d)", shown.partition('page-title"')[2]) == ["2"]
    assert f'<option value="{other.pk}">Hat, group 2</option>' in page
    assert ">Mug</option>" in page


def test_a_script_gets_the_board_alone(staff: Client) -> None:
    batch = drop("boot.jpg", "mug.jpg")
    both = [draft.pk for draft in drafts(batch)]

    board = staff.post(
        to("arrange", batch),
        {"do": "merge", "draft": both},
        headers={"X-Requested-With": "fetch"},
    )

    assert board.status_code == 200
    assert b"<html" not in board.content
    assert len(groups(batch)) == 1
    undone = staff.post(to("arrange", batch), {"do": "undo"}, headers={"X-Requested-With": "fetch"})
    assert "Undone: 2 products merged into “Boot”." in undone.content.decode()


def test_photos_are_moved_by_a_form(staff: Client) -> None:
    batch = drop("boot-1.jpg", "boot-2.jpg", "mug.jpg")
    boots, mugs = drafts(batch)
    page = to("arrange", batch)

    staff.post(page, {"do": "move", "image": keys(batch, "boot-2.jpg"), "into": mugs.pk})
    assert groups(batch) == [["boot-1.jpg"], ["mug.jpg", "boot-2.jpg"]]
    staff.post(page, {"left": keys(batch, "boot-2.jpg")})
    assert groups(batch)[1] == ["boot-2.jpg", "mug.jpg"]
    staff.post(page, {"do": "each", "draft": [mugs.pk]})
    assert len(groups(batch)) == 3
    staff.post(page, {"do": "split", "image": keys(batch, "boot-1.jpg", "boot-2.jpg")})
    assert sorted(groups(batch)) == [["boot-1.jpg", "boot-2.jpg"], ["mug.jpg"]]
    staff.post(page, {"do": "discard", "draft": [boots.pk]})
    assert Draft.objects.filter(state=Draft.State.GOING).exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"do": "split"}, "Choose photos first."),
        ({"do": "merge"}, "Choose two products or more"),
        ({"do": "move", "image": "x", "into": "y"}, "Choose photos first."),
    ],
)
def test_what_a_form_lacks_is_said(staff: Client, given: dict[str, str], said: str) -> None:
    batch = drop("boot.jpg")

    assert said in staff.post(to("arrange", batch), given, follow=True).content.decode()


def test_looks_are_offered_where_something_knows_of_them(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = drop("a.jpg", "b.jpg")
    monkeypatch.setattr(parts, "groupers", [])
    assert b'value="looks"' not in staff.get(to("arrange", batch)).content

    monkeypatch.setattr(parts, "groupers", [lambda images: [list(images)]])
    page = staff.get(to("arrange", batch), {"way": Way.LOOKS}).content.decode()
    assert "So it would be: 1 product." in page


# --- Making products ----------------------------------------------------------------------------


def typed(batch: Batch, **values: Any) -> dict[str, Any]:
    """The form as it is sent, for each draft."""
    return {
        f"d{draft.pk}-{name}": value
        for draft in drafts(batch)
        for name, value in {"title": str(draft.product), "sku": "", **values}.items()
    }


def test_rows_are_accepted_all_at_once(staff: Client) -> None:
    batch, boots = drop("boot.jpg", "mug.jpg"), CategoryFactory(name="Boots")
    rows = typed(batch, category=boots.pk, price="19.90", stock="2")

    page = staff.post(
        to("products", batch), {**rows, "do": "all", "published": "on"}, follow=True
    ).content.decode()

    assert "2 products are on sale now." in page
    assert re.search(r"At [^<]+ 2 products were accepted\. <button", page)
    assert Product.objects.published().count() == 2


def test_a_row_with_an_error_stays_and_the_others_go(staff: Client) -> None:
    batch, boots = drop("boot.jpg", "mug.jpg", "hat.jpg"), CategoryFactory(name="Boots")
    boot, mug, _hat = drafts(batch)
    rows = typed(batch, category=boots.pk, price="19.90", stock="2")
    rows |= {f"d{boot.pk}-price": "much", f"d{mug.pk}-category": ""}

    page = staff.post(to("products", batch), {**rows, "do": "all"}).content.decode()

    assert "1 product was made. It is not on sale yet." in page
    assert "2 rows are not complete" in page
    assert "The price &#x27;much&#x27; is no number such as 1234.50." in page
    assert "Choose a category." in page
    assert 'value="much"' in page
    mug.refresh_from_db()
    assert (mug.price, mug.stock) == (Decimal("19.90"), 2)


def test_one_row_is_accepted_by_itself(staff: Client) -> None:
    batch, boots = drop("boot.jpg", "mug.jpg"), CategoryFactory(name="Boots")
    boot, mug = drafts(batch)
    rows = typed(batch, category=boots.pk, price="19.90")

    staff.post(to("products", batch), {**rows, "do": f"accept:{mug.pk}", "published": "on"})

    assert Product.objects.published().get() == mug.product
    assert [draft.pk for draft in drafts(batch)] == [boot.pk]


def test_what_is_typed_is_kept_for_later_and_filled_into_the_rest(staff: Client) -> None:
    batch, boots = drop("boot.jpg", "mug.jpg"), CategoryFactory(name="Boots")
    boot, _mug = drafts(batch)
    page = to("products", batch)

    staff.post(page, {**typed(batch), f"d{boot.pk}-price": "5", "do": "save"})
    assert [draft.price for draft in drafts(batch)] == [Decimal(5), None]

    rows = {**typed(batch), f"d{boot.pk}-price": "5"}
    staff.post(page, {**rows, "all-price": "9", "all-category": boots.pk, "do": "fill"})
    assert [draft.price for draft in drafts(batch)] == [Decimal(5), Decimal(9)]
    assert {draft.category for draft in drafts(batch)} == {boots}


@pytest.mark.parametrize("price", ["19,90", "19.90", "19.9", "19,90 €", "EUR 19.90"])
def test_a_price_is_read_as_people_write_it(staff: Client, price: str) -> None:
    Store.objects.get_or_make()
    Store.objects.update(currency="EUR")
    batch = drop("boot.jpg", "mug.jpg")
    boot, _mug = drafts(batch)

    rows = {**typed(batch), f"d{boot.pk}-price": price}
    staff.post(to("products", batch), {**rows, "all-price": price, "do": "fill"})

    assert [draft.price for draft in drafts(batch)] == [Decimal("19.90")] * 2


@pytest.mark.parametrize(
    ("price", "said"),
    [
        ("much", "is no number such as 1234.50"),
        ("-1", "The price -1 is negative."),
        ("1.234", "can be read in two ways: write 1234.00 or 1.23."),
        ("GBP 5", "The price is in GBP: this shop sells in USD."),
        ("99999999999", "is no number such as"),
    ],
)
def test_what_holds_is_filled_in_beside_what_does_not(staff: Client, price: str, said: str) -> None:
    batch, boots = drop("boot.jpg", "mug.jpg"), CategoryFactory(name="Boots")
    boot, mug = drafts(batch)
    rows = {**typed(batch), f"d{boot.pk}-stock": "many"}
    filled = {"all-category": boots.pk, "all-price": price, "all-stock": "3"}

    answer = staff.post(to("products", batch), {**rows, **filled, "do": "fill"})

    page = answer.content.decode()
    assert said in page
    assert "Filled in for 2 products." in page
    assert {(draft.category, draft.price, draft.stock) for draft in drafts(batch)} == {
        (boots, None, 3)
    }
    # So does the page show it; what does not hold, as it was typed.
    shown = {row["draft"].pk: row["form"] for row in answer.context["rows"]}
    assert [str(shown[pk]["category"].value()) for pk in (boot.pk, mug.pk)] == [str(boots.pk)] * 2
    assert (shown[boot.pk]["stock"].value(), shown[mug.pk]["stock"].value()) == ("many", 3)
    assert answer.context["fill"]["price"].value() == price


def test_filled_in_everywhere_it_stands_for_what_does_not_hold(staff: Client) -> None:
    batch = drop("boot.jpg")
    (boot,) = drafts(batch)
    rows = {**typed(batch), f"d{boot.pk}-price": "much", f"d{boot.pk}-stock": "many"}

    answer = staff.post(
        to("products", batch), {**rows, "all-price": "1,5", "all-over": "on", "do": "fill"}
    )

    (row,) = answer.context["rows"]
    assert set(row["form"].errors) == {"stock"}
    assert row["form"]["price"].value() == "1.50"


def test_what_has_no_title_may_wait_but_not_be_sold(staff: Client) -> None:
    batch, boots = drop("IMG_2041.jpg"), CategoryFactory(name="Boots")
    (draft,) = drafts(batch)
    page = to("products", batch)
    assert 'placeholder="New product"' in staff.get(page).content.decode()
    rows = {**typed(batch, category=boots.pk, price="1"), f"d{draft.pk}-title": ""}

    assert staff.post(page, {**rows, "do": "save"}).status_code == 302
    lacking = staff.post(page, {**rows, "do": "all", "published": "on"}).content.decode()
    assert "Give it a title." in lacking
    assert not Product.objects.published().exists()

    rows[f"d{draft.pk}-title"] = "Red boot"
    staff.post(page, {**rows, "do": f"accept:{draft.pk}", "published": "on"})
    product = Product.objects.published().get()
    assert (product.title, product.variants.get().sku) == ("Red boot", "RED-BOOT")


def test_a_row_is_discarded_taken_back_or_stands_alone(staff: Client) -> None:
    ProductFactory(variants=[{"sku": "AB-100"}], title="Known boot")
    batch, boots = drop("AB-100.jpg", "mug.jpg", "hat.jpg"), CategoryFactory(name="Boots")
    page = to("products", batch)
    staff.post(to("arrange", batch), {"do": "use", "way": "sku"})
    extends, mug, hat = drafts(batch)

    assert "Add 1 photo to “Known boot”" in staff.get(page).content.decode()
    staff.post(page, {"do": f"alone:{extends.pk}"})
    staff.post(page, {"do": f"discard:{mug.pk}"})
    assert [draft.target for draft in drafts(batch)] == [None, None]

    rows = typed(batch, category=boots.pk, price="1")
    staff.post(page, {**rows, "do": f"accept:{hat.pk}", "published": "on"})
    batch.drafts.get(pk=hat.pk)
    at = Draft.objects.get(pk=hat.pk).accepted_at
    assert at is not None
    staff.post(page, {"do": f"back:{at.isoformat()}"})
    assert hat.pk in [draft.pk for draft in drafts(batch)]


def test_each_row_has_all_categories_and_its_own_chosen(staff: Client) -> None:
    shoes = CategoryFactory(name="Shoes & <boots>")
    below = CategoryFactory(name="Boots", parent=shoes)
    batch = drop("boot.jpg", "mug.jpg")
    boot, mug = drafts(batch)
    Draft.objects.filter(pk=boot.pk).update(category=below)

    page = staff.get(to("products", batch)).content.decode()

    def row(draft: Draft) -> str:
        return page.partition(f'name="d{draft.pk}-category"')[2].partition("</select>")[0]

    for draft in (boot, mug):
        assert f'value="{shoes.pk}">Shoes &amp; &lt;boots&gt;</option>' in row(draft)
    assert f'<option selected value="{below.pk}">\N{EM SPACE}Boots</option>' in row(boot)
    assert '<option selected value="">Choose…</option>' in row(mug)


def test_parts_are_beside_each_draft(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = drop("boot.jpg")
    asked: list[list[int]] = []

    def load(request: Any, products: Any) -> dict[str, Any]:
        asked.append([product.pk for product in products])
        return {"loaded": True}

    monkeypatch.setattr(parts, "draft_loaders", [load])
    staff.get(to("products", batch))

    assert asked == [[drafts(batch)[0].product_id]]


# --- All pages ----------------------------------------------------------------------------------


def test_pages_are_for_those_who_manage_the_catalogue() -> None:
    batch = drop("boot.jpg")
    roles.apply()
    for role, allowed in ((roles.CATALOGUE, True), (roles.SUPPORT, False)):
        user = User.objects.create_user(f"of {role}", is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        for page in ("photos", "arrange", "products", "state"):
            answer = client.get(to(page, batch))
            assert answer.status_code == (200 if allowed else 403), (role, page)
        assert client.get(INDEX).status_code == (200 if allowed else 403)
        for page in ("announce", "send", "arrange", "products"):
            answer = client.post(to(page, batch))
            assert (answer.status_code == 403) != allowed, (role, page)


def test_who_is_not_logged_in_is_asked_to() -> None:
    assert Client().post(to("send", drop("boot.jpg"))).status_code == 302


@pytest.mark.parametrize("page", ["photos", "arrange", "products", "index"])
def test_as_many_queries_for_many_as_for_few(
    page: str, staff: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    batch = drop(*(f"thing{n}-x.jpg" for n in range(20)))
    drop("one.jpg"), drop("two.jpg")
    address = INDEX if page == "index" else to(page, batch)
    staff.get(address)

    with django_assert_max_num_queries(24):
        assert staff.get(address).status_code == 200


def test_long_batches_have_pages(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting_views, "ROWS_A_PAGE", 1)
    monkeypatch.setattr(arranging_views, "DRAFTS_A_PAGE", 1)
    batch = drop("boot.jpg", "mug.jpg")

    for page in ("arrange", "products"):
        assert "Page 2 of 2" in staff.get(to(page, batch), {"p": 2}).content.decode()
    preview = staff.get(to("arrange", batch), {"way": "nothing", "p": 2}).content.decode()
    assert "So it would be: 2 products." in preview
    assert ProductImage.objects.count() == 2
