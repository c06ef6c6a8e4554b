"""Sessions of users who are gone, and those that are over."""

from celery import shared_task
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.management import call_command


@shared_task
def end_sessions(user_id: int) -> int:
    """Delete all sessions of a user; returns how many.

    No session is of use once its user is gone, but each still holds the number. They can only be
    found by reading them all.
    """
    own = [
        session.pk
        for session in Session.objects.iterator(chunk_size=2000)
        if session.get_decoded().get(SESSION_KEY) == str(user_id)
    ]
    return Session.objects.filter(pk__in=own).delete()[0]


@shared_task
def clear_sessions() -> None:
    """Delete the sessions that are over."""
    call_command("clearsessions")
