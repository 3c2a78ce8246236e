"""Predictions to bodies, by what the caller accepts: the toolkit's `encoder.py`, for all of what an Accept header can say."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from secondlook.hosting.runtimes.call import Refusal
from secondlook.hosting.runtimes.inference_script import json_text
from secondlook.hosting.runtimes.inference_script.accept import acceptable
from secondlook.hosting.runtimes.inference_script.media import CSV, JSON, NPY


def encode(prediction: Any, accept: str) -> tuple[bytes | str, str]:
    """The prediction, and its content type: the first that the caller accepts and that can hold it. Refuses others (406)."""
    types = acceptable(accept, ENCODERS)
    if not types:
        raise Refusal(
            406,
            f"Accept {accept!r} is not supported: inference.py has no output_fn, so accept {', '.join(ENCODERS)}",
        )
    reasons = []
    for content_type in types:
        try:
            return ENCODERS[content_type](prediction), content_type
        except (ValueError, TypeError) as error:
            reasons.append(f"{content_type}: {error}")
    why = f"The prediction, a {type(prediction).__name__}, cannot be written ({'; '.join(reasons)})"
    if JSON in types:
        raise TypeError(why)  # nothing else that a caller could ask for would do
    raise Refusal(406, f"{why}; accept {JSON}")


def _csv(prediction: Any) -> str:
    """A line for each row, or for each item where there is one dimension; a scalar is one line."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(_rows(np.atleast_1d(np.asarray(prediction))))
    return text.getvalue()


def _rows(table: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The table with two dimensions, or of records. Raises TypeError for what has no rows."""
    nested = table.dtype.kind == "O" and any(isinstance(cell, dict | list) for cell in table.flat)
    if nested or table.ndim not in {1, 2}:
        raise TypeError("only rows of numbers and texts can be written")
    return table if table.ndim > 1 or table.dtype.names else table[:, np.newaxis]


def _npy(prediction: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, np.asarray(prediction), allow_pickle=False)
    return file.getvalue()


ENCODERS: Mapping[str, Callable[[Any], bytes | str]] = {JSON: json_text.write, CSV: _csv, NPY: _npy}
"""In the order in which a caller is served who takes anything."""
