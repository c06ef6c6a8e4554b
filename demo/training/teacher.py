"""A pretrained picture encoder to learn from: MobileNet as a TFLite file, run by `ai-edge-litert`.

Only what it says of pictures is used, in training; none of it becomes part of the model.
"""

import importlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE = 224


class Teacher:
    """Features (1024,) uint8 of one RGB picture at a time; quantised, zero means absent."""

    def __init__(self, file: Path) -> None:
        try:
            library: Any = importlib.import_module("ai_edge_litert.interpreter")
        except ImportError as error:
            raise RuntimeError(
                "Learning from a teacher needs ai-edge-litert: "
                "pip install -r requirements-training.txt"
            ) from error
        try:
            self._model = library.Interpreter(str(file), num_threads=1)
            self._model.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise ValueError(f"{file} is no TFLite model: {error}") from error
        self._input = self._model.get_input_details()[0]["index"]
        self._output = self._model.get_output_details()[0]["index"]

    def features(self, picture: Image.Image) -> NDArray[np.uint8]:
        """What the teacher sees in a picture, which is squashed to its square."""
        fitted = picture.resize((SIDE, SIDE), Image.Resampling.BILINEAR)
        self._model.set_tensor(self._input, np.asarray(fitted)[None])
        self._model.invoke()
        found: NDArray[np.uint8] = self._model.get_tensor(self._output)
        return found.reshape(-1)
