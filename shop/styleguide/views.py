"""The style guide's pages, for staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from shop.styleguide import tokens
from shop.styleguide.specimens import SPECIMENS

View = Callable[..., HttpResponse]
# Pages that say what failed, and cannot be asked for otherwise.
ERRORS = sorted(path.stem for path in (settings.BASE_DIR / "templates").glob("[45][0-9]*.html"))


def for_staff(view: View) -> View:
    """Strangers log in first; shoppers find nothing here."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: object, **options: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.is_staff:
            raise Http404
        return view(request, *arguments, **options)

    return guarded


@require_safe
@for_staff
def guide(request: HttpRequest) -> HttpResponse:
    found = tokens.read_tokens()
    dark = found.themes["dark"]
    colors = {name: value for name, value in found.light.items() if tokens.is_color(value)}
    return render(
        request,
        "styleguide/page.html",
        {
            "colors": [(name, value, dark[name]) for name, value in colors.items()],
            "pairs": tokens.pairs(found),
            "faces": found.starting_with("sans", "serif"),
            "sizes": found.starting_with("text-"),
            "spaces": found.starting_with("space-"),
            "radii": found.starting_with("radius-"),
            "shadows": found.starting_with("shadow-"),
            "motions": found.starting_with("quick", "calm"),
            "specimens": [(one, one.shown(request)) for one in SPECIMENS],
            "errors": ERRORS,
        },
    )


@require_safe
@for_staff
def sheet(request: HttpRequest) -> HttpResponse:
    return HttpResponse(tokens.sheet(tokens.read_tokens()), content_type="text/css")


@require_safe
@for_staff
def error(request: HttpRequest, name: str) -> HttpResponse:
    """A page that says what failed, as shoppers see it."""
    if name not in ERRORS:
        raise Http404
    words = gettext("Here it says why, and what would help.")
    return render(request, f"{name}.html", {"words": words}, status=HTTPStatus.OK)
