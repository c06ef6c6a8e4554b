"""What an admin's form says of files that were sent with it, and could not be taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin


class AsksForFilesAgain(ModelAdmin):
    """Says that files must be chosen again where a form comes back with errors: no browser fills
    them in, and none says so."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        count = sum(len(request.FILES.getlist(name)) for name in request.FILES)
        if count and context["errors"]:
            words = ngettext(
                "Nothing was saved yet. Choose the picture once more, too: browsers forget it.",
                "Nothing was saved yet. Choose the pictures once more, too: browsers forget them.",
                count,
            )
            self.message_user(request, words, messages.WARNING)
        return super().render_change_form(request, context, *args, **options)
