"""A model on a server that speaks the Open Inference Protocol, version 2 (Triton, KServe,
MLServer): https://github.com/kserve/open-inference-protocol

The reference is `oip:http://HOST:PORT/MODEL`. A request is `POST /v2/models/MODEL/infer` with one
input, in JSON:

    texts:    name "text",  datatype "BYTES", shape [n], data: n strings
    pictures: name "image", datatype "BYTES", shape [n], data: n JPEG files in base64

and the answer has an output "embedding", datatype "FP32", shape [n, d], data flat or in rows.
Tokenising, resizing and normalising pixels are the server's; the rows are scaled to length one
here. `GET /v2/models/MODEL` is asked once for the dimension and the versions.
"""

import base64
import hashlib
import io
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image

from search.encoders.base import (
    IMAGE_BATCH,
    TEXT_BATCH,
    EncoderUnavailable,
    Vectors,
    checked_texts,
    encode_image_batches,
    in_batches,
    unit_rows,
)

TIMEOUT_SECONDS = 20
# The side of the square that a picture is sent in: more than any common model looks at.
SIDE = 512
JPEG_QUALITY = 92


class RemoteEncoder:
    """An encoder on a model server.

    `checksum` is of what the server says the model is (its metadata), as its weights are out of
    sight: a server that swaps weights under one version cannot be noticed. Every failure of the
    server is an `EncoderUnavailable`.
    """

    causal_text = False

    def __init__(self, reference: str) -> None:
        self.reference = reference
        server, _, self._model = reference.removeprefix("oip:").rpartition("/")
        self._url = f"{server}/v2/models/{self._model}"
        metadata = self._ask(self._url, None)
        self.checksum = hashlib.sha256(
            json.dumps([reference, metadata], sort_keys=True).encode()
        ).hexdigest()
        self.dimension = _dimension(metadata) or self._infer("text", ["a"]).shape[1]

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """As `Encoder.encode_texts`."""
        whole = [text.encode(errors="replace").decode() for text in checked_texts(texts)]
        return in_batches(
            [
                self._infer("text", whole[at : at + TEXT_BATCH])
                for at in range(0, len(whole), TEXT_BATCH)
            ],
            self.dimension,
        )

    def encode_images(self, images: Sequence[Image.Image]) -> Vectors:
        """As `Encoder.encode_images`."""
        return encode_image_batches(self, images, IMAGE_BATCH)

    def preprocess(self, image: Image.Image) -> Vectors:
        """(3, SIDE, SIDE) float32 from 0 to 1: the whole picture, centred on white.

        Square, so that pictures of any shape stack into a batch, and nothing is cut off before
        the server's own resizing.
        """
        scale = SIDE / max(image.size)
        width, height = (max(1, round(side * scale)) for side in image.size)
        fitted = image.convert("RGB").resize((width, height), Image.Resampling.BICUBIC)
        square = Image.new("RGB", (SIDE, SIDE), "white")
        square.paste(fitted, ((SIDE - width) // 2, (SIDE - height) // 2))
        return np.asarray(square, dtype=np.float32).transpose(2, 0, 1) / np.float32(255)

    def encode_pixels(self, batch: Vectors) -> Vectors:
        """As `Encoder.encode_pixels`."""
        return in_batches(
            [
                self._infer("image", [_jpeg(pixels) for pixels in batch[at : at + IMAGE_BATCH]])
                for at in range(0, len(batch), IMAGE_BATCH)
            ],
            self.dimension,
        )

    def _infer(self, name: str, data: list[str]) -> Vectors:
        tensor = {"name": name, "datatype": "BYTES", "shape": [len(data)], "data": data}
        request = {"inputs": [tensor], "outputs": [{"name": "embedding"}]}
        answer = self._ask(f"{self._url}/infer", request)
        try:
            (output,) = [o for o in answer["outputs"] if o["name"] == "embedding"]
            rows = np.array(output["data"], dtype=np.float32).reshape(output["shape"])
            expected = getattr(self, "dimension", rows.shape[-1])
            if rows.shape != (len(data), expected):
                raise ValueError(f"shape {rows.shape} instead of {(len(data), expected)}")
        except (KeyError, ValueError, TypeError, IndexError) as error:
            raise EncoderUnavailable(
                f"The model server at {self._url} did not give an FP32 output `embedding` of "
                f"shape [n, d] ({error}). Serve a model with the tensors that "
                "search/encoders/remote.py documents."
            ) from error
        return unit_rows(rows)

    def _ask(self, url: str, body: dict[str, Any] | None) -> dict[str, Any]:
        request = urllib.request.Request(  # noqa: S310 (the reference's form allows only http)
            url,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
                content = json.load(answer)
        except urllib.error.HTTPError as error:
            raise EncoderUnavailable(
                f"The model server answered {error.code} at {url}: {_reason(error)}. Check that "
                f"the model {self._model} is loaded there and takes the tensors that "
                "search/encoders/remote.py documents."
            ) from error
        except (OSError, ValueError) as error:
            raise EncoderUnavailable(
                f"The model server at {url} cannot be reached or does not answer in JSON "
                f"({error}). Check that it runs and that this machine may reach it."
            ) from error
        if not isinstance(content, dict):
            raise EncoderUnavailable(f"The model server at {url} does not speak the protocol v2.")
        return content


def _dimension(metadata: dict[str, Any]) -> int | None:
    for output in metadata.get("outputs") or []:
        shape = output.get("shape") or [-1]
        if output.get("name") == "embedding" and int(shape[-1]) > 0:
            return int(shape[-1])
    return None


def _jpeg(pixels: Vectors) -> str:
    levels = np.clip(np.rint(pixels * 255), 0, 255).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(levels.transpose(1, 2, 0)).save(buffer, "JPEG", quality=JPEG_QUALITY)
    return base64.b64encode(buffer.getvalue()).decode()


def _reason(error: urllib.error.HTTPError) -> str:
    text = error.read(2_000).decode(errors="replace")
    try:
        return str(json.loads(text)["error"])
    except (ValueError, KeyError, TypeError):
        return text[:200] or str(error.reason)
