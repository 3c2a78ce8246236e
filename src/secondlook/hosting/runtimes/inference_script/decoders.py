"""Bodies to arrays, by content type: the toolkit's `decoder.py` without its pickles.

JSON, CSV and NPY become numpy arrays. Where the toolkits differ, a JSON object is what both make of it (`JsonObject`).
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from secondlook.hosting.runtimes.call import RequestError, media_type
from secondlook.hosting.runtimes.inference_script import csv_table, text_size
from secondlook.hosting.runtimes.inference_script.media import CSV, JSON, NPY


class JsonObject(dict[str, Any]):
    """A JSON object. The Hugging Face toolkit hands a dict over, the inference toolkit a zero-dimensional array around one.

    So it is a dict that answers `item()`, `tolist()` and `[()]` as that array does.
    """

    def __missing__(self, key: object) -> dict[str, Any]:
        if key == ():
            return self
        raise KeyError(key)

    def item(self) -> dict[str, Any]:
        return self

    def tolist(self) -> dict[str, Any]:
        return self


def decode(body: bytes | str, content_type: str) -> Any:
    """The body as data. Refuses other content types (415) and bodies that are not what they are said to be (400).

    A body without a content type is JSON, as in the toolkit before this one (sagemaker-containers).
    """
    decoder = DECODERS.get(media_type(content_type) or JSON)
    if decoder is None:
        raise RequestError(
            415,
            f"Content type {content_type!r} is not supported: inference.py has no input_fn, so send {', '.join(DECODERS)}",
        )
    try:
        return decoder(body)
    except RecursionError:
        raise RequestError(400, f"The body ({content_type}) is nested too deeply") from None


def _read_json(body: bytes | str) -> Any:
    try:
        data = json.loads(body)
    except ValueError as error:
        raise RequestError(400, f"The body is not JSON: {error}") from error
    return JsonObject(data) if isinstance(data, dict) else _array(data)


def _array(data: Any) -> Any:
    """The array that numpy makes of JSON. Rows of different lengths are an array of lists, as when the toolkit was written."""
    items = np.array(data, dtype=object)
    longest = max((len(item) for item in items.flat if isinstance(item, str)), default=0)
    text_size.check(items.size, longest)
    try:
        return np.array(data)
    except ValueError:
        return items


def _read_csv(body: bytes | str) -> Any:
    try:
        return csv_table.read(body if isinstance(body, str) else body.decode())
    except ValueError as error:
        raise RequestError(400, f"The body is not CSV: {error}") from error


def _read_npy(body: bytes | str) -> Any:
    """An array of plain values; never one of Python objects, which are pickled: loading those runs code of the caller's."""
    assert isinstance(body, bytes)
    try:
        array = np.lib.format.read_array(io.BytesIO(body), allow_pickle=False)
    except (ValueError, TypeError, OverflowError, MemoryError, EOFError, SyntaxError) as error:
        raise RequestError(400, f"The body is not an array in NPY format: {error}") from error
    claimed = math.prod(filter(None, array.shape))
    if claimed > len(body):  # of items that take no bytes; as lists they would fill the memory
        raise RequestError(
            400, f"The body is an array without items, and its shape is too large: {array.shape}"
        )
    return array


DECODERS: Mapping[str, Callable[[bytes | str], Any]] = {JSON: _read_json, CSV: _read_csv, NPY: _read_npy}
