"""Which of an item counts."""

from __future__ import annotations

import pytest

from secondlook.client.formats.annotations import Box, Reading
from secondlook.client.formats.items import WAITING, Record, records
from secondlook.client.formats.tally import Tally
from tests.formats.making import CAT, DOG, boxes, item

FOUND = Reading(frozenset({"box"}), (Box("cat", 0, 0, 1, 1, 0.4),), {})

ACCEPTED = item("accepted", decision="accept", prediction=FOUND)
ANSWERED = item("answered", boxes(CAT), boxes(DOG), decision="review", prediction=FOUND)
OPEN = item("open", decision="audit", prediction=FOUND, loop="loop-open")


def label(record: Record) -> str:
    """Of the only box."""
    (box,) = record.reading.annotations
    assert isinstance(box, Box)
    return box.label


@pytest.mark.parametrize(
    ("answers", "expected", "waiting"),
    [
        ("first", [("accepted", "prediction", "cat"), ("answered", "worker", "cat")], 1),
        (
            "each",
            [
                ("accepted", "prediction", "cat"),
                ("answered#1", "worker", "cat"),
                ("answered#2", "worker", "dog"),
            ],
            1,
        ),
        ("prediction", [(name, "prediction", "cat") for name in ("accepted", "answered", "open")], 0),
    ],
)
def test_an_answer_counts_before_a_prediction_and_doubt_without_answer_not_at_all(answers, expected, waiting):
    tally = Tally()

    chosen = [
        (record.id, record.source, label(record))
        for record in records([ACCEPTED, ANSWERED, OPEN], answers, tally)
    ]

    assert expected == chosen
    assert waiting == tally.left_out[WAITING]
