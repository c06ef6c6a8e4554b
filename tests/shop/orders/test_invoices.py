"""Invoices: numbers without a gap, and pages that say all that they must."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test import Client
from pypdf import PdfReader

from shop.money import formatted
from shop.orders import links, services
from shop.orders.amounts import tax_by_rate
from shop.orders.invoices import fonts
from shop.orders.invoices.models import Invoice, InvoiceCounter, Kind
from shop.orders.invoices.pdf import render_invoice
from shop.orders.invoices.services import issue
from shop.orders.models import Order
from shop.orders.states import State
from shop.store.current import current_store
from tests.shop.orders.factories import ADDRESS, OrderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def seller(db: None) -> None:
    store = current_store()
    store.legal_name, store.tax_number = "Vitrine Trading GmbH", "DE123456789"
    store.line1, store.postcode, store.city, store.country = "Am Markt 1", "10115", "Berlin", "DE"
    store.save()


def invoice_of(order: Order) -> Invoice:
    return services.transition(order_id=order.pk, to=State.PAID).invoices.get()


def pages_of(invoice: Invoice) -> list[str]:
    reader = PdfReader(io.BytesIO(render_invoice(invoice)))
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def test_an_invoice_says_what_the_law_asks() -> None:
    order = OrderFactory(
        currency="EUR",
        lines=[
            {"title": "Red boots", "unit_price": "89.90", "quantity": 2, "tax_rate": "19"},
            {"title": "A book", "sku": "B-1", "unit_price": "7.35", "tax_rate": "7", "options": []},
        ],
        discounted="20.00",
        voucher_code="SPRING",
        billing=ADDRESS.as_dict() | {"name": "Babbage & Söhne", "company": "Engines <Ltd>"},
    )
    invoice = invoice_of(order)

    (page,) = pages_of(invoice)

    lines = list(order.lines.all())
    for words in (
        f"Invoice {invoice.number}",
        "Vitrine Trading GmbH",
        "Am Markt 1",
        "DE123456789",
        "Babbage & Söhne",
        "Engines <Ltd>",
        "Ada Lovelace",  # where it was delivered to
        order.number,
        "Red boots",
        "Color: Red, Size: M",
        f"SKU {lines[0].sku}",
        "A book",
        "SPRING",
        "19 %",
        "7 %",
        "Paid on",
        "Prices include tax.",
        "Page 1 of 1",
    ):
        assert words in page, words
    amounts = [order.subtotal, -order.discount, order.delivery, order.total]
    amounts += [amount for line in lines for amount in (line.unit_price, line.amount)]
    for rate in tax_by_rate(order, lines):
        amounts += [rate.net, rate.tax, rate.net + rate.tax]
    for amount in amounts:
        assert formatted(amount, "EUR", "en") in page, amount


def test_tax_on_top_stands_above_the_total() -> None:
    order = OrderFactory(prices_include_tax=False)

    (page,) = pages_of(invoice_of(order))

    assert f"Tax ${order.tax} Total ${order.total}" in page
    assert "Prices include tax" not in page


def test_a_long_invoice_repeats_its_heads_and_counts_its_pages() -> None:
    order = OrderFactory(lines=[{"title": f"Thing {number}"} for number in range(100)])
    invoice = invoice_of(order)

    pages = pages_of(invoice)

    assert len(pages) > 3
    for place, page in enumerate(pages, start=1):
        assert f"Page {place} of {len(pages)}" in page
        assert invoice.number in page
    for page in pages[:-1]:
        assert "Quantity" in page
    for number in range(100):
        assert sum(f"Thing {number} " in page for page in pages) == 1


def test_an_invoice_is_the_same_to_the_byte_whatever_changes_later() -> None:
    order = OrderFactory()
    invoice = invoice_of(order)
    first = render_invoice(invoice)
    store = current_store()
    store.legal_name = "Another"
    store.save()
    services.transition(order_id=order.pk, to=State.PACKED)
    order.lines.update(product=None, variant=None)

    assert render_invoice(Invoice.objects.get()) == first


def test_an_invoice_is_in_the_language_of_its_order() -> None:
    order = OrderFactory(currency="EUR", language="de", country="DE")

    (page,) = pages_of(invoice_of(order))

    assert formatted(order.total, "EUR", "de").replace("\xa0", " ") in page


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Łódź Ğüneş Ελλάδα Жуков", "Łódź Ğüneş Ελλάδα Жуков"),
        ("日本語テスト", "日本語テスト"),
        ("简体中文", "简体中文"),
        ("한국어", "한국어"),
        ("Socks 🧦 <b>&amp;</b>", "Socks  <b>&amp;</b>"),
        ("A\u0300 la\u00a0carte\x07\n", "À la carte"),
    ],
)
def test_names_keep_their_letters(name: str, read: str) -> None:
    if ord("Ж") not in fonts.register() and name.startswith("Łódź"):
        pytest.skip("DejaVu Sans is not installed")
    order = OrderFactory(lines=[{"title": name}])

    (page,) = pages_of(invoice_of(order))

    assert re.sub(r"\s+", " ", read) in page


def test_without_dejavu_what_can_be_written_is() -> None:
    # In a process of its own: reportlab keeps the first font of a name.
    program = (
        "from shop.orders.invoices import fonts; fonts.FOLDERS = ();"
        "print(ascii(fonts.marked('Łódź Gyűrű Жук & Söhne')))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert done.stdout.strip() == ascii("Łódz Gyuru ??? &amp; Söhne"), done.stderr


def test_letters_that_no_font_has_are_marked_and_pictures_left_out() -> None:
    assert fonts.marked("a🧦b") in ("ab", "a🧦b")
    assert fonts.marked("ሰላም") == "???"
    assert fonts.marked("<&>") == "&lt;&amp;&gt;"


def test_hebrew_is_set_from_right_to_left() -> None:
    if ord("ש") not in fonts.register():
        pytest.skip("DejaVu Sans is not installed")
    assert fonts.marked("Hat שלום עולם 5") == "Hat םלוע םולש 5"


def test_titles_of_any_length_fit() -> None:
    order = OrderFactory(lines=[{"title": "W" * 200}, {"title": "word " * 40}])

    assert "WWWW" in pages_of(invoice_of(order))[0]


# --- Who may read it ----------------------------------------------------------------------------


def test_the_invoice_is_for_those_who_may_see_the_order() -> None:
    order = OrderFactory()
    address = f"/orders/{order.number}/invoice.pdf"
    guest = Client()
    guest.get(links.signed_path(order))
    assert guest.get(address).status_code == 404  # there is none yet
    invoice = invoice_of(order)

    response = guest.get(address)

    assert response["Content-Type"] == "application/pdf"
    assert f"invoice-{invoice.number}.pdf" in response["Content-Disposition"]
    assert response.content == render_invoice(invoice)
    assert Client().get(address).status_code == 404


# --- Numbers ------------------------------------------------------------------------------------


def test_numbers_count_up_and_an_order_has_one() -> None:
    first, second = OrderFactory(), OrderFactory()

    numbers = [invoice_of(order).sequence for order in (first, second)]
    with transaction.atomic():
        again = issue(order=first, kind=Kind.INVOICE)

    assert numbers == [1, 2]
    assert again.sequence == 1
    assert Invoice.objects.count() == 2


def test_a_payment_that_is_rolled_back_gives_its_number_back() -> None:
    order = OrderFactory()

    with pytest.raises(RuntimeError), transaction.atomic():
        invoice_of(order)
        raise RuntimeError

    assert not Invoice.objects.exists()
    assert invoice_of(order).sequence == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_payments_at_once_have_numbers_one_to_fifty() -> None:
    orders = [OrderFactory() for _ in range(50)]
    start = threading.Barrier(50)
    problems: list[BaseException] = []

    def pay(order: Order) -> None:
        try:
            start.wait(30)
            services.transition(order_id=order.pk, to=State.PAID)
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=pay, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)

    assert not problems
    assert sorted(Invoice.objects.values_list("sequence", flat=True)) == list(range(1, 51))
    assert InvoiceCounter.objects.get().last == 50


# --- Credit notes -------------------------------------------------------------------------------


def test_a_full_refund_takes_the_invoice_back() -> None:
    order = OrderFactory()
    invoice = invoice_of(order)
    services.record_refund(order_id=order.pk, amount=Decimal("1.00"))
    assert order.invoices.filter(kind=Kind.CREDIT).count() == 0
    services.record_refund(order_id=order.pk, amount=order.total - Decimal("1.00"))

    note = order.invoices.get(kind=Kind.CREDIT)
    (page,) = pages_of(note)

    assert note.number.startswith("CN-")
    assert f"Credit note {note.number}" in page
    assert f"Takes back invoice {invoice.number}" in page
    assert f"-${order.total}" in page
    guest = Client()
    guest.get(links.signed_path(order))
    assert guest.get(f"/orders/{order.number}/credit-note.pdf").status_code == 200
    assert "Credit note (PDF)" in guest.get(order.get_absolute_url()).content.decode()


def test_a_refund_that_fails_and_is_made_again_has_one_credit_note() -> None:
    order = OrderFactory()
    invoice_of(order)

    services.record_refund(order_id=order.pk, amount=order.total)
    services.forget_refund(order_id=order.pk, amount=order.total, note="The bank refused.")
    services.record_refund(order_id=order.pk, amount=order.total)

    assert order.invoices.filter(kind=Kind.CREDIT).count() == 1
