"""What a caller is told when a model's code raises: the error, and the line of the model's own code that it came through."""

from __future__ import annotations

import traceback
from http import HTTPStatus
from pathlib import Path

HTTP_ERRORS = range(400, 600)


def answer(error: Exception, model_dir: Path) -> tuple[int, str]:
    """The HTTP status and the sentence of the answer.

    The status is the error's own where it has one, as those of `sagemaker_inference.errors` and of web frameworks do.
    """
    status = getattr(error, "status_code", None)
    if not isinstance(status, int) or status not in HTTP_ERRORS:
        status = HTTPStatus.INTERNAL_SERVER_ERROR
    return int(status), _described(error, model_dir)


def _described(error: Exception, model_dir: Path) -> str:
    sentence = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(model_dir):
            return f"{sentence} ({file.relative_to(model_dir)}, line {frame.lineno}, in {frame.name})"
    return sentence
