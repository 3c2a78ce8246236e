"""An ONNX model that takes one picture: its session, and what its input is like."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import onnxruntime

from secondlook.hosting.runtimes.onnx_detection.decoders import Input, Outputs
from secondlook.hosting.runtimes.pictures import Pixels

DEFAULT = 320
"""Pixels across and down on which a network that takes any size is tried first."""

COLOURS = 3


class Network:
    """Loads the one `.onnx` file of a directory. Raises SystemExit for none, several, or one that takes no picture."""

    def __init__(self, directory: Path) -> None:
        self._session = _session(_only_model(directory))
        taken = self._session.get_inputs()[0]
        self._name: str = taken.name
        self._outputs: list[str] = [output.name for output in self._session.get_outputs()]
        self._dtype = np.uint8 if taken.type == "tensor(uint8)" else np.float32
        shape = list(taken.shape)
        if len(shape) != 4 or COLOURS not in {shape[1], shape[3]}:  # noqa: PLR2004  (pictures, colours, rows, columns)
            raise SystemExit(
                f"the model takes {taken.name} of {shape}, which is no picture of {COLOURS} colours"
            )
        self._has_planes = shape[1] == COLOURS
        rows, columns = shape[2:] if self._has_planes else shape[1:3]
        self._size = Input(columns, rows) if isinstance(rows, int) and isinstance(columns, int) else None

    def size_for(self, picture: Pixels) -> Input:
        """What the network takes, else, where it takes any size, that of the picture."""
        height, width = picture.shape[:2]
        return self._size or Input(width, height)

    def run(self, picture: np.ndarray) -> Outputs:
        """All outputs, by name."""
        return dict(zip(self._outputs, self._session.run(None, {self._name: picture}), strict=True))

    def tried(self) -> tuple[Outputs, Input]:
        """What it answers to an empty picture, which warms it too, and the size of that."""
        size = self._size or Input(DEFAULT, DEFAULT)
        plane = (size.rows, size.columns)
        shape = (1, COLOURS, *plane) if self._has_planes else (1, *plane, COLOURS)
        return self.run(np.zeros(shape, self._dtype)), size


def _only_model(directory: Path) -> Path:
    models = sorted(directory.glob("*.onnx"))
    if len(models) != 1:
        raise SystemExit(f"{directory} must hold exactly one .onnx file, and holds {len(models)}")
    return models[0]


def _session(model: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", "1"))
    options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises classes of its own, and RuntimeError
        raise SystemExit(f"{model.name} is no ONNX model that can be run: {error}") from error
