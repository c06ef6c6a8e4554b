"""An e-mail server for tests: it takes mails, and may be told to hold one back."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes
from email.message import Message


class SmtpServer:
    """Listens on 127.0.0.1; `accepted` are the mails it said yes to.

    With `hold` set it reads the mail of that number (from 1) and answers nothing, as a slow
    server does, until whoever sent it is gone; `holding` says that it has come so far.
    """

    def __init__(self) -> None:
        self.accepted: list[Message] = []
        self.hold = 0
        self.holding = threading.Event()
        self._lock = threading.Lock()
        server = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self._say("220 test")
                while line := self.rfile.readline():
                    command = line.strip().upper()
                    if command.startswith((b"EHLO", b"HELO", b"MAIL", b"RCPT", b"RSET")):
                        self._say("250 yes")
                    elif command.startswith(b"DATA"):
                        self._say("354 go on")
                        if not server.take(self._data(), self):
                            return
                        self._say("250 yes")
                    else:
                        self._say("221 bye")
                        return

            def _data(self) -> bytes:
                lines: list[bytes] = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line)
                return b"".join(lines)

            def _say(self, words: str) -> None:
                self.wfile.write(words.encode() + b"\r\n")

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", 0), Session)
        self.url = f"smtp://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def take(self, data: bytes, session: socketserver.StreamRequestHandler) -> bool:
        """Whether the mail is accepted; one that is held never is."""
        with self._lock:
            held = len(self.accepted) + 1 == self.hold
            if not held:
                self.accepted.append(message_from_bytes(data))
        if held:
            self.holding.set()
            while session.rfile.readline():  # until the sender is gone
                pass
        return not held

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
