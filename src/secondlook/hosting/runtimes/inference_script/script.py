"""A model with its own code, served as SageMaker's inference toolkit serves it (`transformer.py`): load once, then transform.

`model_fn(model_dir)`, then for each request `input_fn(input_data, content_type)`, `predict_fn(data, model)` and
`output_fn(prediction, accept)`, or one `transform_fn(model, input_data, content_type, accept)` in place of these three; each may
ask for a `context` besides. What a script does not have, `defaults` does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from secondlook.hosting.contract import to_caller
from secondlook.hosting.runtimes.call import Predict, Reply, Request, RequestError, charset, header_value
from secondlook.hosting.runtimes.inference_script import json_text, program
from secondlook.hosting.runtimes.inference_script.accept import named, takes_anything
from secondlook.hosting.runtimes.inference_script.context import Context
from secondlook.hosting.runtimes.inference_script.handlers import Handler, handlers
from secondlook.hosting.runtimes.inference_script.media import JSON, TEXTS
from secondlook.hosting.runtimes.inference_script.pieces import in_pieces

DEFAULT_ACCEPT = "SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT"
"""Environment variable: what a caller gets that takes anything."""

BYTE_ORDER_MARK = "\ufeff"


def load(model_dir: Path) -> Predict:
    """The predict function that the model's script describes. Raises SystemExit where there is none to be had."""
    script = program.imported_from(program.path(model_dir, os.environ), model_dir)
    functions = handlers(script)
    model = _model(functions, model_dir)
    transform = functions.get("transform_fn") or _steps(functions, model)
    default_accept = os.environ.get(DEFAULT_ACCEPT) or JSON

    def predict(request: Request) -> Reply:
        context = Context(model_dir, request)
        accept = default_accept if takes_anything(request.accept) else request.accept
        written = transform(context, model, _body(request), request.content_type, accept)
        return _reply(written, context, accept)

    return predict


def _model(functions: dict[str, Handler], model_dir: Path) -> Any:
    """What `model_fn` answers; None for a script that needs no model."""
    context = Context(model_dir)
    if "pre_model_fn" in functions:
        functions["pre_model_fn"](context, str(model_dir))
    model = functions["model_fn"](context, str(model_dir)) if "model_fn" in functions else None
    if "model_warmup_fn" in functions:
        functions["model_warmup_fn"](context, str(model_dir), model)
    return model


def _steps(functions: dict[str, Handler], model: Any) -> Handler:
    """`transform_fn` made of the three functions."""
    if not {"input_fn", "output_fn"} <= functions.keys():
        functions = {**_defaults(), **functions}
    read, write = functions["input_fn"], functions["output_fn"]
    predict = functions.get("predict_fn") or _prediction_of(model)

    def transform(context: Context, model: Any, body: bytes | str, content_type: str, accept: str) -> Any:
        data = read(context, body, content_type)
        return write(context, predict(context, data, model), accept)

    return transform


def _defaults() -> dict[str, Handler]:
    """Imported here and only when needed, because it brings numpy: time and memory, and an extra of this package."""
    try:
        defaults = import_module("secondlook.hosting.runtimes.inference_script.defaults")
    except ModuleNotFoundError as missing:
        raise SystemExit(
            f"a script without input_fn or output_fn needs {missing.name}, not installed here: "
            "install the model libraries with `pip install 'secondlook[models]'`"
        ) from missing
    return {"input_fn": defaults.input_fn, "output_fn": defaults.output_fn}


def _prediction_of(model: Any) -> Handler:
    """A script without predict_fn: its model is called, as PyTorch's container does, or its `predict`, as scikit-learn's does."""
    function = model if callable(model) else getattr(model, "predict", None)
    if function is None:
        raise SystemExit(
            "the script has neither predict_fn nor transform_fn, and its model_fn gives nothing that can be called or has predict()"
        )
    return lambda _, data, __: function(data)


def _body(request: Request) -> bytes | str:
    """JSON and CSV arrive as text, all else as bytes, as the toolkit hands them over."""
    if request.media_type not in TEXTS:
        return request.body
    try:
        codec = charset(request.content_type)
        return request.body.decode(codec).removeprefix(BYTE_ORDER_MARK)
    except LookupError as error:
        raise RequestError(
            415, f"Content type {request.content_type!r} is not supported: {error}; send UTF-8"
        ) from error
    except UnicodeError as error:
        raise RequestError(
            400, f"The body ({request.content_type}) is not text in {codec.upper()}: {error}"
        ) from error


def _reply(written: Any, context: Context, accept: str) -> Reply:
    """Scripts answer a body, or a body and its content type; a body that is neither text nor bytes is written as JSON.

    What gives the body piece by piece is asked for the first at once: so errors until then are told as any other, and what it says
    of the answer in `context` counts.
    """
    body, content_type = _parts(written, accept)
    first = tuple(islice(body, 1)) if isinstance(body, Iterator) else ()
    if content_type == accept:
        content_type = context.get_response_content_type(0) or _preferred(accept)
    if not isinstance(body, str | bytes | bytearray | memoryview | Iterator):
        body, content_type = json_text.write(body), JSON
    status, _ = context.get_response_status()
    headers = to_caller(context.get_response_headers(0))
    headers.pop("content-type", None)
    if isinstance(body, Iterator):
        pieces = in_pieces(first, body, partial(_bytes, content_type=content_type))
        return Reply(b"", header_value(content_type), status, headers, pieces)
    return Reply(_bytes(body, content_type), header_value(content_type), status, headers)


def _bytes(body: Any, content_type: str) -> bytes:
    return _encoded(body, content_type) if isinstance(body, str) else bytes(body)


def _encoded(text: str, content_type: str) -> bytes:
    """In the charset of its type; as the toolkit does, in UTF-8 where nobody knows that."""
    try:
        return text.encode(charset(content_type))
    except LookupError:
        return text.encode()


def _parts(written: Any, accept: str) -> tuple[Any, str]:
    """The body and its content type. Raises TypeError for a tuple of others; what stands behind them is passed over."""
    if not isinstance(written, tuple):
        return written, accept
    body, content_type, *_ = (*written, None, None)
    if not written or not isinstance(content_type, str | None):
        raise TypeError(
            f"a tuple is answered as (body, content type); this one of {len(written)} has {content_type!r} as its second"
        )
    return body, content_type or accept


def _preferred(accept: str) -> str:
    """The content type that a caller would like best: `json`, `*/*` or a list of types is none."""
    return next(iter(named(accept)), JSON)
