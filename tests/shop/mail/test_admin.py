"""The outbox in the admin."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client

from tests.shop.mail.factories import MailFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/mail/outgoingmail/"


def test_a_failed_mail_says_why_and_is_sent_again(admin_client: Client) -> None:
    failed = MailFactory(state="failed", attempts=8, error="The server said no.")
    sent = MailFactory(sent=True)

    assert failed.subject in admin_client.get(LIST).content.decode()
    page = admin_client.get(f"{LIST}{failed.pk}/change/").content.decode()
    assert "The server said no." in page
    chosen = {"action": "send_again", "_selected_action": [failed.pk, sent.pk]}
    answer = admin_client.post(LIST, chosen, follow=True)

    assert "1 mail is sent again." in answer.content.decode()
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == ("queued", 0)
    assert LogEntry.objects.get().object_id == str(failed.pk)


def test_what_a_mail_says_is_not_shown(admin_client: Client) -> None:
    mail = MailFactory(text="https://shop.example/reset/secret", html="<p>secret</p>")

    assert "secret" not in admin_client.get(f"{LIST}{mail.pk}/change/").content.decode()


def test_mails_are_neither_written_nor_changed_here(admin_client: Client) -> None:
    mail = MailFactory()

    assert admin_client.get(f"{LIST}add/").status_code == 403
    admin_client.post(f"{LIST}{mail.pk}/change/", {"to": "other@example.com"})
    mail.refresh_from_db()
    assert mail.to != "other@example.com"


def test_who_may_only_look_sends_nothing_again(client: Client, django_user_model: Any) -> None:
    failed = MailFactory(state="failed", attempts=8)
    staff = django_user_model.objects.create_user("ann", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_outgoingmail"))
    client.force_login(staff)

    client.post(LIST, {"action": "send_again", "_selected_action": [failed.pk]})

    failed.refresh_from_db()
    assert failed.state == "failed"
