"""What an answer says it sees, whatever the model: labels, scores and boxes in one form."""

import math

import pytest

from secondlook.review.decisions.objects import Box, Object, objects

DOG = Object("dog", 0.9, Box(10, 20, 30, 40))


@pytest.mark.parametrize(
    "item",
    [
        # Our detector, and our reader of text.
        {"id": "dog", "score": 0.9, "left": 10, "top": 20, "right": 40, "bottom": 60},
        {"label": "dog", "confidence": 0.9, "left": 10, "top": 20, "width": 30, "height": 40},
        {"class": "dog", "probability": 0.9, "x": 10, "y": 20, "width": 30, "height": 40},
        {"name": "dog", "score": 0.9, "xmin": 10, "ymin": 20, "xmax": 40, "ymax": 60},
        {"label": "dog", "score": 0.9, "box": {"xmin": 10, "ymin": 20, "xmax": 40, "ymax": 60}},
        {"label": "dog", "score": 0.9, "box": {"left": 10, "top": 20, "width": 30, "height": 40}},
        {"label": "dog", "score": 0.9, "box": [10, 20, 40, 60]},
        {"label": "dog", "score": 0.9, "bbox": [10, 20, 40, 60]},
        # Lines of text.
        {"text": "dog", "score": 0.9, "polygon": [[10, 20], [40, 22], [39, 60], [11, 58]]},
    ],
)
@pytest.mark.parametrize(
    "around",
    [
        lambda item: [item],
        lambda item: item,
        lambda item: {"predictions": [item]},
        lambda item: {"model": "m", "detections": [item]},
    ],
)
def test_boxes_in_pixels(item, around):
    assert [DOG] == objects(around(item))


@pytest.mark.parametrize("box", [{"Left": 0.1, "Top": 0.2, "Width": 0.3, "Height": 0.4}])
@pytest.mark.parametrize("names", [("BoundingBox", str), ("boundingBox", str.lower)])
def test_boxes_of_aws_are_parts_of_the_picture(box, names):
    member, case = names
    item = {"Name": "dog", "Confidence": 90, member: {case(name): side for name, side in box.items()}}

    assert [Object("dog", 90, Box(0.1, 0.2, 0.3, 0.4, is_relative=True))] == objects([item])


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"label": "cat", "score": 0.4}, [Object("cat", 0.4, None)]),
        ([{"label": "cat", "score": 0.4}], [Object("cat", 0.4, None)]),
        (
            {"labels": ["cat", "dog"], "scores": [0.4, 0.6]},
            [Object("cat", 0.4, None), Object("dog", 0.6, None)],
        ),
        (
            {"boxes": [[10, 20, 40, 60]], "labels": ["dog"], "scores": [0.9]},
            [DOG],
        ),
        ({"labels": [], "scores": []}, []),
        ({"ModerationLabels": [{"Name": "Weapons", "Confidence": 60}]}, [Object("Weapons", 60, None)]),
        ({"moderationLabels": [{"name": "Weapons", "confidence": 60}]}, [Object("Weapons", 60, None)]),
        ([{"class": 3, "score": 1}], [Object("3", 1, None)]),
        (["cat"], [Object("cat", None, None)]),
        ([0.4], [Object("", 0.4, None)]),
        # Texts as every database can keep them.
        (["a\x00b\ud800\n"], [Object("ab?\n", None, None)]),
        # A score that is no finite number is none.
        ([{"label": "cat", "score": math.nan}], [Object("cat", None, None)]),
        ([{"label": "cat", "score": "high"}], [Object("cat", None, None)]),
        ([{"label": "cat", "score": True}], [Object("cat", None, None)]),
        # What says nothing of all three is left out.
        ([{}, {"model": 3}, None, [], {"label": "cat"}], [Object("cat", None, None)]),
        ({}, []),
        (None, []),
        ([{"label": "cat", "left": 1, "top": 2, "right": "x", "bottom": 4}], [Object("cat", None, None)]),
        ([{"label": "cat", "box": [1, 2, 3]}], [Object("cat", None, None)]),
        ([{"label": "cat", "box": "1,2,3,4"}], [Object("cat", None, None)]),
        ([{"label": "cat", "polygon": [[1, 2], [3]]}], [Object("cat", None, None)]),
        ([{"label": "cat", "polygon": []}], [Object("cat", None, None)]),
        ([{"label": "cat", "BoundingBox": {"Left": 1}}], [Object("cat", None, None)]),
        (
            [{"label": "cat", "box": [-1e308, 0, 1e308, 1]}],
            [Object("cat", None, None)],
        ),
    ],
)
def test_other_shapes(answer, found):
    assert found == objects(answer)


def line(kind: str, name: str, text: str, *children: str) -> dict:
    return {
        "BlockType": kind,
        "Id": name,
        "Text": text,
        "Confidence": 99,
        "Geometry": {"BoundingBox": {"Left": 0.1, "Top": 0.2, "Width": 0.3, "Height": 0.4}},
        "Relationships": [{"Type": "CHILD", "Ids": list(children)}],
    }


def test_of_textracts_blocks_the_lines_and_words_of_none():
    blocks = [
        {"BlockType": "PAGE", "Id": "p"},
        line("LINE", "l", "second look", "a", "b"),
        line("WORD", "a", "second"),
        line("WORD", "b", "look"),
        line("WORD", "c", "alone"),
        3,
    ]
    box = Box(0.1, 0.2, 0.3, 0.4, is_relative=True)

    assert [Object("second look", 99, box), Object("alone", 99, box)] == objects({"Blocks": blocks})
