"""The pages of the shop's legal texts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shop.origin import absolute
from shop.store.models import LegalPage
from shop.store.texts import as_html


def legal_page(request: HttpRequest, kind: str) -> HttpResponse:
    """One text, in the active language, or in the shop's own where it is not there."""
    pages = LegalPage.objects.shown().filter(kind=kind).in_language()
    if not pages:
        raise Http404(_("There is no such text here."))
    [page] = pages
    return render(
        request,
        "store/legal_page.html",
        {
            "page": page,
            "text": as_html(page.text),
            "canonical": absolute(request, page.get_absolute_url()),
        },
    )
