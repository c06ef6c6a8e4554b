"""The contact page, and the demo's mailbox."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from shop.mail.contact import ContactForm, initial_of, write_to_shop
from shop.mail.models import MailAttachment, OutgoingMail
from shop.store.current import current_store
from shop.throttles import seconds_to_wait

MAILS_A_PAGE = 30
# A mail may look as it likes, and do nothing; its links lead the whole window on.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-top-navigation-by-user-activation"
)


def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the shop, and a form that writes to it if it has said where to."""
    takes_messages = bool(current_store().contact_email)
    if request.method != "POST" or not takes_messages:
        form = ContactForm(initial=initial_of(request)) if takes_messages else None
        return render(request, "mail/contact_page.html", {"form": form})
    form = ContactForm(request.POST)
    if not form.is_valid():
        return render(request, "mail/contact_page.html", {"form": form}, status=422)
    if not form.is_of_a_machine:
        if wait := seconds_to_wait(request, scope="contact"):
            minutes = -(-wait // 60)
            form.add_error(
                None,
                ngettext(
                    "Many messages came from here. Please try again in %d minute.",
                    "Many messages came from here. Please try again in %d minutes.",
                    minutes,
                )
                % minutes,
            )
            page = render(request, "mail/contact_page.html", {"form": form}, status=429)
            page.headers["Retry-After"] = str(wait)
            return page
        sent = form.cleaned_data
        write_to_shop(
            name=sent["name"],
            email=sent["email"],
            order=sent["order"],
            message=sent["message"],
            token=sent["token"] or uuid.uuid4(),
        )
    return redirect("mail:contact_thanks")


@require_safe
def contact_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "mail/contact_thanks.html")


# --- The demo's mailbox -------------------------------------------------------------------------

View = Callable[..., HttpResponseBase]


def only_in_the_demo(view: View) -> View:
    """404 unless `settings.MAILBOX` is on: mails are nobody's business."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.MAILBOX:
            raise Http404
        return view(request, *args, **kwargs)

    return inner


@only_in_the_demo
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Mails that the shop wrote, the newest first."""
    mails = OutgoingMail.objects.defer("text", "html")
    page = Paginator(mails, MAILS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "mail/mailbox.html", {"page": page})


@only_in_the_demo
@require_safe
def mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """One mail, as HTML and as text."""
    found = get_object_or_404(OutgoingMail, pk=mail_id)
    attachments = found.attachments.defer("content")
    return render(request, "mail/mail.html", {"mail": found, "attachments": attachments})


@only_in_the_demo
@require_safe
@xframe_options_sameorigin
def mail_html(request: HttpRequest, mail_id: int) -> HttpResponse:
    """The HTML of a mail for the frame of its page, under a policy of its own."""
    found = get_object_or_404(OutgoingMail.objects.exclude(html=""), pk=mail_id)
    html = found.html.replace("<head>", '<head><base target="_top">', 1)
    response = HttpResponse(html, headers={"Content-Security-Policy": MAIL_POLICY})
    # The pages' own policy would be set in its place.
    response._csp_exempt = True  # type: ignore[attr-defined]
    return response


@only_in_the_demo
@require_safe
def attachment(request: HttpRequest, mail_id: int, attachment_id: int) -> HttpResponseBase:
    found = get_object_or_404(MailAttachment, pk=attachment_id, mail_id=mail_id)
    return FileResponse(
        BytesIO(found.content),
        content_type=found.content_type,
        as_attachment=True,
        filename=found.name,
    )
