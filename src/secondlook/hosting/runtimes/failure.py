"""What a caller is told when a model's code raises: the error, and the line of the model's own code that it came through."""

from __future__ import annotations

import contextlib
import traceback
from http import HTTPStatus
from pathlib import Path

HTTP_ERRORS = range(400, 600)


def answer(error: BaseException, model_dir: Path) -> tuple[int, str]:
    """The HTTP status and the sentence of the answer.

    The status is the error's own where it has one, as those of `sagemaker_inference.errors` and of web frameworks do.
    """
    status = None
    with contextlib.suppress(Exception):  # it may be a property, which is code of the model's again
        status = getattr(error, "status_code", None)
    if not isinstance(status, int) or status not in HTTP_ERRORS:
        status = HTTPStatus.INTERNAL_SERVER_ERROR
    return int(status), _described(error, model_dir)


def _described(error: BaseException, model_dir: Path) -> str:
    text = _text(error)
    sentence = f"{type(error).__name__}: {text}" if text else type(error).__name__
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(model_dir):
            return f"{sentence} ({file.relative_to(model_dir)}, line {frame.lineno}, in {frame.name})"
    return sentence


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as failure:  # noqa: BLE001  (`__str__` is the model's code, too)
        return f"its text could not be made: {type(failure).__name__}"
