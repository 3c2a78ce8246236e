"""Serve one ONNX object detector.

Environment: `SM_MODEL_DIR` (holds exactly one `.onnx` file), `LABELS` (class names in the model's order, separated by
commas), `DECODER` (the kind of detector, a row of `decoders`; by what the model answers unless given), `SCORE_FLOOR`
(default 0.25), `NMS_IOU` (default 0.45), `MAX_PIXELS`, `OMP_NUM_THREADS`.
"""

from __future__ import annotations

import os
from pathlib import Path

from secondlook.hosting.contract import MODEL_DIRECTORY
from secondlook.hosting.runtimes.boxes import answer
from secondlook.hosting.runtimes.call import Predict, Reply, Request, json_reply
from secondlook.hosting.runtimes.onnx_detection.decoders import chosen
from secondlook.hosting.runtimes.onnx_detection.finds import boxes
from secondlook.hosting.runtimes.onnx_detection.network import Network
from secondlook.hosting.runtimes.pictures import pixels
from secondlook.hosting.runtimes.serving import serve


def load() -> Predict:
    """The detector, warm: its first answer is as quick as its second. Raises SystemExit for a model that no decoder reads."""
    network = Network(Path(os.environ[MODEL_DIRECTORY]))
    labels = [label.strip() for label in os.environ["LABELS"].split(",")]
    floor = float(os.environ.get("SCORE_FLOOR", "0.25"))
    overlap = float(os.environ.get("NMS_IOU", "0.45"))
    outputs, tried = network.tried()
    try:
        decoder = chosen(os.environ.get("DECODER"), outputs, tried, len(labels))
        decoder.finds(outputs, tried, len(labels))
    except ValueError as error:
        raise SystemExit(f"the model cannot be read: {error}") from error

    def predict(request: Request) -> Reply:
        picture = pixels(request)
        height, width = picture.shape[:2]
        size = network.size_for(picture)
        prepared, view = decoder.prepare(picture, size)
        found = decoder.finds(network.run(prepared), size, len(labels))
        return json_reply(answer(boxes(found, view, labels, floor=floor, overlap=overlap), width, height))

    return predict


if __name__ == "__main__":
    serve(load)
