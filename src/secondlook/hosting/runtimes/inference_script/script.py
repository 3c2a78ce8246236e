"""The convention of SageMaker's inference toolkits: four functions in `inference.py`, all but one optional.

`model_fn(model_dir)`, `input_fn(body, content_type)`, `predict_fn(data, model)`, `output_fn(prediction, accept)`; or one
`transform_fn(model, body, content_type, accept)` in place of the last three.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from secondlook.hosting.runtimes.call import Predict, Refusal, Reply, Request

JSON = "application/json"


def load(model_dir: Path) -> Predict:
    """The predict function that the script in `model_dir` (or its folder `code`) describes."""
    script = _imported(_found(model_dir))
    model = script.model_fn(str(model_dir)) if hasattr(script, "model_fn") else None
    if hasattr(script, "transform_fn"):
        return lambda request: _reply(
            script.transform_fn(model, _body(request), request.content_type, request.accept), request.accept
        )
    read = getattr(script, "input_fn", _read_json)
    decide = getattr(script, "predict_fn", _call)
    write = getattr(script, "output_fn", _write_json)
    return lambda request: _reply(
        write(decide(read(_body(request), request.content_type), model), request.accept), request.accept
    )


def _found(model_dir: Path) -> Path:
    for script in (model_dir / "code" / "inference.py", model_dir / "inference.py"):
        if script.is_file():
            return script
    raise SystemExit(f"{model_dir} holds neither code/inference.py nor inference.py")


def _imported(script: Path) -> ModuleType:
    sys.path.insert(0, str(script.parent))  # the script may come with modules of its own
    spec = importlib.util.spec_from_file_location("inference", script)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{script} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules["inference"] = module
    spec.loader.exec_module(module)
    return module


def _body(request: Request) -> bytes | str:
    """Text types arrive as text, as the toolkits hand them over."""
    is_text = request.media_type.startswith("text/") or request.media_type == JSON
    return request.body.decode() if is_text else request.body


def _read_json(body: bytes | str, content_type: str) -> Any:
    if content_type.partition(";")[0].strip() != JSON:
        raise Refusal(
            415,
            f"Content type {content_type!r} is not supported: inference.py has no input_fn, so send {JSON}",
        )
    try:
        return json.loads(body)
    except ValueError as error:
        raise Refusal(400, f"The body is not JSON: {error}") from error


def _call(data: Any, model: Any) -> Any:
    return model(data)


def _write_json(prediction: Any, _accept: str) -> tuple[str, str]:
    return json.dumps(prediction.tolist() if hasattr(prediction, "tolist") else prediction), JSON


def _reply(written: Any, accept: str) -> Reply:
    """Scripts answer a body, or a body and its content type."""
    body, content_type = written if isinstance(written, tuple) else (written, accept)
    if "/" not in content_type or "*" in content_type:
        content_type = JSON
    return Reply(body.encode() if isinstance(body, str) else bytes(body), content_type)
