"""Pictures by their addresses: whom an import asks, how much and how long it listens."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from shop.catalog.importing import import_catalog, plan
from shop.catalog.importing.addresses import is_public
from shop.catalog.importing.fetching import Fetcher
from shop.catalog.importing.source import PictureUnavailable
from shop.catalog.models import FetchedPicture, ProductImage
from tests.factories import picture_bytes
from tests.shop.catalog.shopify_files import MUG, as_csv, problems

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def web(*, tls: Path | None = None, **answers: Answer) -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that answers each path so; its address, and what was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            answers[self.path.partition("?")[0].strip("/")](self)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def says(data: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in ({"Content_Length": str(len(data))} | headers).items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        try:
            request.wfile.write(data)
        except OSError:
            pass  # whoever asked has heard enough

    return answer


def leads_to(address: str) -> Answer:
    return says(b"", 302, Location=address)


@pytest.fixture(autouse=True)
def ports(settings: Any) -> None:
    settings.PICTURE_FETCH_PORTS = range(1, 65536)


def fetcher(**options: Any) -> Fetcher:
    """One that may ask this machine, and waits for nothing."""
    allowed = {"is_allowed": lambda address: address == "127.0.0.1", "sleep": lambda seconds: None}
    return Fetcher(**{**allowed, **options})


# --- Which addresses ----------------------------------------------------------------------------


HOSTILE = [
    *("127.0.0.1", "127.8.9.1", "0.1.2.3", "10.1.2.3", "172.16.0.1", "172.31.9.9"),
    *("192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16"),
    *("192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.5", "192.88.99.1"),
    *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    *("::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808"),
    *("2002:7f00:1::", "2002:808:808::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "100::1"),
    *("fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1"),
    *("2001:db8::1", "3fff::1", "2001:10::1", "2001:20::1", "5f00::1"),
    *("localhost", "", "1.2.3", "0x7f.1", ".".join("0000")),
]
PUBLIC = [
    *("8.8.8.8", "93.184.215.14", "172.32.0.1"),
    *("2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"),
]


def test_no_address_behind_a_wall_is_public() -> None:
    assert [address for address in HOSTILE if is_public(address)] == []
    assert [address for address in PUBLIC if not is_public(address)] == []


REFUSED = [
    ("ftp://example.com/a.jpg", "only addresses with http"),
    ("file:///etc/passwd", "only addresses with http"),
    ("gopher://example.com/", "only addresses with http"),
    ("http://user:word@example.com/", "name or password"),
    ("http://127.0.0.1/", "private network"),
    ("http://2130706433/", "private network"),
    ("http://0x7f.1/", "private network"),
    ("http://[::1]/", "private network"),
    ("http://[::ffff:169.254.169.254]/latest/meta-data", "private network"),
    ("http://localhost/", "private network"),
    ("http://169.254.169.254/latest/meta-data", "private network"),
    ("https://example.com:6379/", "port 6379 is not asked"),
    ("http://example.com:99999/", "no address of the web"),
    ("http:///a.jpg", "no address of the web"),
    ("http://[::1", "no address of the web"),
    ("http://example.com/a\r\nHost: b", "one line"),
    ("http://example.com/" + "a" * 3000, "at most 2000"),
]


def test_what_is_no_address_of_a_picture_is_refused(settings: Any) -> None:
    settings.PICTURE_FETCH_PORTS = [80, 443]
    with mock.patch.object(socket.socket, "connect", side_effect=AssertionError) as connect:
        for address, reason in REFUSED:
            with pytest.raises(PictureUnavailable, match=reason):
                Fetcher(sleep=lambda seconds: None).fetch(address)
    connect.assert_not_called()


def test_a_name_with_one_private_address_is_refused() -> None:
    answer = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("93.184.215.14", "10.0.0.1")
    ]
    with (
        mock.patch("socket.getaddrinfo", return_value=answer),
        pytest.raises(PictureUnavailable, match="private network"),
    ):
        Fetcher().fetch("http://shop.example/a.jpg")


def test_the_address_that_was_checked_is_the_one_that_is_asked() -> None:
    with web(a=says(b"picture")) as (address, asked):
        port = int(address.rpartition(":")[2])
        first = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        # Whoever asks again, as a connection by name would, is led elsewhere.
        with mock.patch("socket.getaddrinfo", side_effect=[first, OSError("asked twice")]):
            assert fetcher().fetch(f"http://rebinding.example:{port}/a") == b"picture"
    assert asked == ["/a"]


# --- What is answered ---------------------------------------------------------------------------


def test_a_redirect_is_followed_where_it_may_lead() -> None:
    with web(a=leads_to("/b?x=1"), b=says(b"picture")) as (address, asked):
        assert fetcher().fetch(f"{address}/a") == b"picture"
    assert asked == ["/a", "/b?x=1"]


@pytest.mark.parametrize("where", ["http://10.0.0.1/a", "http://[::1]/", "file:///etc/passwd"])
def test_a_redirect_to_a_private_network_is_refused(where: str) -> None:
    with (
        web(a=leads_to(where)) as (address, _asked),
        pytest.raises(PictureUnavailable, match=r"private network|only addresses"),
    ):
        fetcher().fetch(f"{address}/a")


def test_redirects_end() -> None:
    with (
        web(a=leads_to("/a")) as (address, asked),
        pytest.raises(PictureUnavailable, match="leads on and on"),
    ):
        fetcher().fetch(f"{address}/a")
    assert len(asked) == 4


def test_too_much_is_refused_by_its_head_and_cut_without_one(settings: Any) -> None:
    settings.IMAGE_MAX_BYTES = 100_000

    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        try:
            while True:
                request.wfile.write(bytes(50_000))
        except OSError:
            pass

    with web(a=says(bytes(200_000)), b=endless) as (address, _asked):
        with pytest.raises(PictureUnavailable, match="too large"):
            fetcher().fetch(f"{address}/a")
        assert len(fetcher().fetch(f"{address}/b")) == 100_001  # which image intake refuses


def test_one_that_talks_slowly_is_cut_off() -> None:
    over = threading.Event()

    def trickle(request: BaseHTTPRequestHandler) -> None:
        try:
            while not over.wait(0.02):
                request.wfile.write(b"H")
        except OSError:
            pass

    with web(a=trickle) as (address, asked):
        started = time.monotonic()
        with pytest.raises(PictureUnavailable, match=r"too long|broke"):
            fetcher(seconds=0.15).fetch(f"{address}/a")
        over.set()
    assert time.monotonic() - started < 10
    assert len(asked) == 3


def found(*addresses: str) -> list[Any]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]


@pytest.mark.parametrize(
    ("addresses", "asked"),
    [
        (["9.9.9.1", "9.9.9.2", "9.9.9.3"], ["9.9.9.1", "9.9.9.2"]),
        (["2620::1", "2620::2", "9.9.9.1", "9.9.9.2"], ["2620::1", "9.9.9.1"]),
        (["9.9.9.1"], ["9.9.9.1"]),
    ],
)
def test_of_many_addresses_two_are_asked(addresses: list[str], asked: list[str]) -> None:
    with (
        mock.patch("socket.getaddrinfo", return_value=found(*addresses)),
        mock.patch("socket.socket") as opened,
        pytest.raises(PictureUnavailable, match="does not answer"),
    ):
        opened.return_value.connect.side_effect = TimeoutError
        fetcher(is_allowed=lambda address: True).fetch("http://shop.example/a")

    connected = [call.args[0][0] for call in opened.return_value.connect.call_args_list]
    assert connected == asked * 3


def test_the_time_runs_from_the_name_on_and_over_all_addresses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [100.0]
    waits: list[float] = []
    opened = mock.Mock()
    opened.settimeout.side_effect = waits.append

    def resolve(*args: Any, **options: Any) -> list[Any]:
        clock[0] += 7
        return found("9.9.9.1", "9.9.9.2")

    def connect(address: Any) -> None:
        clock[0] += waits[-1]
        raise TimeoutError

    opened.connect.side_effect = connect
    monkeypatch.setattr(
        "shop.catalog.importing.fetching.time", mock.Mock(monotonic=lambda: clock[0])
    )
    monkeypatch.setattr("shop.catalog.importing.fetching.socket.getaddrinfo", resolve)
    monkeypatch.setattr("shop.catalog.importing.fetching.socket.socket", lambda *args: opened)
    anywhere = {"is_allowed": lambda address: True}

    with pytest.raises(PictureUnavailable, match="does not answer"):
        fetcher(seconds=15, **anywhere).fetch("http://shop.example/a")
    assert (waits, clock) == ([5, 3] * 3, [100 + 3 * 15])

    waits.clear()
    with pytest.raises(PictureUnavailable, match="too long"):
        fetcher(seconds=6, **anywhere).fetch("http://shop.example/a")
    assert waits == []


def test_the_time_runs_on_over_redirects() -> None:
    with (
        web(a=leads_to("/b"), b=leads_to("/a")) as (address, asked),
        mock.patch.object(Fetcher, "_ask", autospec=True, side_effect=Fetcher._ask) as ask,
        pytest.raises(PictureUnavailable, match="leads on and on"),
    ):
        fetcher().fetch(f"{address}/a")
    assert len(asked) == 4
    assert len({call.args[2] for call in ask.call_args_list}) == 1


def test_what_fails_for_a_moment_is_asked_again_with_a_pause() -> None:
    pauses: list[float] = []
    answers = iter([says(b"", 503), says(b"", 429), says(b"picture")])
    with web(a=lambda request: next(answers)(request)) as (address, asked):
        assert fetcher(sleep=pauses.append).fetch(f"{address}/a") == b"picture"
    assert len(asked) == 3 and pauses == [1.0, 3.0]


def test_what_is_not_there_is_asked_once() -> None:
    with (
        web(a=says(b"", 404)) as (address, asked),
        pytest.raises(PictureUnavailable, match="answers 404"),
    ):
        fetcher().fetch(f"{address}/a")
    assert len(asked) == 1


def test_an_answer_that_breaks_off_is_no_picture() -> None:
    with (
        web(a=says(b"half", Content_Length="100")) as (address, _asked),
        pytest.raises(PictureUnavailable, match="broke"),
    ):
        fetcher().fetch(f"{address}/a")


def certificate_of(name: str, folder: Path) -> Path:
    """A certificate that vouches for itself, with its key, in a file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


def test_tls_is_verified_against_the_name(tmp_path: Path) -> None:
    certificate = certificate_of("shop.example", tmp_path)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with web(tls=certificate, a=says(b"picture")) as (address, asked):
        port = int(address.rpartition(":")[2])
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        with mock.patch("socket.getaddrinfo", return_value=found):
            right = fetcher(tls=trusting).fetch(f"https://shop.example:{port}/a")
            with pytest.raises(PictureUnavailable, match="certificate is not that of other"):
                fetcher(tls=trusting).fetch(f"https://other.example:{port}/a")
            with pytest.raises(PictureUnavailable, match="certificate is not that of shop"):
                fetcher().fetch(f"https://shop.example:{port}/a")
    assert (right, asked) == (b"picture", ["/a"])


# --- In an import -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_pictures_are_fetched_once(tmp_path: Path) -> None:
    file = tmp_path / "shop.csv"
    with web(a=says(picture_bytes(seed=1)), b=says(b"<html>")) as (address, asked):
        rows = [{**MUG, "Image Src": f"{address}/a"}, {**MUG, "Variant SKU": "B"}]
        file.write_text(as_csv(rows[0], {**rows[1], "Image Src": f"{address}/b"}))

        refused = import_catalog(file)
        assert "not fetched from the net" in problems(refused)[0] and asked == []
        planned = plan(file, fetch=True)
        assert (planned.pictures_new, planned.pictures_to_fetch, asked) == (2, 2, [])

        report = import_catalog(file, fetch=True, fetcher=fetcher())
        assert (report.pictures_created, report.pictures_fetched) == (1, 2)
        assert problems(report)[0].startswith(f"line 3 (mug): the picture '{address}/b'")
        assert FetchedPicture.objects.count() == 1

        again = import_catalog(file, fetch=True, fetcher=fetcher())
        assert (again.pictures_created, again.products_unchanged) == (0, 1)
        assert asked.count("/a") == 1  # the one that is known is not asked for
        assert len(problems(import_catalog(file))) == 1  # nor does it need leave

        once_more = import_catalog(file, refetch=True, fetcher=fetcher())
        assert (once_more.pictures_created, asked.count("/a")) == (0, 2)
    assert ProductImage.objects.count() == 1
