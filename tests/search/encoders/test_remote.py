"""An encoder on a model server, against a real server on loopback."""

import base64
import io
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest
from PIL import Image

from search.encoders import EncoderUnavailable, get_encoder, prepare, remote
from search.encoders.base import token_counter

pytestmark = pytest.mark.usefixtures("no_encoders_loaded")


class Server(ThreadingHTTPServer):
    """Serves one model, `shoes`: red, green and blue of a picture, letters r, g, b of a text."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.metadata: dict[str, Any] = {
            "name": "shoes",
            "versions": ["1"],
            "outputs": [{"name": "embedding", "datatype": "FP32", "shape": [-1, 3]}],
        }
        self.asked: list[dict[str, Any]] = []
        # What answers instead of the model: a status and a body.
        self.instead: tuple[int, bytes] | None = None
        self.delay = 0.0

    @property
    def reference(self) -> str:
        return f"oip:http://127.0.0.1:{self.server_port}/shoes"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.answer(self.server.metadata, self.path == "/v2/models/shoes")

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(request)
        time.sleep(self.server.delay)
        if self.server.instead:
            status, body = self.server.instead
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)
            return
        (tensor,) = request["inputs"]
        assert tensor["datatype"] == "BYTES"
        assert tensor["shape"] == [len(tensor["data"])]
        rows = [colours(tensor["name"], value) for value in tensor["data"]]
        output = {"name": "embedding", "datatype": "FP32", "shape": [len(rows), 3]}
        flat = [value for row in rows for value in row]
        self.answer({"outputs": [output | {"data": flat}]}, self.path == "/v2/models/shoes/infer")

    def answer(self, content: dict[str, Any], known: bool) -> None:
        self.send_response(200 if known else 404)
        self.end_headers()
        self.wfile.write(json.dumps(content if known else {"error": "unknown model"}).encode())

    def log_message(self, *args: Any) -> None:
        pass


def colours(name: str, value: str) -> list[float]:
    if name == "text":
        return [value.count(letter) + 0.5 for letter in "rgb"]
    image = Image.open(io.BytesIO(base64.b64decode(value)))
    assert image.format == "JPEG"
    red, green, blue = image.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return [float(red), float(green), float(blue)]


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def test_texts_and_pictures_are_encoded_by_the_server(server: Server) -> None:
    encoder = get_encoder(server.reference)

    texts = encoder.encode_texts(["rrr", "ggg \U0001f462", "bbb"])
    images = encoder.encode_images([Image.new("RGB", (90, 30), c) for c in ("red", "blue")])

    assert (encoder.reference, encoder.dimension) == (server.reference, 3)
    assert len(encoder.checksum) == 64
    assert texts.dtype == images.dtype == np.float32
    assert texts.argmax(axis=1).tolist() == [0, 1, 2]
    assert images.argmax(axis=1).tolist() == [0, 2]
    np.testing.assert_allclose(np.linalg.norm([*texts, *images], axis=1), 1, atol=1e-6)
    assert encoder.encode_texts([]).shape == encoder.encode_images([]).shape == (0, 3)


def test_pixels_prepared_apart_give_the_same_vectors(server: Server) -> None:
    encoder = get_encoder(server.reference)
    images = [Image.new("RGB", size, "orange") for size in ((5, 900), (300, 200), (1, 1))]

    pixels = np.stack([encoder.preprocess(image) for image in images])

    np.testing.assert_array_equal(encoder.encode_pixels(pixels), encoder.encode_images(images))


def test_large_requests_go_in_batches(server: Server) -> None:
    encoder = get_encoder(server.reference)

    encoder.encode_texts(["r"] * 600)

    assert [len(request["inputs"][0]["data"]) for request in server.asked] == [256, 256, 88]


def test_a_dimension_that_is_not_told_is_asked(server: Server) -> None:
    server.metadata = {"name": "shoes", "outputs": [{"name": "embedding", "shape": [-1, -1]}]}

    assert get_encoder(server.reference).dimension == 3


def test_another_version_is_another_model(server: Server) -> None:
    first = remote.RemoteEncoder(server.reference)
    server.metadata["versions"] = ["2"]

    assert remote.RemoteEncoder(server.reference).checksum != first.checksum


def output(**changes: Any) -> bytes:
    embedding = {"name": "embedding", "datatype": "FP32", "shape": [1, 3], "data": [1, 2, 3]}
    return json.dumps({"outputs": [embedding | changes]}).encode()


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (500, b'{"error": "out of memory"}', "answered 500.*out of memory"),
        (503, b"<html>", "answered 503.*<html>"),
        (200, b"<html>", "does not answer in JSON"),
        (200, b"[]", "does not speak the protocol"),
        (200, b'{"outputs": []}', "did not give an FP32 output `embedding`"),
        (200, b'{"outputs": 3}', "did not give an FP32 output `embedding`"),
        (200, output(shape=[1, 4], data=[1, 2, 3, 4]), "did not give"),
        (200, output(shape=[1, 2]), "did not give"),
        (200, output(shape=[3]), "did not give"),
        (200, output(data=["a", "b", "c"]), "did not give"),
        (200, output(data=[0, 0, 0]), "zero or not a number"),
        (200, b'{"outputs": [{"name": "embedding", "shape": [1, 3], "data": [NaN, 1, 1]}]}', "zer"),
    ],
)
def test_a_bad_answer_is_never_a_vector(
    server: Server, status: int, body: bytes, message: str
) -> None:
    encoder = get_encoder(server.reference)
    server.instead = status, body

    with pytest.raises(EncoderUnavailable, match=message):
        encoder.encode_texts(["red"])


def test_a_slow_server_is_given_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = get_encoder(server.reference)
    monkeypatch.setattr(remote, "TIMEOUT_SECONDS", 0.2)
    server.delay = 1

    with pytest.raises(EncoderUnavailable, match="cannot be reached"):
        encoder.encode_texts(["red"])


def test_a_server_that_is_not_there_or_lacks_the_model(server: Server) -> None:
    with pytest.raises(EncoderUnavailable, match="Check that it runs"):
        get_encoder("oip:http://127.0.0.1:9/shoes")
    with pytest.raises(EncoderUnavailable, match=r"unknown model.*hats is loaded"):
        get_encoder(server.reference.replace("shoes", "hats"))


def test_there_is_nothing_to_export(server: Server) -> None:
    with pytest.raises(EncoderUnavailable, match="nothing to export"):
        prepare(server.reference)


def test_how_many_tokens_a_text_is_the_server_does_not_say(server: Server) -> None:
    assert token_counter(get_encoder(server.reference)) is None
