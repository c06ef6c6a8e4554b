"""A Celery app whose workers die, as by a crash in a decoder, of pictures 33 pixels wide."""

import os
import signal
from typing import Any

from celery.signals import worker_process_init
from PIL import Image

from shop.celery import app

DEADLY_WIDTH = 33

__all__ = ["app"]


@worker_process_init.connect
def make_deadly(**_: Any) -> None:
    """In the children of the worker alone: tests import this module too."""
    from search import decoding

    decode = decoding.decode

    def decode_or_die(data: bytes, size: tuple[int, int]) -> Image.Image:
        image = decode(data, size)
        if image.width == DEADLY_WIDTH:
            os.kill(os.getpid(), signal.SIGKILL)
        return image

    decoding.decode = decode_or_die
