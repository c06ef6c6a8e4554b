"""Pictures from the net: asked of the address that was checked, bounded in bytes and in time.

A name is resolved once, each address it has must be public, and the connection goes to one of
them: a name that answers differently a moment later leads nowhere else. TLS is verified against
the name. A redirect is a new address, checked in the same way. What comes decides nothing by its
header: image intake looks at the bytes.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from shop.catalog.importing.addresses import is_public
from shop.catalog.importing.source import PictureUnavailable

MAX_REDIRECTS = 3
MAX_URL = 2000
CONNECT_SECONDS = 5.0
SILENCE_SECONDS = 10.0
TOTAL_SECONDS = 30.0  # of one try, from the name to the last byte, wherever it is led
PAUSES = (1.0, 3.0)  # before each further try
CHUNK = 64 * 1024
REDIRECTS = (301, 302, 303, 307, 308)
# Of characters that an address may have, those which `quote` would not leave alone.
SAFE = "/%:;=@!$&'()*+,~-._?[]"


class _TryAgain(Exception):
    """Something that may be over in a moment; the message says what."""


@dataclass(frozen=True)
class _Target:
    """Where to ask: `addresses`, at most two, are of those of `host`, all of which were checked."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


class Fetcher:
    """Fetches pictures; safe in several threads at once."""

    def __init__(
        self,
        *,
        is_allowed: Callable[[str], bool] = is_public,
        sleep: Callable[[float], None] = time.sleep,
        seconds: float = TOTAL_SECONDS,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._is_allowed = is_allowed
        self._sleep = sleep
        self._seconds = seconds
        self._tls = tls or ssl.create_default_context()

    def fetch(self, url: str) -> bytes:
        """The bytes at `url`, at most one more than image intake takes, or `PictureUnavailable`.

        Tries again where a machine does not answer, or says that it cannot at the moment.
        """
        for pause in (*PAUSES, None):
            try:
                return self._follow(url)
            except _TryAgain as error:
                if pause is None:
                    raise PictureUnavailable(
                        _("the picture at %(url)s cannot be fetched: %(reason)s")
                        % {"url": url[:200], "reason": error}
                    ) from error
                self._sleep(pause)
        raise AssertionError("The last try returns or raises.")

    def _follow(self, url: str) -> bytes:
        asked = url
        end = time.monotonic() + self._seconds
        for _hop in range(MAX_REDIRECTS + 1):
            answer = self._ask(self._target(asked), end)
            if isinstance(answer, bytes):
                return answer
            asked = answer
        raise PictureUnavailable(
            _("the address %(url)s leads on and on: more than %(limit)s times")
            % {"url": url[:200], "limit": MAX_REDIRECTS}
        )

    # --- Before the connection --------------------------------------------------------------------

    def _target(self, url: str) -> _Target:
        """Where `url` leads, checked, or `PictureUnavailable`."""
        if len(url) > MAX_URL or any(ord(c) < 32 or ord(c) == 127 for c in url):
            raise _refused(url, _("an address has one line and at most 2000 characters"))
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise _refused(url, _("this is no address of the web")) from error
        scheme = parts.scheme.lower()
        if scheme not in ("http", "https"):
            raise _refused(url, _("only addresses with http:// or https:// are fetched"))
        if parts.username is not None or parts.password is not None:
            raise _refused(url, _("an address with a name or password in it is not fetched"))
        port = port or (443 if scheme == "https" else 80)
        if port not in settings.PICTURE_FETCH_PORTS:
            raise _refused(url, _("the port %(port)s is not asked") % {"port": port})
        try:
            host = host.rstrip(".") if host.isascii() else host.encode("idna").decode()
        except UnicodeError as error:
            raise _refused(url, _("this is no address of the web")) from error
        if not host:
            raise _refused(url, _("this is no address of the web"))
        path = quote(parts.path or "/", safe=SAFE)
        if parts.query:
            path += "?" + quote(parts.query, safe=SAFE)
        return _Target(url, scheme, host, port, path, self._resolve(url, host, port))

    def _resolve(self, url: str, host: str, port: int) -> tuple[str, ...]:
        """The addresses of `host`, if all of them may be asked."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise _TryAgain(
                    _("there is no machine of the name %(host)s") % {"host": host}
                ) from error
            raise _refused(
                url, _("there is no machine of the name %(host)s") % {"host": host}
            ) from error
        except (OSError, UnicodeError) as error:
            raise _refused(url, _("this is no address of the web")) from error
        addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not addresses or not all(self._is_allowed(address) for address in addresses):
            raise _refused(url, _("it leads into a private network"))
        return _two_of(addresses)

    # --- The connection ---------------------------------------------------------------------------

    def _ask(self, target: _Target, end: float) -> bytes | str:
        """The bytes, or the address that the answer leads to; `end` is by the monotonic clock."""
        opened = [self._connect(target, end)]
        # Whatever the other side does, by then the connection is cut: also in the midst of a
        # handshake or of a header that comes by single bytes.
        over = threading.Event()
        watch = threading.Timer(max(end - time.monotonic(), 0), _cut, [opened, over])
        watch.daemon = True
        watch.start()
        connection = http.client.HTTPConnection(target.host, target.port)
        try:
            if target.scheme == "https":
                wrapped = self._tls.wrap_socket(
                    opened[0], server_hostname=target.host, do_handshake_on_connect=False
                )
                opened[0] = wrapped
                wrapped.do_handshake()
            connection.sock = opened[0]
            connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", _host_header(target))
            connection.putheader("User-Agent", "Vitrine (catalogue import)")
            connection.putheader("Accept", "image/*")
            connection.putheader("Accept-Encoding", "identity")
            connection.putheader("Connection", "close")
            connection.endheaders()
            return self._answer(target, connection.getresponse(), over)
        except ssl.SSLCertVerificationError as error:
            raise _refused(
                target.url, _("its certificate is not that of %(host)s") % {"host": target.host}
            ) from error
        except (http.client.HTTPException, OSError, ValueError) as error:
            if over.is_set() or isinstance(error, TimeoutError):
                raise _TryAgain(_("it took too long")) from error
            raise _TryAgain(_("the connection broke")) from error
        finally:
            watch.cancel()
            connection.close()
            opened[0].close()

    def _connect(self, target: _Target, end: float) -> socket.socket:
        failure: OSError | None = None
        for address in target.addresses:
            left = end - time.monotonic()
            if left <= 0:
                raise _TryAgain(_("it took too long")) from failure
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            raw = socket.socket(family, socket.SOCK_STREAM)
            try:
                raw.settimeout(min(CONNECT_SECONDS, left))
                raw.connect((address, target.port))
            except OSError as error:
                raw.close()
                failure = error
            else:
                raw.settimeout(SILENCE_SECONDS)
                return raw
        raise _TryAgain(_("%(host)s does not answer") % {"host": target.host}) from failure

    def _answer(
        self, target: _Target, response: http.client.HTTPResponse, over: threading.Event
    ) -> bytes | str:
        if response.status in REDIRECTS:
            return urljoin(target.url, response.headers.get("Location") or "")
        if response.status >= 500 or response.status in (408, 429):
            raise _TryAgain(_("it answers %(status)s") % {"status": response.status})
        if response.status != 200:
            raise _refused(target.url, _("it answers %(status)s") % {"status": response.status})
        limit = settings.IMAGE_MAX_BYTES
        if response.length is not None and response.length > limit:
            raise _refused(
                target.url,
                _("it is too large: at most %(limit)s MB are taken") % {"limit": limit // 1024**2},
            )
        expected = response.length
        data = bytearray()
        while len(data) <= limit:
            chunk = response.read1(min(CHUNK, limit + 1 - len(data)))
            if not chunk:
                break
            data += chunk
        if over.is_set():
            raise _TryAgain(_("it took too long"))
        if expected is not None and len(data) < expected:
            raise _TryAgain(_("the connection broke"))
        return bytes(data)


def _two_of(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """The first, and one to try after it: of the other family, which may be the one in use here."""
    first, *others = addresses
    other = [address for address in others if (":" in address) != (":" in first)]
    return (first, *(other or others)[:1])


def _cut(opened: list[socket.socket], over: threading.Event) -> None:
    over.set()
    try:
        # Of the bare connection: TLS has its own way of ending, for which it waits.
        socket.socket.shutdown(opened[0], socket.SHUT_RDWR)
    except OSError:
        pass  # it is closed already


def _host_header(target: _Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = 443 if target.scheme == "https" else 80
    return host if target.port == usual else f"{host}:{target.port}"


def _refused(url: str, reason: str) -> PictureUnavailable:
    return PictureUnavailable(
        _("the picture at %(url)s is not fetched: %(reason)s")
        % {"url": url[:200], "reason": reason}
    )
