"""Requests and answers of the Open Inference Protocol, version 2, in JSON. Pure.

Source: the protocol's specification, "Inference Request JSON Object" and "Inference Response JSON Object".
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from secondlook.hosting.runtimes.call import Request, RequestError
from secondlook.hosting.runtimes.inference_script.decoders import DECODERS, decode

Message = Mapping[str, Any]

TYPES: Mapping[str, type[np.generic]] = {
    "BOOL": np.bool_,
    "UINT8": np.uint8,
    "UINT16": np.uint16,
    "UINT32": np.uint32,
    "UINT64": np.uint64,
    "INT8": np.int8,
    "INT16": np.int16,
    "INT32": np.int32,
    "INT64": np.int64,
    "FP16": np.float16,
    "FP32": np.float32,
    "FP64": np.float64,
}
"""Name in the protocol → of numpy; BYTES are texts."""

BYTES = "BYTES"


def is_message(request: Request) -> bool:
    """Whether the body is a request of the protocol already."""
    return _message(request) is not None


def asked(request: Request, inputs: Sequence[Message]) -> Message:
    """What to send for a request: a message as it is; an array (JSON, CSV, NPY), a text, or any other bytes as the first input.

    `inputs` are those of the model's metadata, where the server tells any. Refuses an array that does not become its type (400).
    """
    if (message := _message(request)) is not None:
        return message
    first = inputs[0] if inputs and isinstance(inputs[0], dict) else {}
    tensor = {"name": first.get("name", "input"), **_tensor(request, first.get("datatype"))}
    inference_id = request.headers.get("x-amzn-sagemaker-inference-id")
    return {**({"id": inference_id} if inference_id else {}), "inputs": [tensor]}


def read(answer: Message) -> Any:
    """The outputs: the only one as nested lists, several as an object of them by name. Refuses an answer that is none (502)."""
    try:
        outputs = {output["name"]: _nested(output) for output in answer["outputs"]}
    except (KeyError, TypeError, ValueError) as error:
        raise RequestError(502, f"the answer is none of the inference protocol: {error!r}") from error
    return next(iter(outputs.values())) if len(outputs) == 1 else outputs


def _message(request: Request) -> Message | None:
    if request.media_type != "application/json":
        return None
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return None  # the decoder says what is wrong
    return sent if isinstance(sent, dict) and isinstance(sent.get("inputs"), list) else None


def _tensor(request: Request, declared: str | None) -> Message:
    if request.media_type in DECODERS:
        return _numbers(decode(request.body, request.content_type), declared)
    if request.media_type.startswith("text/"):
        text = request.body.decode(errors="replace")
        return {"shape": [1], "datatype": BYTES, "data": [text], "parameters": {"content_type": "str"}}
    text = base64.b64encode(request.body).decode()
    return {"shape": [1], "datatype": BYTES, "data": [text], "parameters": {"content_type": "base64"}}


def _numbers(data: Any, declared: str | None) -> Message:
    if isinstance(data, dict):
        raise RequestError(400, 'An object must be a request of the inference protocol: {"inputs": […]}')
    array: npt.NDArray[Any] = np.atleast_1d(data)
    if array.dtype.kind in "USO":
        return {"shape": list(array.shape), "datatype": BYTES, "data": [str(item) for item in array.flat]}
    if declared is not None and declared in TYPES:
        array = _cast(array, declared)
    named = {np.dtype(kind): name for name, kind in TYPES.items()}
    return {"shape": list(array.shape), "datatype": named[array.dtype], "data": array.ravel().tolist()}


def _cast(array: npt.NDArray[Any], declared: str) -> npt.NDArray[Any]:
    """As the model takes it. Refuses numbers that whole numbers of that size cannot hold (400)."""
    try:
        with np.errstate(invalid="ignore"):
            cast = array.astype(TYPES[declared])
    except (TypeError, ValueError, OverflowError) as error:
        raise RequestError(
            400, f"The body does not become {declared}, which the model takes: {error}"
        ) from error
    if cast.dtype.kind in "iub" and not np.array_equal(cast, array):
        raise RequestError(400, f"The body does not become {declared}, which the model takes, without a loss")
    return cast


def _nested(output: Message) -> Any:
    """The data in their shape. Data that are nested already, as the protocol allows, are put into it too."""
    shape = [int(length) for length in output["shape"]]
    is_text = output["datatype"] == BYTES
    array = np.array(output["data"], dtype=object if is_text else TYPES[output["datatype"]])
    return array.reshape(shape).tolist()
