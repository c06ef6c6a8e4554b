"""Whole requests for the page and the API: what is asked, and two ways to send it."""

from __future__ import annotations

import http.client
import itertools
import re
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

PATHS = {"page": "/search/", "API": "/api/v1/search/"}
_visitors = itertools.count(1)


@dataclass(frozen=True)
class Question:
    """What a shopper asks: words or a photo (a JPEG's bytes), in a category (its slug) or not."""

    text: str = ""
    photo: bytes = field(default=b"", repr=False)
    category: str = ""


@dataclass(frozen=True)
class Request:
    """`body` is a multipart form, or nothing."""

    method: str
    path: str
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes = field(repr=False)

    def stages(self) -> dict[str, float]:
        """Milliseconds of the search by stage, from the header Server-Timing."""
        timing = self.headers["Server-Timing"]
        return {name: float(spent) for name, spent in re.findall(r"([\w-]+);dur=([\d.]+)", timing)}


class Sender(Protocol):
    """Sends requests, each from another visitor's address."""

    def send(self, request: Request) -> Answer: ...


def request_for(face: str, question: Question) -> Request:
    """For the `face`, one of `PATHS`: a photo is posted, words are not."""
    values: dict[str, Any] = {"q": question.text, "category": question.category}
    values = {name: value for name, value in values.items() if value}
    if not question.photo:
        return Request("GET", f"{PATHS[face]}?{urlencode(values)}")
    values["image"] = SimpleUploadedFile("photo.jpg", question.photo, "image/jpeg")
    return Request("POST", PATHS[face], encode_multipart(BOUNDARY, values))


def ask(sender: Sender, request: Request) -> Answer:
    """Until there are results: the page answers a photo by a redirect. Raises `AssertionError`."""
    answer = sender.send(request)
    if answer.status == 303:
        answer = sender.send(Request("GET", answer.headers["Location"]))
    if answer.status != 200 or "Server-Timing" not in answer.headers:
        raise AssertionError(f"{request} was answered by {answer.status}: {answer.content[:500]!r}")
    return answer


class InProcess:
    """Django's handler with all its middleware, called directly."""

    def __init__(self) -> None:
        self._client = Client(headers={"host": "localhost"})

    def send(self, request: Request) -> Answer:
        response = self._client.generic(
            request.method,
            request.path,
            request.body,
            MULTIPART_CONTENT,
            REMOTE_ADDR=_address(next(_visitors)),
        )
        return Answer(response.status_code, dict(response.items()), response.content)


class OverHTTP:
    """One connection to a server on this machine, kept open, with the cookies it was given."""

    def __init__(self, port: int, first_visitor: int = 1) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._visitors = itertools.count(first_visitor)
        self._cookie = ""

    def send(self, request: Request) -> Answer:
        headers = {"Host": "localhost", "X-Forwarded-For": _address(next(self._visitors))}
        if request.body:
            headers["Content-Type"] = MULTIPART_CONTENT
        if self._cookie:
            headers["Cookie"] = self._cookie
        self._connection.request(request.method, request.path, request.body or None, headers)
        response = self._connection.getresponse()
        content = response.read()
        found = dict(response.getheaders())
        if "Set-Cookie" in found:
            self._cookie = found["Set-Cookie"].partition(";")[0]
        return Answer(response.status, found, content)


def _address(number: int) -> str:
    """An IPv6 address of its own for each number."""
    return f"2001:db8::{number >> 16:x}:{number & 0xFFFF:x}"
