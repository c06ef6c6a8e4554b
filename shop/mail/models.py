"""The outbox: each mail is a row before it is sent, and stays one afterwards."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

# After so many attempts a mail has failed, and somebody must look at it.
MAX_ATTEMPTS = 8


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Reads, as verbs that chain."""

    def due(self) -> OutgoingMailQuerySet:
        """Those to be sent now: waiting, or held by a worker that must have died."""
        return self.filter(state__in=OutgoingMail.OPEN, due_at__lte=timezone.now())

    def waiting(self) -> OutgoingMailQuerySet:
        """Those that are still to be sent, now or later."""
        return self.filter(state__in=OutgoingMail.OPEN)


class OutgoingMail(models.Model):
    """A mail to one address. `key` names what it is about, so that it is queued once.

    `due_at` is when it is to be tried (again). While a worker sends it (`sending`), that is the
    time at which the worker is taken for dead.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    OPEN = (State.QUEUED, State.SENDING)

    key = models.CharField(_("key"), max_length=200, unique=True)
    to = models.EmailField(_("to"), max_length=254)
    reply_to = models.EmailField(_("answers to"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField("HTML", blank=True)
    language = models.CharField(_("language"), max_length=10)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("why it failed"), max_length=500, blank=True)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    created_at = models.DateTimeField(_("written"), default=timezone.now, db_index=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="mail_has_key"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | Q(~Q(state="sent"), sent_at__isnull=True),
                name="mail_sent_has_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["queued", "sending"]), name="mail_due"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def message_id(self) -> str:
        """The same at each attempt, so that a mailbox which gets it twice can tell."""
        digest = salted_hmac("shop.mail", self.key, algorithm="sha256").hexdigest()[:32]
        return f"<{digest}@{settings.SHOP_HOST}>"


class MailAttachment(models.Model):
    """A file of a mail, kept in the row: nobody reaches it by an address."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(_("type"), max_length=100)
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


def pause_after(attempt: int) -> timedelta:
    """How long to wait after the attempt of this number (from 1): each three times as long.

    With the default of 30 seconds the eighth attempt comes nine hours after the first.
    """
    return timedelta(seconds=settings.MAIL_PAUSE * 3 ** (attempt - 1))
