"""Serve RapidOCR: where text stands in a picture, or on the page of a PDF, and what it says.

The weights (PP-OCR) come inside the package `rapidocr`, so nothing is fetched. Environment: `SCORE_FLOOR` (default
0.5), `MAX_PIXELS`, `OMP_NUM_THREADS`.
"""

from __future__ import annotations

import json
import os
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rapidocr import RapidOCR

from secondlook.hosting.contract import PAGE
from secondlook.hosting.runtimes.boxes import Box, answer
from secondlook.hosting.runtimes.call import Predict, Reply, Request, json_reply
from secondlook.hosting.runtimes.pdf import is_pdf, page_pixels
from secondlook.hosting.runtimes.pictures import Pixels, pixels, require_one_page
from secondlook.hosting.runtimes.serving import serve
from secondlook.hosting.runtimes.text_reading.page import page


def load() -> Predict:
    """The reader, warm: its three networks are loaded by reading a word of our own."""
    threads = int(os.environ.get("OMP_NUM_THREADS", "1"))
    reader = RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.text_score": float(os.environ.get("SCORE_FLOOR", "0.5")),
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    _read(reader, _sample())

    def predict(request: Request) -> Reply:
        picture = page_pixels(request) if is_pdf(request) else pixels(request)
        height, width = picture.shape[:2]
        if PAGE not in request.accept:
            return json_reply(answer(_boxes(_read(reader, picture)), width, height))
        require_one_page(request.body)
        found = page(_read(reader, picture, with_words=True), width, height)
        return Reply(json.dumps(found, ensure_ascii=False).encode(), PAGE)

    return predict


def _read(reader: Any, picture: Pixels, *, with_words: bool = False) -> Any:
    return reader(np.ascontiguousarray(picture[:, :, ::-1]), return_word_box=with_words)


def _boxes(lines: Any) -> list[Box]:
    """One box per line of text; a slanted line gets the upright box around it."""
    if lines.boxes is None:
        return []
    return [
        Box(text, float(score), *corners.min(axis=0).tolist(), *corners.max(axis=0).tolist())
        for corners, text, score in zip(lines.boxes, lines.txts, lines.scores, strict=True)
    ]


def _sample() -> Pixels:
    page = Image.new("RGB", (320, 96), "white")
    ImageDraw.Draw(page).text((24, 24), "second look", font=ImageFont.load_default(40), fill="black")
    return np.asarray(page)


if __name__ == "__main__":
    serve(load)
