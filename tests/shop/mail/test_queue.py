"""Writing mails into the outbox."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction

from shop.mail.models import OutgoingMail
from shop.mail.services import Attachment, queue_mail
from shop.store.current import current_store
from tests.shop.store.factories import LegalPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def templates(settings: LazySettings, tmp_path: Any) -> None:
    """A mail of the tests' own: `mail/test.*`."""
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "test.subject.txt").write_text("Hello\n{{ name }}\n")
    for kind in ("txt", "html"):
        (folder / f"test.{kind}").write_text(
            '{% extends "mail/base.KIND" %}{% block body %}Dear {{ name }}{% endblock %}'.replace(
                "KIND", kind
            )
        )
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]


def queue(key: str = "test", **values: Any) -> OutgoingMail | None:
    given: dict[str, Any] = {
        "to": "ann@example.com",
        "template": "test",
        "context": {"name": "Ann & Bob"},
        "language": "en",
    }
    return queue_mail(key=key, **{**given, **values})


def test_a_mail_is_rendered_when_it_is_written() -> None:
    store = current_store()
    store.legal_name, store.line1, store.city = "Shop & Co", "Main Street 1", "Town"
    store.contact_email = "help@example.com"
    store.save()
    LegalPageFactory(kind="imprint")

    mail = queue()

    assert mail is not None
    assert (mail.state, mail.attempts) == ("queued", 0)
    assert mail.subject == "Hello Ann & Bob"
    assert "Dear Ann & Bob" in mail.text and "Dear Ann &amp; Bob" in mail.html
    assert "Main Street 1" in mail.text and "Main Street 1" in mail.html
    assert "/pages/imprint/" in mail.text and 'lang="en"' in mail.html
    assert "help@example.com" in mail.text


def test_a_key_writes_one_mail() -> None:
    first, second = queue(), queue(to="other@example.com")

    assert first is not None and second is None
    assert OutgoingMail.objects.get().to == "ann@example.com"


def test_a_mail_is_undone_with_what_it_tells_of() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        queue()
        raise RuntimeError

    assert not OutgoingMail.objects.exists()


def test_no_line_break_gets_into_the_subject() -> None:
    mail = queue(context={"name": "x\r\nBcc: everybody@example.com"})

    assert mail is not None and mail.subject == "Hello x Bcc: everybody@example.com"


def test_attachments_are_kept_with_it() -> None:
    mail = queue(attachments=[Attachment("invoice.pdf", b"%PDF", "application/pdf")])

    assert mail is not None
    [kept] = mail.attachments.all()
    assert (kept.name, bytes(kept.content), kept.content_type) == (
        "invoice.pdf",
        b"%PDF",
        "application/pdf",
    )


def test_writing_costs_the_same_however_many_attachments(django_assert_num_queries: Any) -> None:
    current_store()
    with django_assert_num_queries(6):
        queue("one", attachments=[Attachment("a", b"a", "text/plain")])
    with django_assert_num_queries(6):
        queue("many", attachments=[Attachment(str(n), b"a", "text/plain") for n in range(20)])
