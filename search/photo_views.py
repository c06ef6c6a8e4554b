"""The camera's door: a photo in, the address of the search with it out."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search import addresses, photos
from search.throttles import seconds_to_wait, too_many_searches
from shop.catalog.images import ImageRejected, take_in


@csrf_exempt  # a search changes nothing; any page may post to it
@require_POST
def keep_photo(request: HttpRequest) -> JsonResponse:
    """Keep the photo in `image` for this visitor: 201 with the address of the search with it, else
    what is wrong and what would be right.

    503 means that nothing can be kept at present. The search's own form answers a photo even then,
    only without an address.
    """
    if wait := seconds_to_wait(request):
        refused = _refused(too_many_searches(wait), status=429)
        refused["Retry-After"] = str(wait)
        return refused
    try:
        file = request.FILES.get("image")
    except RequestDataTooBig as error:
        return _refused(str(error), status=413)
    if file is None:
        return _refused(gettext("There is no photo in this. Choose one and send it again."))
    try:
        photo = take_in(cast(BinaryIO, file), name=file.name)
    except ImageRejected as error:
        return _refused(error.messages[0], status=413 if error.code == "too_large" else 400)
    token = photos.keep(request, photos.shrunk(photo))
    if not token:
        return _refused(gettext("Photos cannot be kept right now."), status=503)
    return JsonResponse({"url": addresses.asking(photo=token)}, status=201)


def _refused(words: str, *, status: int = 400) -> JsonResponse:
    return JsonResponse({"error": words}, status=status)
