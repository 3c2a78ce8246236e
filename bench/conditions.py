"""Activation conditions against what a program would write by hand for these very conditions: one `any(…)` each.

By hand there is no reason, no result, no doubt about a score that is missing, and nobody can change a threshold without
a release; so the ratio says what the language costs, and the aims are about what a caller waits for.
Seconds are of the processor, since nothing here waits for anything else.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from time import process_time
from typing import Any

from bench.figure import Figure, in_turns, ms, per_second
from bench.rounds import Rounds
from secondlook.review.decisions import conditions

BOXES = 1000
ANSWERS = 20
"""Large answers in one turn."""
AIM_SECONDS = 0.001

FEW = 5
AIM_RATE = 50_000
"""A million recorded lists within 20 seconds."""

LABELS = ("person", "bicycle", "car", "dog", "traffic light")
THRESHOLDS = {"person": 0.06, "*": 0.02}

Item = Mapping[str, Any]
Answer = Sequence[Item]
Decide = Callable[[Answer, float], bool]

CONDITIONS = conditions.parse(
    json.dumps(
        {
            "Conditions": [
                {"ConditionType": "ConfidenceCheck", "ConditionParameters": {"Thresholds": THRESHOLDS}},
                {
                    "ConditionType": "ConfidenceCheck",
                    "ConditionParameters": {"LabelName": "dog", "ConfidenceLessThan": 0.04},
                },
                {"ConditionType": "Sampling", "ConditionParameters": {"RandomSamplingPercentage": 5}},
            ]
        }
    )
)


def figures(rounds: Rounds) -> Iterator[Figure]:
    """Seconds for an answer of a thousand boxes; evaluations per second of recorded lists of five."""
    source = random.Random(10)
    # Nothing is under a threshold here, so that the yardstick must look at all boxes, too.
    large = [_answer(source, BOXES, 0.1) for _ in range(ANSWERS)]
    subject, yardstick, ratio = in_turns(
        rounds.evaluation_turns, partial(_seconds, _evaluated, large), partial(_seconds, _by_hand, large)
    )
    yield Figure(
        f"three conditions on an answer of {BOXES:,} boxes",
        ms(subject),
        f"by hand: {ms(yardstick)}",
        f"{ratio:.2f}",
        f"≤ {ms(AIM_SECONDS)}",
        subject <= AIM_SECONDS,
    )
    recorded = [_answer(source, FEW, 0.01) for _ in range(rounds.recorded_answers)]
    subject, yardstick, ratio = in_turns(
        rounds.evaluation_turns,
        partial(_seconds, _evaluated, recorded),
        partial(_seconds, _by_hand, recorded),
    )
    yield Figure(
        f"the same on {len(recorded):,} recorded answers of {FEW}",
        per_second(1 / subject),
        f"by hand: {per_second(1 / yardstick)}",
        f"{ratio:.2f}",
        f"≥ {per_second(AIM_RATE)}",
        1 / subject >= AIM_RATE,
    )


def _answer(source: random.Random, boxes: int, least: float) -> Answer:
    corners = {"left": 10, "top": 20, "right": 30, "bottom": 40}
    return [
        {"id": source.choice(LABELS), "score": round(source.uniform(least, 1), 4), **corners}
        for _ in range(boxes)
    ]


def _seconds(decide: Decide, answers: Sequence[Answer]) -> float:
    """Seconds for one answer; each is decided with the same coins in both turns."""
    coins = [(number % 1000) / 1000 for number in range(len(answers))]
    start = process_time()
    decided = [decide(answer, coin) for answer, coin in zip(answers, coins, strict=True)]
    seconds = process_time() - start
    assert sum(decided) == sum(map(_by_hand, answers, coins)), "the yardstick decides otherwise"
    return seconds / len(answers)


def _evaluated(answer: Answer, coin: float) -> bool:
    return CONDITIONS.evaluate(answer, coin).is_true


def _by_hand(answer: Answer, coin: float) -> bool:
    return (
        any(item["score"] < THRESHOLDS.get(item["id"], THRESHOLDS["*"]) for item in answer)
        or any(item["id"] == "dog" and item["score"] < 0.04 for item in answer)
        or coin < 0.05
    )
