"""What elements answer, read as annotations."""

from __future__ import annotations

import io
from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.client.formats.annotations import (
    Box,
    Choice,
    FormField,
    Keypoint,
    Mask,
    Point,
    Polygon,
    Polyline,
    Region,
    Size,
    Span,
)
from secondlook.client.formats.answers import read
from tests.element_cases import SERVED, Case, Painted

TOOLS = {
    "crowd-bounding-box": Box.kind,
    "crowd-polygon": Polygon.kind,
    "crowd-polyline": Polyline.kind,
    "crowd-line": Polyline.kind,
    "crowd-keypoint": Keypoint.kind,
    "crowd-semantic-segmentation": Mask.kind,
    "crowd-instance-segmentation": Mask.kind,
    "crowd-classifier": Choice.kind,
    "crowd-classifier-multi-select": Choice.kind,
    "crowd-image-classifier": Choice.kind,
    "crowd-image-classifier-multi-select": Choice.kind,
    "crowd-entity-annotation": Span.kind,
    "crowd-rekognition-detect-moderation-labels": Choice.kind,
    "crowd-textract-analyze-document": FormField.kind,
}

INPUTS = {
    "crowd-checkbox",
    "crowd-radio-button",
    "crowd-toggle-button",
    "crowd-slider",
    "crowd-input",
    "select",
}


def as_answered(value: Any) -> Any:
    """With base64 for the pictures of masks, as in output.json."""
    if isinstance(value, Painted):
        file = io.BytesIO()
        value.image.save(file, "PNG")
        return b64encode(file.getvalue()).decode()
    if isinstance(value, dict):
        return {name: as_answered(member) for name, member in value.items()}
    return value


def answers(case: Case) -> list[dict[str, Any]]:
    return [as_answered(answer) for answer in (case.answer, case.filled) if answer]


@pytest.mark.parametrize("case", [case for case in SERVED if case.tag in TOOLS], ids=str)
def test_every_answer_of_a_tool_is_read_as_what_the_tool_makes(case):
    for answer in answers(case):
        tools = [value for value in answer.values() if isinstance(value, dict) and "on" not in value]
        reading = read(answer)

        assert (frozenset({TOOLS[case.tag]}) if tools else frozenset()) == reading.kinds
        assert {annotation.kind for annotation in reading.annotations} <= reading.kinds
        assert len(answer) == len(tools) + len(reading.members)
        for value in tools:
            items = next((value[name] for name in value if isinstance(value[name], list)), None)
            if TOOLS[case.tag] not in (Choice.kind, Mask.kind, FormField.kind):
                assert len(items) == len(reading.annotations)
            if "inputImageProperties" in value:
                assert Size(**value["inputImageProperties"]) == reading.size


@pytest.mark.parametrize("case", [case for case in SERVED if case.tag in INPUTS], ids=str)
def test_what_inputs_answer_are_plain_members(case):
    for answer in answers(case):
        reading = read(answer)

        assert (frozenset(), (), answer) == (reading.kinds, reading.annotations, reading.members)


CORNERS = [{"x": 1, "y": 2}, {"x": 3, "y": 4}, {"x": 5, "y": 0}]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            {"boundingBoxes": [{"label": "a", "left": 1, "top": 2.5, "width": 0, "height": 4, "id": 7}]},
            Box("a", 1, 2.5, 0, 4),
        ),
        (
            {"polygons": [{"label": "a", "vertices": CORNERS}]},
            Polygon("a", (Point(1, 2), Point(3, 4), Point(5, 0))),
        ),
        ({"lines": [{"label": "a", "vertices": CORNERS[:2]}]}, Polyline("a", (Point(1, 2), Point(3, 4)))),
        ({"keypoints": [{"label": "a", "x": 1, "y": 2}]}, Keypoint("a", 1, 2)),
        ({"label": "good", "workerComment": "wide"}, Choice(("good",), several=False)),
        ({"labels": ["a", "\ud800"]}, Choice(("a", "\ufffd"), several=True)),
        ({"moderationLabels": ["Tobacco"]}, Choice(("Tobacco",), several=True)),
        (
            {"moderationLabels": [{"name": "Smoking", "parentName": "Tobacco"}]},
            Choice(("Smoking",), several=True),
        ),
        ({"entities": [{"label": "a", "startOffset": 0, "endOffset": 2}]}, Span("a", 0, 2)),
        (
            {"labelMappings": {"road": {"color": "#2CA02C"}}, "labeledImage": {"pngImageData": "aaaa"}},
            Mask("aaaa", (Region("road", "#2ca02c"),), instances=False),
        ),
    ],
)
def test_an_answer_is_read(value, expected):
    assert (expected,) == read({"it": value}).annotations


def key(name: str, text: str | None = None, **related: list[str]) -> dict[str, Any]:
    relationships = [{"type": kind, "ids": ids} for kind, ids in related.items()]
    kind = {"blockType": "KEY_VALUE_SET", "entityTypes": ["KEY"], "relationships": relationships, "id": name}
    return kind if text is None else kind | {"text": text}


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([key("k", "Surname", VALUE=["v"]), {"id": "v", "text": "Okafor"}], [("Surname", "Okafor")]),
        ([key("k", "Surname", VALUE=["v"]), {"id": "v", "text": ""}], [("Surname", "")]),
        ([key("k", "Surname")], [("Surname", None)]),
        (
            [key("k", CHILD=["w", "x"]), {"id": "w", "text": "Date"}, {"id": "x", "text": "of"}],
            [("Date of", None)],
        ),
        ([{"blockType": "LINE", "text": "no field"}], []),
        (
            [key("k", "a") | {"relationships": "none"}, key("l", "b", VALUE=["away", 7])],
            [("a", None), ("b", None)],
        ),
    ],
)
def test_form_fields_are_keys_with_their_values(blocks, expected):
    reading = read({"AWS/Textract/AnalyzeDocument/Forms/V1": {"blocks": blocks}})

    assert [FormField(*field) for field in expected] == list(reading.annotations)
    assert frozenset({"form field"}) == reading.kinds


@pytest.mark.parametrize(
    "value",
    [
        {"boundingBoxes": {}},
        {"boundingBoxes": [7]},
        {"boundingBoxes": [{"label": "a", "left": 1, "top": 2, "width": 3}]},
        {"boundingBoxes": [{"label": "a", "left": True, "top": 2, "width": 3, "height": 4}]},
        {"boundingBoxes": [{"label": "a", "left": float("nan"), "top": 2, "width": 3, "height": 4}]},
        {"boundingBoxes": [{"label": "a", "left": 1, "top": 2, "width": -3, "height": 4}]},
        {"boundingBoxes": [{"label": "a", "left": 10**400, "top": 2, "width": 3, "height": 4}]},
        {"boundingBoxes": [{"label": None, "left": 1, "top": 2, "width": 3, "height": 4}]},
        {"polygons": [{"label": "a", "vertices": CORNERS[:2]}]},
        {"polygons": [{"label": "a", "vertices": None}]},
        {"entities": [{"label": "a", "startOffset": 3, "endOffset": 2}]},
        {"labelMappings": {"road": {"color": "green"}}, "labeledImage": {"pngImageData": "aaaa"}},
        {"labelMappings": {}, "labeledImage": {}},
        {"labels": True},
        {"labels": [1]},
        {"label": "a", "more": 1},
        {"blocks": [1]},
        {},
        "text",
        None,
    ],
)
def test_what_looks_like_no_element_s_answer_in_every_part_stays_a_plain_member(value):
    reading = read({"it": value})

    assert frozenset() == reading.kinds
    assert {"it"} == set(reading.members)


@pytest.mark.parametrize(
    "size",
    [
        {},
        [],
        {"width": 1},
        {"width": 0, "height": 1},
        {"width": 1.5, "height": 1},
        {"width": 2**31, "height": 1},
    ],
)
def test_a_size_that_no_picture_has_is_none(size):
    reading = read({"it": {"boundingBoxes": [], "inputImageProperties": size}})

    assert (frozenset({"box"}), None) == (reading.kinds, reading.size)


MEMBERS = [
    "boundingBoxes",
    "label",
    "labels",
    "left",
    "x",
    "vertices",
    "blocks",
    "id",
    "relationships",
    "instances",
    "labelMappings",
    "labeledImage",
    "pngImageData",
    "inputImageProperties",
    "width",
    "height",
    "entities",
    "moderationLabels",
    "blockType",
    "entityTypes",
    "startOffset",
    "color",
]

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(MEMBERS) | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
)


@given(JSON)
def test_any_answer_is_read_and_nothing_of_it_lost(content):
    reading = read(content)

    read_as_tools = len(content) - len(reading.members) if isinstance(content, dict) else 0
    assert bool(read_as_tools) == bool(reading.kinds)
    assert {annotation.kind for annotation in reading.annotations} <= reading.kinds
