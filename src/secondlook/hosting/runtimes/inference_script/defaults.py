"""What the toolkit does for a script that leaves reading or writing to it (`default_inference_handler.py`).

Loaded only for such a script, because it brings numpy: a fifth of a second and memory that others need not pay for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from secondlook.hosting.runtimes.inference_script import decoders, encoders
from secondlook.hosting.runtimes.inference_script.context import Context


def input_fn(_: Context, body: bytes | str, content_type: str) -> Any:
    return decoders.decode(body, content_type)


def output_fn(_: Context, prediction: Any, accept: str) -> tuple[Any, str]:
    """What `predict_fn` yields is the answer's text or bytes already."""
    if isinstance(prediction, Iterator):
        return prediction, accept
    return encoders.encode(prediction, accept)
