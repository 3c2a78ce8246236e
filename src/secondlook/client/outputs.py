"""What output.json says [output-data.md]. Pure."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from secondlook.client.formats.answers import is_number
from secondlook.client.formats.items import Answer


def answers(output: Any) -> tuple[Answer, ...]:
    """Those of an output.json, in its order; none where it is no such document, which it may have been replaced by."""
    with suppress(KeyError, TypeError):
        return tuple(
            Answer(
                str(answer["workerId"]),
                answer["answerContent"],
                _text(answer.get("acceptanceTime")),
                _text(answer.get("submissionTime")),
                seconds if is_number(seconds := answer.get("timeSpentInSeconds")) else None,
            )
            for answer in output["humanAnswers"]
        )
    return ()


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
