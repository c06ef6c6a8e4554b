"""Uploads are held in memory and bounded while they arrive."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.utils.translation import gettext


class BoundedMemoryUploadHandler(MemoryFileUploadHandler):
    """Keeps an upload in memory whatever its size, up to a bound for the whole request.

    Django's own handlers write what exceeds 2.5 MB to a temporary file as it came: a shopper's
    photo with its place and time. The bound leaves room for a dozen pictures of
    `settings.IMAGE_MAX_BYTES` in an admin's form, and for one and a bit in anybody else's; past
    it the rest of the request is not read.
    """

    PICTURES_OF_STAFF = 12
    PICTURES_OF_OTHERS = 1.2

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._received = 0
        # The session's user, who needs none of the body that is about to be read.
        staff = getattr(getattr(request, "user", None), "is_staff", False)
        pictures = self.PICTURES_OF_STAFF if staff else self.PICTURES_OF_OTHERS
        self._bound = int(settings.IMAGE_MAX_BYTES * pictures)

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        if self._received > self._bound:
            raise RequestDataTooBig(
                gettext("The files of one request may have %(megabytes)d MB together.")
                % {"megabytes": self._bound // 1024**2}
            )
        super().receive_data_chunk(raw_data, start)
