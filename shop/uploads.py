"""Uploads are held in memory and bounded while they arrive."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler


class BoundedMemoryUploadHandler(MemoryFileUploadHandler):
    """Keeps an upload in memory whatever its size, up to a bound for the whole request.

    Django's own handlers write what exceeds 2.5 MB to a temporary file as it came: a shopper's
    photo with its place and time. The bound leaves room for a few pictures of
    `settings.IMAGE_MAX_BYTES` in one admin form; past it the rest of the request is not read.
    """

    PICTURES_A_REQUEST = 12

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._received = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        bound = settings.IMAGE_MAX_BYTES * self.PICTURES_A_REQUEST
        if self._received > bound:
            raise RequestDataTooBig(
                f"The files of one request may have {bound // 1024**2} MB together."
            )
        super().receive_data_chunk(raw_data, start)
