"""Predictions to bodies, by what the caller accepts: the toolkit's `encoder.py`, for all of what an Accept header can say."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import time, timedelta
from numbers import Number
from typing import Any

import numpy as np
import numpy.typing as npt

from secondlook.hosting.runtimes.call import RequestError
from secondlook.hosting.runtimes.inference_script import json_text
from secondlook.hosting.runtimes.inference_script.accept import acceptable
from secondlook.hosting.runtimes.inference_script.media import CSV, JSON, NPY
from secondlook.hosting.runtimes.inference_script.words import TIMES, word

_CELLS = (str, Number, np.generic, time, timedelta, type(None))


def encode(prediction: Any, accept: str) -> tuple[bytes | str, str]:
    """The prediction, and its content type: the first that the caller accepts and that can hold it. Refuses others (406)."""
    types = acceptable(accept, ENCODERS)
    if not types:
        raise RequestError(
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
    raise RequestError(406, f"{why}; accept {JSON}")


def _csv(prediction: Any) -> str:
    """A line for each row, or for each item where there is one dimension; a scalar is one line."""
    rows = _rows(np.atleast_1d(_array(prediction)))
    are_words = rows.dtype.kind in "biufcU" and not isinstance(rows, np.ma.MaskedArray)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows if are_words else (map(_cell, row) for row in rows))
    return text.getvalue()


def _cell(value: Any) -> Any:
    """Empty for what is masked, as for None. Raises TypeError for what is no number, text or time."""
    if value is np.ma.masked:
        return None
    cell = word(value)
    if not isinstance(cell, _CELLS):
        raise TypeError(
            f"only rows of numbers and texts can be written, and this has a {type(cell).__name__}"
        )
    return cell


def _array(prediction: Any) -> npt.NDArray[Any]:
    """Masked where a part of it is: `asarray` would bring to light what lies under a mask."""
    are_many = isinstance(prediction, list | tuple)
    parts = [_known(part) for part in (prediction if are_many else [prediction])]
    whole = parts if are_many else parts[0]
    masked = any(isinstance(part, np.ma.MaskedArray) for part in parts)
    return np.ma.asanyarray(whole) if masked else np.asarray(whole)


def _known(part: Any) -> Any:
    """As numpy knows it: some libraries' tensors have `tolist` and nothing else."""
    return part.tolist() if hasattr(part, "tolist") and not hasattr(part, "__array__") else part


def _rows(table: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The table with two dimensions, or of records. Raises TypeError for what has no rows."""
    if table.ndim not in {1, 2}:
        raise TypeError(
            f"only rows of numbers and texts can be written, and this has {table.ndim} dimensions"
        )
    return table if table.ndim > 1 or table.dtype.names else table[:, np.newaxis]


def _npy(prediction: Any) -> bytes:
    """With numpy's own types, those of bytes and times too."""
    file = io.BytesIO()
    np.save(file, _filled(_array(prediction)), allow_pickle=False)
    return file.getvalue()


def _filled(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The file has no mask: it gets nan, or not-a-time, for what is masked. Raises TypeError where there is no such value."""
    if not isinstance(array, np.ma.MaskedArray):
        return array
    columns = [array[name] for name in array.dtype.names or ()] or [array]
    if not any(map(np.ma.is_masked, columns)):
        return array.data
    if array.dtype.kind not in "biufcmM":
        raise TypeError(f"masked items of type {array.dtype} have no value that says so")
    nothing = np.array("NaT", array.dtype) if array.dtype.kind in TIMES else np.nan
    return np.where(array.mask, nothing, array.data)


ENCODERS: Mapping[str, Callable[[Any], bytes | str]] = {JSON: json_text.write, CSV: _csv, NPY: _npy}
"""In the order in which a caller is served who takes anything."""
