"""What a shopper is written about an order: once, in their language, all of it."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader

from shop.mail.models import MailAttachment, OutgoingMail
from shop.orders import links, mails, services
from shop.orders.models import Order
from shop.orders.signals import state_changed
from shop.orders.states import State
from shop.store.current import current_store
from tests.shop.orders.factories import ADDRESS, OrderFactory

pytestmark = pytest.mark.django_db


def place(order: Order) -> Order:
    """Tell of an order what placing tells."""
    with transaction.atomic():
        state_changed.send(
            sender=Order, order=order, before=None, after=State.PLACED, actor=None, note=""
        )
    return order


def brought_to(order: Order, *states: State) -> Order:
    for state in states:
        order = services.transition(order_id=order.pk, to=state)
    return order


def mail_about(order: Order, what: str) -> OutgoingMail:
    return OutgoingMail.objects.get(key=f"order-{what}:{order.number}")


def plain(text: str) -> str:
    """Without the spaces that amounts are kept together by."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_a_placed_order_is_confirmed_with_all_that_it_holds() -> None:
    order = place(
        OrderFactory(
            lines=[{"quantity": 2}],
            discounted="10.00",
            voucher_code="SPRING",
            billing=ADDRESS.as_dict() | {"name": "Charles Babbage"},
        )
    )

    written = mail_about(order, "placed")

    assert written.to == order.email
    assert order.number in written.subject
    for body in (written.text, written.html):
        for words in (
            "Red boots",
            "Red, M",
            f"${order.subtotal}",
            "-$10.00",
            "SPRING",
            f"${order.delivery}",
            f"${order.total}",
            f"${order.tax}",
            "Ada Lovelace",
            "Charles Babbage",
            "Springfield",
            links.signed_url(order),
            "please pay",
        ):
            assert words in body, words
        assert "{" not in body


def test_tax_on_top_is_told_before_the_total() -> None:
    order = place(OrderFactory(prices_include_tax=False))

    text = mail_about(order, "placed").text

    assert f"Tax 19%: ${order.tax}" in text
    assert "Tax in it" not in text


def test_a_paid_order_comes_with_its_invoice() -> None:
    order = brought_to(place(OrderFactory()), State.PAID)

    written = mail_about(order, "paid")
    attached = written.attachments.get()

    assert f"${order.total}" in written.text
    assert attached.content_type == "application/pdf"
    assert attached.name == f"invoice-{order.invoices.get().number}.pdf"
    assert order.number in PdfReader(io.BytesIO(attached.content)).pages[0].extract_text()


def test_a_shipped_order_tells_where_the_parcel_is() -> None:
    order = OrderFactory(
        state=State.PACKED,
        tracking_carrier="Post & Co",
        tracking_number="00340",
        tracking_url="https://carrier.example/?id=00340&x=1",
    )
    brought_to(order, State.SHIPPED)

    written = mail_about(order, "shipped")

    assert "Post & Co" in written.text
    assert "https://carrier.example/?id=00340&x=1" in written.text
    assert 'href="https://carrier.example/?id=00340&amp;x=1"' in written.html
    assert "Post &amp; Co" in written.html


def test_an_order_that_was_not_paid_in_time_is_told_why() -> None:
    order = OrderFactory(pay_until=timezone.now() - timedelta(minutes=1))
    brought_to(order, State.CANCELLED)

    written = mail_about(order, "cancelled")

    assert "not paid in time" in written.text
    assert "not paid in time" in written.html


def test_a_paid_order_that_is_cancelled_tells_of_the_money() -> None:
    order = brought_to(OrderFactory(), State.PAID, State.CANCELLED)

    text = mail_about(order, "cancelled").text

    assert "is given back" in text
    assert "in time" not in text


def test_what_came_back_is_confirmed() -> None:
    order = OrderFactory(state=State.SHIPPED)
    line = order.lines.get()

    services.return_lines(order_id=order.pk, quantities={line.pk: 1})

    assert "came back to us" in mail_about(order, "returned").text


def test_each_refund_is_told_once_and_the_last_with_a_credit_note() -> None:
    order = brought_to(OrderFactory(), State.PAID)

    services.record_refund(order_id=order.pk, amount=Decimal("10.00"))
    services.record_refund(order_id=order.pk, amount=Decimal("10.00"))
    order.refresh_from_db()
    services.record_refund(order_id=order.pk, amount=order.total - order.refunded)

    told = list(OutgoingMail.objects.filter(key__startswith="order-refund:").order_by("pk"))
    assert len(told) == 3
    assert "$10.00" in told[0].subject
    assert "all of it is refunded" not in told[1].text
    assert "all of it is refunded" in told[2].text
    assert [one.attachments.count() for one in told] == [0, 0, 1]


def test_unpacking_a_parcel_tells_nobody_anything() -> None:
    order = brought_to(OrderFactory(), State.PAID, State.PACKED)
    before = OutgoingMail.objects.count()

    brought_to(order, State.PAID)

    assert OutgoingMail.objects.count() == before
    assert order.invoices.count() == 1


def test_what_is_told_twice_is_written_once() -> None:
    order = place(place(OrderFactory()))

    assert OutgoingMail.objects.filter(key=f"order-placed:{order.number}").count() == 1


def test_a_change_that_is_rolled_back_is_not_told() -> None:
    order = OrderFactory()

    with pytest.raises(RuntimeError), transaction.atomic():
        brought_to(order, State.PAID)
        raise RuntimeError

    assert not OutgoingMail.objects.exists()
    assert not MailAttachment.objects.exists()


def test_a_mail_that_cannot_be_written_stops_no_payment(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ValueError("A broken template")

    monkeypatch.setattr(mails, "queue_mail", broken)

    order = brought_to(OrderFactory(), State.PAID)

    assert order.state == State.PAID
    assert order.invoices.count() == 1
    assert "could not be written" in caplog.text


def test_an_invoice_that_cannot_be_drawn_stops_no_mail(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(mails, "render_invoice", lambda invoice: 1 / 0)

    order = brought_to(OrderFactory(), State.PAID)

    assert not mail_about(order, "paid").attachments.exists()
    assert "could not be drawn" in caplog.text


def test_mails_are_in_the_language_of_the_order() -> None:
    order = place(OrderFactory(language="de", currency="EUR", country="DE"))

    written = mail_about(order, "placed")

    assert written.language == "de"
    assert 'lang="de"' in written.html
    assert f"{order.total} €".replace(".", ",") in plain(written.text)


@pytest.mark.parametrize("what", ["placed", "paid", "shipped", "cancelled", "returned"])
def test_odd_words_reach_both_texts_whole(what: str) -> None:
    title = "“Größe” <b>'40'</b> & \"Co\" 🧦 שלום عربي " + "x" * 155
    assert len(title) <= 200
    order = OrderFactory(
        lines=[{"title": title, "options": [["Größe", "<i>40</i>"]]}],
        shipping=ADDRESS.as_dict() | {"name": "Łukasz O'Neill & Söhne"},
    )

    mails.mail_state(order=order, after=State(what))

    written = mail_about(order, what)
    if what != "returned":
        assert title in written.text
        assert "<i>40</i>" in written.text
        assert "Łukasz O'Neill & Söhne" in written.text
        assert "&lt;b&gt;&#x27;40&#x27;&lt;/b&gt; &amp; &quot;Co&quot; 🧦 שלום عربي" in written.html
        assert "&lt;i&gt;40&lt;/i&gt;" in written.html
    assert "<b>'40'" not in written.html
    assert "&#x27;" not in written.text
    assert "&amp;" not in written.text


def test_the_merchant_gets_a_copy_of_what_is_to_be_packed_if_they_want_it() -> None:
    brought_to(OrderFactory(), State.PAID)
    assert not OutgoingMail.objects.filter(key__startswith="order-copy:").exists()
    store = current_store()
    store.order_mail_copy, store.contact_email = True, "shop@example.com"
    store.save()

    order = brought_to(OrderFactory(), State.PAID)

    written = mail_about(order, "copy")
    assert (written.to, written.reply_to) == ("shop@example.com", order.email)
    assert f"${order.total}" in written.subject
    assert "Red boots" in written.text
    assert not mail.outbox
