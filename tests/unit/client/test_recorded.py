"""What was recorded of a model's answer, and what a loop was started with."""

from __future__ import annotations

import json

import pytest

from secondlook.client.exporting.recorded import Content, content, prediction
from secondlook.client.formats.annotations import Box, Choice, Reading, Size


def found(label=None, score=None, box=None, bounding_box=None):
    known = {"Label": label, "Score": score, "Box": sides(box), "BoundingBox": sides(bounding_box)}
    return {name: value for name, value in known.items() if value is not None}


def sides(box):
    return box and dict(zip(("Left", "Top", "Width", "Height"), box, strict=True))


@pytest.mark.parametrize(
    ("objects", "of_picture", "kinds", "annotations"),
    [
        ([found("cat", 0.5, (1, 2, 30, 40))], True, {"box"}, [Box("cat", 1, 2, 30, 40, 0.5)]),
        (
            [found("cat", 98.5, bounding_box=(0.5, 0, 0.5, 1))],
            True,
            {"box"},
            [Box("cat", 100, 0, 100, 100, 98.5)],
        ),
        (
            [found("cat", 0.5, (0.5, 0, 0.5, 1)), found("dog", 0.5, (0, 0, 7, 7))],
            False,
            {"box"},
            [Box("cat", 0.5, 0, 0.5, 1, 0.5), Box("dog", 0, 0, 7, 7, 0.5)],
        ),
        ([found(None, 0.5, (1, 2, 3, 4))], False, {"box"}, [Box("", 1, 2, 3, 4, 0.5)]),
        (
            [found("cat", 0.75), found("dog")],
            True,
            {"choice"},
            [Choice(("cat", "dog"), several=True, scores=(0.75, None))],
        ),
        ([], True, {"box"}, []),
        ([], False, set(), []),
        ([found(None, 0.5)], True, set(), []),
    ],
)
def test_objects_become_boxes_in_pixels_and_chosen_labels(objects, of_picture, kinds, annotations):
    reading = prediction(objects, of_picture=of_picture, size=lambda: Size(200, 100))

    assert Reading(frozenset(kinds), tuple(annotations), {}) == reading


def test_parts_of_a_picture_whose_size_nobody_knows_are_left_out():
    reading = prediction([found("cat", 0.5, bounding_box=(0, 0, 1, 1))], of_picture=True, size=lambda: None)

    assert Reading(frozenset({"box"}), (), {}) == reading


def test_the_size_is_not_asked_for_where_boxes_are_pixels():
    prediction([found("cat", 0.5, (0, 0, 7, 7))], of_picture=True, size=lambda: pytest.fail("asked"))


CAT = {"label": "cat", "left": 1, "top": 2, "width": 3, "height": 4}
DRAWN = Reading(frozenset({"box"}), (Box("cat", 1, 2, 3, 4),), {})


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            {"taskObject": "s3://b/k.jpg", "initialValue": [CAT], "labels": ["cat", "dog"]},
            Content("s3://b/k.jpg", labels=("cat", "dog"), initial=DRAWN),
        ),
        ({"taskObject": "Ada met Bob"}, Content(text="Ada met Bob")),
        ({"initialValue": json.dumps([CAT])}, Content(initial=DRAWN)),
        ({"initialValue": "no JSON"}, Content()),
        ({"initialValue": []}, Content(initial=Reading(frozenset({"box"}), (), {}))),
        ({"picture": "s3://b/k.jpg", "boxes": [CAT]}, Content("s3://b/k.jpg", initial=DRAWN)),
        ({"before": "s3://b/1.jpg", "after": "s3://b/2.jpg", "a": [CAT], "b": [CAT]}, Content()),
        (
            {"aiServiceRequest": {"document": {"s3Object": {"bucket": "b", "name": "a/k.png"}}}},
            Content("s3://b/a/k.png"),
        ),
        ({"aiServiceRequest": {"image": {"s3Object": {"bucket": "b", "name": "k.png"}}}}, Content("s3://b/k.png")),
        ({"aiServiceRequest": "?", "labels": ["a", 1]}, Content()),
        ([], Content()),
        (None, Content()),
    ],
)  # fmt: skip
def test_input_content_says_what_the_input_is(document, expected):
    assert expected == content(document)
