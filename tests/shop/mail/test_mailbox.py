"""The demo's mailbox, which nobody else has."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from shop.mail.models import MailAttachment, OutgoingMail
from tests.shop.mail.factories import MailFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail() -> OutgoingMail:
    made = MailFactory(
        subject="Your <order>", html="<html><head></head><body onload=x()>Hi</body></html>"
    )
    MailAttachment.objects.create(
        mail=made, name="invoice.pdf", content=b"%PDF-1", content_type="application/pdf"
    )
    return made


def pages_of(mail: OutgoingMail) -> list[str]:
    file = mail.attachments.get()
    base = f"/mailbox/{mail.pk}/"
    return ["/mailbox/", base, f"{base}html/", f"{base}files/{file.pk}/"]


def test_in_production_there_is_no_such_page(client: Client, mail: OutgoingMail) -> None:
    assert [client.get(address).status_code for address in pages_of(mail)] == [404] * 4
    assert "/mailbox/" not in client.get("/").content.decode()


@pytest.fixture
def demo(settings: LazySettings) -> None:
    settings.MAILBOX = True


def test_the_demo_shows_what_was_written(demo: None, client: Client, mail: OutgoingMail) -> None:
    listed, shown, html, file = [client.get(address) for address in pages_of(mail)]

    assert "Your &lt;order&gt;" in listed.content.decode()
    assert "The text." in shown.content.decode()
    assert f'src="/mailbox/{mail.pk}/html/"' in shown.content.decode()
    assert "Hi" in html.content.decode()
    assert b"".join(file.streaming_content) == b"%PDF-1"  # type: ignore[attr-defined]
    assert file.headers["Content-Disposition"] == 'attachment; filename="invoice.pdf"'
    assert '<a href="/mailbox/">' in client.get("/").content.decode()


def test_a_mail_runs_no_script(demo: None, client: Client, mail: OutgoingMail) -> None:
    response = client.get(f"/mailbox/{mail.pk}/html/")

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy
    assert "allow-scripts" not in policy and "script-src" not in policy
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    shown = client.get(f"/mailbox/{mail.pk}/").content.decode()
    assert 'sandbox="allow-top-navigation-by-user-activation"' in shown


def test_the_file_of_another_mail_is_404(demo: None, client: Client, mail: OutgoingMail) -> None:
    other, file = MailFactory(), mail.attachments.get()

    assert client.get(f"/mailbox/{other.pk}/files/{file.pk}/").status_code == 404
    assert client.get(f"/mailbox/{other.pk}/html/").status_code == 404  # it has none


def test_queries_do_not_grow_with_the_mails(
    demo: None, client: Client, django_assert_max_num_queries: Any
) -> None:
    MailFactory()
    client.get("/mailbox/")
    with django_assert_max_num_queries(10) as few:
        client.get("/mailbox/")
    for _ in range(20):
        MailFactory()
    with django_assert_max_num_queries(10) as many:
        client.get("/mailbox/")

    assert len(few) == len(many)


@pytest.mark.parametrize("asked", ["0", "-1", "999", "abc", "", "%00"])
def test_any_page_number_gives_a_page(demo: None, client: Client, asked: str) -> None:
    assert client.get(f"/mailbox/?page={asked}").status_code == 200


def test_a_mailbox_without_mails_says_so(demo: None, client: Client) -> None:
    assert "No mail yet" in client.get("/mailbox/").content.decode()
