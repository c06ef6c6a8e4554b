"""What a phone shares into the shop that is installed on it: a photo, or words.

The phone posts a form as `share_target` says. A photo is searched with as one from the search bar.
Words are searched for without the addresses in them, by which one finds nothing: browsers share a
page as its title and its address.
"""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from search.query import MAX_WORDS
from search.views import search_page
from shop.installable.parts import share_targets, shortcuts

ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# Around what was selected in a page; and what parts the name of a page from that of its site.
QUOTES = " \t\n\"'“”„«»"
SITE = re.compile(r"\s+[|·–—]\s+[^|·–—]*$")


def connect() -> None:
    shortcuts.append(shortcut)
    share_targets.append(share_target)


def shortcut() -> dict[str, Any]:
    return {"name": _("Search with a photo"), "url": reverse("search:page")}


def share_target() -> dict[str, Any]:
    return {
        "action": reverse("search:share"),
        "method": "POST",
        "enctype": "multipart/form-data",
        "params": {
            "title": "title",
            "text": "q",
            "url": "url",
            "files": [{"name": "image", "accept": ["image/*"]}],
        },
    }


@csrf_exempt  # a phone has no token; and a search changes nothing
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Takes what is shared, and answers as the search does."""
    if request.method != "POST":  # who comes back here by the address
        return redirect("search:page")
    files = request.FILES  # reads the form; what is too large is answered as anywhere (413)
    data = request.POST.copy()
    data["q"] = words_of(data.get("q", ""), title=data.get("title", ""), has_photo=bool(files))
    for name in ("title", "url"):
        data.pop(name, None)
    if not files and not data["q"]:
        messages.info(
            request,
            _("A link cannot be searched for. Share the picture itself, or say what you saw."),
        )
        return redirect("search:page")
    request.POST = data  # type: ignore[assignment]
    return search_page(request)


def words_of(text: str, *, title: str = "", has_photo: bool = False) -> str:
    """What to search for: the words that were shared, else the title of the page.

    With a photo only words that somebody chose to send along: a title ("IMG_2041.jpg", or what
    the page around it is called) says less than the picture.
    """
    words = _without_addresses(text)
    if not words and not has_photo:
        words = SITE.sub("", _without_addresses(title))
    if len(words) <= MAX_WORDS:
        return words
    return words[:MAX_WORDS].rpartition(" ")[0] or words[:MAX_WORDS]


def _without_addresses(text: str) -> str:
    return " ".join(ADDRESS.sub(" ", text).split()).strip(QUOTES)
