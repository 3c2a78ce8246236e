"""The answers of an output.json, as an agent sees them. Pure.

An answer may have megabytes, such as a mask; an agent's memory has not. What is too large for it is told member by member.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from secondlook.agents.records import Answer

LARGEST_ANSWERS = 100_000
"""Bytes of JSON that the answers of one review may have together, to be shown whole."""

MOST_SUMMARISED = 100
"""Members of a large answer that are told."""

LONGEST_NAME = 200


def answers_of(output: bytes) -> list[Answer]:
    """In the order in which they were accepted; those that would not fit any more as a summary."""
    left = LARGEST_ANSWERS
    answers = []
    for answer in json.loads(output)["humanAnswers"]:
        size = _size(answer["answerContent"])
        fits = size <= left
        left -= size if fits else 0
        answers.append(_answer(answer, whole=fits))
    return answers


def _answer(answer: Mapping[str, Any], *, whole: bool) -> Answer:
    content = answer["answerContent"]
    return Answer(
        worker=answer["workerId"],
        accepted_at=answer["acceptanceTime"],
        submitted_at=answer["submissionTime"],
        seconds_spent=answer.get("timeSpentInSeconds"),
        content=content if whole else None,
        summary=None if whole else summary(content),
    )


def summary(content: Mapping[str, Any]) -> dict[str, str]:
    """Member → what it holds and how much: `a text of 40,000 bytes`."""
    told = {name[:LONGEST_NAME]: _kind(value) for name, value in list(content.items())[:MOST_SUMMARISED]}
    more = len(content) - MOST_SUMMARISED
    return {**told, "…": f"{more:,} members more"} if more > 0 else told


def _kind(value: Any) -> str:
    match value:
        case str():
            what = "a text"
        case list():
            what = f"a list of {len(value):,}"
        case dict():
            what = f"an object of {len(value):,} members"
        case _:
            return "a number, true, false or null"
    return f"{what}, {_size(value):,} bytes as JSON"


def _size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode())
