"""Serve one ONNX object detector.

Environment: `SM_MODEL_DIR` (holds exactly one `.onnx` file), `LABELS` (class names in the model's order, separated by
commas), `SCORE_FLOOR` (default 0.25), `NMS_IOU` (default 0.45), `MAX_PIXELS`, `OMP_NUM_THREADS`.
"""

from __future__ import annotations

import os
from pathlib import Path

import onnxruntime

from secondlook.hosting.contract import MODEL_DIRECTORY
from secondlook.hosting.runtimes.boxes import answer
from secondlook.hosting.runtimes.call import Predict, Reply, Request, json_reply
from secondlook.hosting.runtimes.onnx_detection import fastestdet
from secondlook.hosting.runtimes.pictures import pixels
from secondlook.hosting.runtimes.serving import serve


def load() -> Predict:
    """The detector, warm: its first answer is as quick as its second."""
    session = _session(_only_model(Path(os.environ[MODEL_DIRECTORY])))
    labels = [label.strip() for label in os.environ["LABELS"].split(",")]
    floor = float(os.environ.get("SCORE_FLOOR", "0.25"))
    overlap = float(os.environ.get("NMS_IOU", "0.45"))
    taken = session.get_inputs()[0]
    _, _, rows, columns = taken.shape

    def predict(request: Request) -> Reply:
        picture = pixels(request)
        height, width = picture.shape[:2]
        output = session.run(None, {taken.name: fastestdet.prepare(picture, columns, rows)})[0][0]
        boxes = fastestdet.boxes(output, labels, floor=floor, overlap=overlap, width=width, height=height)
        return json_reply(answer(boxes, width, height))

    return predict


def _only_model(directory: Path) -> Path:
    models = sorted(directory.glob("*.onnx"))
    if len(models) != 1:
        raise SystemExit(f"{directory} must hold exactly one .onnx file, and holds {len(models)}")
    return models[0]


def _session(model: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", "1"))
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


if __name__ == "__main__":
    serve(load)
