"""The pages of imports and exports."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shop.catalog.models import Product
from shop.exchange import imports, running
from shop.exchange.models import CatalogExport, CatalogImport, ImportState
from tests.factories import ProductFactory, picture_bytes
from tests.shop.exchange.making import added, checked, many, started, table, upload, zipped

pytestmark = pytest.mark.django_db

IMPORTS = "/admin/import/"


def body(response: Any) -> str:
    return str(response.content.decode())


def streamed(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_from_a_file_to_its_products(admin_client: Client) -> None:
    page = admin_client.post(IMPORTS, {"file": upload(many(2))}, follow=True)
    run = CatalogImport.objects.get()
    assert "Looking at what would change" in body(page)
    assert f"/admin/import/{run.pk}/state/?state=checking" in body(page)
    running.check_file(run.pk)

    preview = admin_client.get(f"{run.get_absolute_url()}state/?state=checking")
    assert preview["HX-Retarget"] == "#run"
    assert "Import 2 products" in body(preview)
    assert not Product.objects.exists()

    page = admin_client.post(f"{run.get_absolute_url()}start/", follow=True)
    assert "Your products are being imported" in body(page)
    running.continue_imports(60)
    page = admin_client.get(run.get_absolute_url())
    assert "The import is finished" in body(page)
    assert Product.objects.count() == 2

    report = streamed(admin_client.get(f"{run.get_absolute_url()}report.csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(report)))
    assert [(row["line"], row["handle"], row["what happened"]) for row in rows] == [
        ("2", "thing-0", "new"),
        ("3", "thing-1", "new"),
    ]
    assert "products.csv" in body(admin_client.get(IMPORTS))


def test_a_preview_shows_field_by_field_and_problems_by_line(admin_client: Client) -> None:
    ProductFactory(title="Boots", slug="boots", variants=[{"sku": "B-1", "price": "10"}])
    run = checked(table("Boots,B-1,12.00,5", "Mug,M-1,cheap,1"))

    page = body(admin_client.get(run.get_absolute_url()))

    assert re.search(r"B-1, price</dt>.*10\.00</del>.*12\.00</ins>", page, re.DOTALL)
    assert re.search(r'data-label="Line">3</td>.*The price .*cheap.* is no number', page, re.DOTALL)
    listed = streamed(admin_client.get(f"{run.get_absolute_url()}preview.csv")).decode("utf-8-sig")
    assert "B-1, price" in listed


def test_what_a_new_product_is_sold_as_is_in_previews_and_reports(
    admin_client: Client, admin_user: Any
) -> None:
    sizes = [f"Boots,B-{n},{89 + n}.00,{n},{n}" for n in range(1, 5)]
    data = table("Mug,M-1,9.99,1,", *sizes, header="Title,SKU,Price,Stock,Size")
    mug = "1 variant, $9.99, stock 1 (SKU M-1)"
    boots = "4 variants, $90.00 to $93.00, stock 10 (SKU B-1, B-2, B-3, …)"
    run = checked(data)

    page = body(admin_client.get(run.get_absolute_url()))
    assert mug in page
    assert boots in page
    listed = streamed(admin_client.get(f"{run.get_absolute_url()}preview.csv")).decode("utf-8-sig")
    assert [row["after"] for row in csv.DictReader(io.StringIO(listed))] == [mug, boots]

    imports.start_import(import_id=run.pk, fetch=False, actor=admin_user)
    running.continue_imports(60)
    page = body(admin_client.get(run.get_absolute_url()))
    assert mug in page
    assert boots in page
    report = streamed(admin_client.get(f"{run.get_absolute_url()}report.csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(report)))
    assert [row["after"] for row in rows if not row["field"]] == [mug, boots]
    assert [row["after"] for row in rows if row["field"] == "Size"] == ["1", "2", "3", "4"]


def test_what_a_file_holds_is_shown_as_text(admin_client: Client) -> None:
    evil = "<script>alert(1)</script>"
    run = checked(table(f"{evil},X-1,1.00,1", f"Y,{evil},no,1"), name=f"{evil}.csv")

    page = body(admin_client.get(run.get_absolute_url()))

    assert evil not in page
    assert "&lt;script&gt;" in page


def told(page: str) -> str:
    """The page's text alone, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (table(), "The file has no products below its titles."),
        (table("Mug,M-1,cheap,1"), "Nothing in this file can be imported: see the problems."),
        (table("Boots,B-1,10.00,5"), "your shop has all that this file says"),
        (table("Boots,B-1,10.00,5", "Mug,M-1,?,1"), "what is right in this file your shop has"),
        (b'<rss version="2.0"><channel></channel></rss>', "The file has no products. "),
    ],
)
def test_why_there_is_nothing_to_import_is_said(
    admin_client: Client, data: bytes, words: str
) -> None:
    boots = [{"sku": "B-1", "price": "10", "stock": 5}]
    ProductFactory(title="Boots", slug="boots", variants=boots)
    run = checked(data)

    page = told(body(admin_client.get(run.get_absolute_url())))

    assert words in page
    assert "Import 0" not in page


def test_problems_stand_under_what_they_cost(admin_client: Client, admin_user: Any) -> None:
    rows = ["Boots,B-1,1.00,1,none.jpg", "Boots,B-2,?,1,", "Mug,M-1,?,1,", "Cup,C-1,1.00,some,"]
    run = checked(table(*rows, header="Title,SKU,Price,Stock,Pictures"))

    page = told(body(admin_client.get(run.get_absolute_url())))

    for tile in ("1 product left out", "1 row left out", "1 picture missing"):
        assert tile in page
    parts = re.search(
        r"Products that are left out 1 (.*) Rows that are left out 1 (.*) "
        r"Pictures that are missing 1 (.*) Good to know 1 (.*) New products 2",
        page,
    )
    assert parts is not None
    products, of_rows, pictures, notes = parts.groups()
    assert re.search(r"What is wrong 4 mug ", products)
    assert re.search(r"What is wrong 3 boots ", of_rows)
    assert "The products are imported, without these pictures." in pictures
    assert re.search(r"What is wrong 2 boots .*none\.jpg", pictures)
    assert re.search(r"What happens 5 cup ", notes)
    assert "What is wrong" not in notes
    assert "the titles are line 1" in page

    imports.start_import(import_id=run.pk, fetch=False, actor=admin_user)
    running.continue_imports(60)
    page = told(body(admin_client.get(run.get_absolute_url())))
    assert "1 product left out 2 rows or pictures left out" in page


def test_a_feed_in_xml_has_no_line_of_titles(admin_client: Client) -> None:
    items = "".join(f"<item><id>{n}</id><title>Mug</title></item>" for n in range(2))
    run = checked(f'<rss version="2.0"><channel>\n{items}</channel></rss>'.encode(), name="a.xml")

    page = told(body(admin_client.get(run.get_absolute_url())))

    assert "the titles are line 1" not in page
    assert "Lines are those of the XML file" in page


def test_a_changed_catalogue_is_said_and_looked_at_again(admin_client: Client) -> None:
    run = checked(many(1))
    ProductFactory()
    page = body(admin_client.get(run.get_absolute_url()))
    assert "has changed since" in page

    admin_client.post(f"{run.get_absolute_url()}check/")
    running.check_file(run.pk)

    assert "has changed since" not in body(admin_client.get(run.get_absolute_url()))


def test_pictures_of_the_net_are_asked_about(admin_client: Client, admin_user: Any) -> None:
    run = checked(
        table("Boots,B-1,1.00,1,https://example.com/a.jpg", header="Title,SKU,Price,Stock,Pictures")
    )
    page = body(admin_client.get(run.get_absolute_url()))
    assert "Fetch 1 picture from the address in the file" in page
    ticked = re.search(r'<input type="checkbox" name="fetch"[^>]*>', page)
    assert ticked is not None
    assert "checked" not in ticked[0]

    admin_client.post(f"{run.get_absolute_url()}start/", {})
    running.continue_imports(60)

    run.refresh_from_db()
    assert not run.fetch
    assert (run.created, run.problems) == (1, 1)
    assert "is not fetched" in run.lines.get(kind="problem").message


def test_a_zip_brings_its_pictures(admin_client: Client) -> None:
    data = zipped(
        products__csv=table("Boots,B-1,1.00,1,boots.jpg", header="Title,SKU,Price,Stock,Pictures"),
        boots__jpg=picture_bytes(),
    )
    admin_client.post(IMPORTS, {"file": upload(data, "all.zip")})
    run = CatalogImport.objects.get()
    running.check_file(run.pk)
    admin_client.post(f"{run.get_absolute_url()}start/")
    running.continue_imports(60)

    run.refresh_from_db()
    assert (run.created, run.pictures, run.problems) == (1, 1, 0)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.csv", b"", "The file is empty."),
        ("a.pdf", b"%PDF-1.7 and so on", "This is a PDF."),
        ("a.csv", b"one,two\n1,2\n", "The first line names these columns: one, two."),
        ("a.csv", "Titel,Preis\nSch\u00f6n,1\n".encode("utf-16"), "UTF-8"),
        ("a.zip", zipped(products__csv=many(1))[:-30], "damaged"),
        ("a.zip", zipped(notes__md=b"hello"), "A ZIP must hold one table"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old Excel"),
    ],
)
def test_what_cannot_be_imported_is_refused_at_once(
    admin_client: Client, exchange_root: Path, name: str, data: bytes, told: str
) -> None:
    plain = admin_client.post(IMPORTS, {"file": upload(data, name)})
    script = admin_client.post(
        IMPORTS, {"file": upload(data, name)}, headers={"Accept": "application/json"}
    )

    assert plain.status_code == script.status_code == 400
    assert told in body(plain)
    assert told in script.json()["error"]
    assert not CatalogImport.objects.exists()
    assert list(exchange_root.iterdir()) == []


def test_too_big_a_file_is_refused_while_it_arrives(
    admin_client: Client, settings: LazySettings, exchange_root: Path
) -> None:
    settings.IMPORT_MAX_BYTES = 100

    page = admin_client.post(IMPORTS, {"file": upload(many(50))})

    assert page.status_code == 400
    assert "import_catalog" in body(page)
    assert list(exchange_root.iterdir()) == []


def test_nothing_chosen_is_said(admin_client: Client) -> None:
    assert "Choose one first" in body(admin_client.post(IMPORTS, {}))


def test_an_upload_needs_its_token(admin_user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)

    assert client.post(IMPORTS, {"file": upload(many(1))}).status_code == 403
    assert not CatalogImport.objects.exists()


def test_a_click_that_comes_too_late_says_so(admin_client: Client, admin_user: Any) -> None:
    run = started(many(1), actor=admin_user)

    page = admin_client.post(f"{run.get_absolute_url()}start/", follow=True)

    assert "nothing was changed by your click" in body(page)


def test_who_waits_is_told_for_whom(admin_client: Client, admin_user: Any) -> None:
    started(many(1), actor=admin_user, name="first.csv")
    second = started(many(1), actor=admin_user, name="second.csv")

    page = body(admin_client.get(second.get_absolute_url()))
    assert "Waits until the import of “first.csv” is finished" in page

    CatalogImport.objects.update(asked_at=timezone.now() - timedelta(minutes=5))
    CatalogImport.objects.filter(pk=second.pk).delete()
    first = CatalogImport.objects.get()
    assert "longer than it should" in body(admin_client.get(first.get_absolute_url()))


def test_each_page_and_deed_is_for_those_who_may(client: Client, admin_user: User) -> None:
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_product", "change_product"])
    )
    client.force_login(viewer)
    run = started(many(1), actor=admin_user)
    export = CatalogExport.objects.create(format="csv", language="en")
    from shop.exchange.urls import urlpatterns

    for one in urlpatterns:
        pk = {"export": export.pk}.get(str(one.name).partition("_")[0], run.pk)
        takes_pk = "<int:pk>" in str(one.pattern)
        address = reverse(f"exchange:{one.name}", args=[pk] if takes_pk else [])
        assert client.get(address).status_code == 403, address
        assert client.post(address).status_code == 403, address
    assert "/admin/import/" not in body(client.get("/admin/"))
    client.logout()
    assert client.get(IMPORTS).status_code == 302


def test_deeds_are_posts(admin_client: Client) -> None:
    run = checked(many(1))

    for deed in ("start", "stop", "check", "discard"):
        assert admin_client.get(f"{run.get_absolute_url()}{deed}/").status_code == 405
    assert CatalogImport.objects.get().state == ImportState.CHECKED


def test_no_page_asks_more_with_more_rows(
    admin_client: Client, admin_user: Any, django_assert_max_num_queries: Any
) -> None:
    def make(count: int) -> list[str]:
        run = started(many(count), actor=admin_user)
        running.continue_imports(60)
        for _number in range(count):
            added(b"", actor=admin_user)
            CatalogExport.objects.create(format="csv", language="en", actor=admin_user)
        waiting = checked(many(count, price="11.00"))
        urls = [run.get_absolute_url(), waiting.get_absolute_url()]
        return [IMPORTS, "/admin/export/", *urls]

    make(1)
    for address in make(60):
        with django_assert_max_num_queries(14):
            assert admin_client.get(address).status_code == 200


# --- Exports --------------------------------------------------------------------------------------


def test_a_small_export_is_the_answer_and_comes_in_again_unchanged(admin_client: Client) -> None:
    ProductFactory(title="Boots", variants=[{"sku": "B-1"}, {"sku": "B-2"}])

    answer = admin_client.post("/admin/export/", {"format": "csv", "pictures": "addresses"})

    assert answer["Content-Disposition"].startswith('attachment; filename="')
    data = streamed(answer)
    run = checked(data)
    assert run.plan is not None
    assert (run.plan["products_unchanged"], run.plan["products_updated"]) == (1, 0)
    export = CatalogExport.objects.get()
    assert (export.state, export.done) == ("done", 1)
    page = body(admin_client.get("/admin/export/"))
    assert f"/admin/export/{export.pk}/file/" in page
    assert LogEntry.objects.filter(content_type__model="catalogexport").exists()


def test_each_format_has_a_name_of_its_own_and_is_told(admin_client: Client) -> None:
    ProductFactory()

    for wanted in ("csv", "shopify", "xlsx", "google-tsv", "google-xml"):
        admin_client.post("/admin/export/", {"format": wanted, "pictures": "addresses"})

    names = list(CatalogExport.objects.order_by("pk").values_list("file_name", flat=True))
    kinds = ("spreadsheet", "shopify", "excel", "google-tsv", "google-xml")
    day = timezone.localdate().isoformat()
    assert [name.partition("-products-")[2].rpartition(".")[0] for name in names] == [
        f"{kind}-{day}" for kind in kinds
    ]
    page = body(admin_client.get("/admin/export/"))
    assert 'data-label="Format">Shopify CSV</td>' in page
    assert 'data-label="Format">Spreadsheet (CSV)</td>' in page


def test_an_export_holds_what_was_asked_for(admin_client: Client) -> None:
    shown = ProductFactory(title="Shown", variants=[{"stock": 1}])
    ProductFactory(title="Sold out", category=shown.category, variants=[{"stock": 0}])
    ProductFactory(title="Hidden", category=shown.category, published=False)
    ProductFactory(title="Elsewhere", variants=[{"stock": 1}])

    answer = admin_client.post(
        "/admin/export/",
        {
            "format": "csv",
            "category": shown.category.pk,
            "only_published": "on",
            "only_in_stock": "on",
            "pictures": "addresses",
        },
    )

    text = streamed(answer).decode()
    assert "Shown" in text
    assert not any(title in text for title in ("Sold out", "Hidden", "Elsewhere"))


def test_a_big_export_is_made_in_the_background(admin_client: Client) -> None:
    from shop.exchange import exports

    ProductFactory(images=1)
    page = admin_client.post("/admin/export/", {"format": "xlsx", "pictures": "zip"}, follow=True)
    export = CatalogExport.objects.get()
    assert "Your file is being made" in body(page)
    assert admin_client.get(f"/admin/export/{export.pk}/file/").status_code == 404

    exports.make_export(export.pk)

    page = admin_client.get(f"/admin/export/{export.pk}/state/?state=waiting")
    assert "Your file is ready" in body(page)
    answer = admin_client.get(f"/admin/export/{export.pk}/file/")
    assert streamed(answer).startswith(b"PK")


def test_an_export_that_was_stopped_keeps_nothing(admin_client: Client) -> None:
    from shop.exchange import exports

    ProductFactory(images=1)
    admin_client.post("/admin/export/", {"format": "csv", "pictures": "zip"})
    export = CatalogExport.objects.get()

    page = admin_client.post(f"/admin/export/{export.pk}/stop/", follow=True)
    exports.make_export(export.pk)

    assert "This export was stopped" in body(page)
    assert admin_client.get(f"/admin/export/{export.pk}/file/").status_code == 404


def test_a_category_that_is_gone_exports_nothing(admin_client: Client) -> None:
    product = ProductFactory()
    export = CatalogExport.objects.create(
        format="csv", language="en", category=None, category_name=product.category.name
    )

    assert not export.products().exists()


def test_the_example_can_be_imported(admin_client: Client) -> None:
    data = streamed(admin_client.get("/admin/import/example.csv"))

    run = checked(data)

    assert run.plan is not None
    assert run.plan["products_created"] == 2
    assert imports.has_changed_since(run) is False
