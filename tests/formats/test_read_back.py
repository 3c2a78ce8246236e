"""Libraries of the field read what we export, and see what workers and models said."""

from __future__ import annotations

import json
import pickle
from xml.etree import ElementTree  # noqa: ICN001

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondlook.client.formats import writers
from secondlook.client.formats.annotations import Box, Reading, Size
from secondlook.client.formats.characters import file_name, whole, xml_text
from secondlook.client.formats.items import Item, records
from secondlook.client.formats.tally import Tally
from tests.formats import manifest
from tests.formats.making import AT, CAT, DOG, SIZE, Drawn, boxes, item, png

GREEN, BLUE = (0x2C, 0xA0, 0x2C), (0x1F, 0x77, 0xB4)


def prediction(*found: Box) -> Reading:
    return Reading(frozenset({"box"}), found, {})


def test_coco_holds_boxes_polygons_masks_and_points(field, tmp_path):
    corners = [{"x": 0, "y": 0}, {"x": 10, "y": 0}, {"x": 10, "y": 10}]
    mask = {
        "labeledImage": {"pngImageData": png(SIZE, {(1, 0): GREEN, (1, 1): GREEN, (63, 47): BLUE})},
        "instances": [{"label": "cell", "color": "#2CA02C"}, {"label": "cell", "color": "#1f77b4"}],
    }
    road = {
        "labeledImage": {"pngImageData": png(SIZE, {(5, 7): GREEN})},
        "labelMappings": {"road": {"color": "#2ca02c"}, "sky": {"color": "#ff0000"}},
    }
    items = [
        item("boxes", boxes(CAT, DOG)),
        item("nothing", boxes()),
        item("shapes", {"plots": {"polygons": [{"label": "roof", "vertices": corners}]}}),
        item("points", {"joints": {"keypoints": [{"label": "elbow", "x": 3, "y": 4}]}}),
        item("cells", {"cells": mask}),
        item("road", {"road": road}),
        item("accepted", decision="accept", prediction=prediction(Box("cat", 1, 2, 3, 4, 0.9))),
    ]

    tally = writers.write(items, "coco", tmp_path / "out", Drawn(), with_images=True)
    read = field.read("coco", tmp_path / "out")
    pictures = {name.rpartition("-")[0]: picture for name, picture in read["pictures"].items()}

    assert (7, {}, {}) == (tally.written, tally.left_out, tally.in_part)
    assert [
        {"label": "cat", "bbox": [4, 6, 20, 10], "area": 200, "iscrowd": 0},
        {"label": "dog", "bbox": [30, 0, 34, 48], "area": 1632, "iscrowd": 0},
    ] == pictures["boxes"]["annotations"]
    assert {"size": [64, 48], "source": "worker", "annotations": []} == pictures["nothing"]
    roof = pictures["shapes"]["annotations"][0]
    assert ("roof", [0, 0, 10, 10], 50) == (roof["label"], roof["bbox"], roof["area"])
    assert [7, 9] in roof["pixels"]
    assert [0, 9] in roof["pixels"]
    assert [9, 0] not in roof["pixels"]
    assert [3, 4, 2] == pictures["points"]["annotations"][0]["keypoints"]
    assert [
        {"label": "cell", "bbox": [1, 0, 1, 2], "area": 2, "iscrowd": 0, "pixels": [[0, 1], [1, 1]]},
        {"label": "cell", "bbox": [63, 47, 1, 1], "area": 1, "iscrowd": 0, "pixels": [[47, 63]]},
    ] == pictures["cells"]["annotations"]
    assert [{"label": "road", "bbox": [5, 7, 1, 1], "area": 1, "iscrowd": 1, "pixels": [[7, 5]]}] == pictures[
        "road"
    ]["annotations"]
    assert "prediction" == pictures["accepted"]["source"]
    assert 0.9 == pictures["accepted"]["annotations"][0]["score"]
    assert ["cat", "dog", "roof", "elbow", "cell", "road"] == [each["name"] for each in read["categories"]]
    assert set(read["pictures"]) == {path.name for path in (tmp_path / "out/images").iterdir()}


def test_a_polygon_is_a_segment_of_yolo_and_a_box_beside_it_stays_what_it_is(field, tmp_path):
    corners = [{"x": 0, "y": 0}, {"x": 32, "y": 0}, {"x": 32, "y": 24}]
    both = {**boxes(CAT), "plots": {"polygons": [{"label": "roof", "vertices": corners}]}}

    writers.write([item("both", both)], "yolo", tmp_path / "out", Drawn(), with_images=True)
    (found,) = field.read("yolo", tmp_path / "out").values()

    assert {"cat", "roof"} == {label for label, *_ in found}
    for label, *sides in found:
        assert pytest.approx({"cat": [4, 6, 24, 16], "roof": [0, 0, 32, 24]}[label], abs=1) == sides


def test_classes_are_numbered_as_the_tool_lists_them(field, tmp_path):
    items = [item("p-1", boxes(DOG), labels=("cat", "dog", "hen"))]

    writers.write(items, "yolo", tmp_path / "out", Drawn())

    data = field.read("data_yaml", tmp_path / "out")
    assert {"0": "cat", "1": "dog", "2": "hen"} == data["names"]
    assert (tmp_path / "out/labels").joinpath(file_name("p-1", items[0].uri)).with_suffix(".txt").read_text()[
        0
    ] == "1"


def test_parquet_holds_answers_predictions_and_how_likely_they_were_looked_at(field, tmp_path):
    place = tmp_path / "out.parquet"
    items = [
        item("p-1", boxes(CAT) | {"note": "ok \ud800"}, decision="audit", probability=0.05),
        item("p-2", prediction=prediction(Box("dog", 1, 2, 3, 4, 0.5)), decision="accept", probability=0.05),
        item("p-3", {"verdict": {"labels": ["good", "clear"]}}),
    ]
    place.with_suffix(".pickle").write_bytes(pickle.dumps(list(records(items, "first", Tally()))))

    assert 3 == field.read("write_parquet", place)
    answered, accepted, chosen = field.read("read_parquet", place)

    assert [{**CAT, "score": None}] == answered["boxes"]
    assert ("worker", "audit", 0.05) == (answered["source"], answered["decision"], answered["probability"])
    assert '{"note":"ok \ufffd"}' == answered["members"]
    assert (64, 48, AT.isoformat()) == (answered["width"], answered["height"], answered["creation_time"])
    assert ("prediction", 0.05, None) == (accepted["source"], accepted["probability"], accepted["answer"])
    assert 0.5 == accepted["boxes"][0]["score"]
    assert ["good", "clear"] == chosen["labels"]


def test_parquet_is_written_in_groups_of_rows(field, tmp_path):
    place = tmp_path / "out.parquet"
    items = [item(f"p-{number}", boxes(CAT)) for number in range(2500)]
    place.with_suffix(".pickle").write_bytes(pickle.dumps(list(records(items, "first", Tally()))))

    field.read("write_parquet", place)

    assert [1000, 1000, 500] == field.read("row_groups", place)


HOSTILE = st.sampled_from(
    [
        "\"'", "a\nb", "<b>&amp;</b>", "]]>", "\x00", "\x85", "\u2028", "\ufeff", "\ud800", "\uffff", "\x7f",
        "no", "~", "- a: b #", "{{x}}", "%s", "\U0001f600", "e\u0301", "../../etc/passwd", "CON", "a\tb", "0", "null",
    ]
)  # fmt: skip
LABELS = HOSTILE | st.text(min_size=1, max_size=12)
URIS = st.builds(
    "s3://bucket/{}".format,
    HOSTILE | st.text(max_size=300) | st.sampled_from(["a/x.jpg", "b/x.jpg", "nul.tar.png"]),
)


@st.composite
def sized(draw) -> tuple[Size, list[Box]]:
    size = Size(draw(st.integers(2, 90)), draw(st.integers(2, 90)))
    found = []
    for label in draw(st.lists(LABELS, max_size=5)):
        left = draw(st.floats(0, size.width - 1))
        top = draw(st.floats(0, size.height - 1))
        width = draw(st.floats(1, size.width - left))
        height = draw(st.floats(1, size.height - top))
        found.append(Box(whole(label), left, top, width, height))
    return size, found


@st.composite
def datasets(draw) -> list[Item]:
    many = []
    for number in range(draw(st.integers(1, 4))):
        size, found = draw(sized())
        identity = draw(LABELS) + str(number)
        drawn = [
            {"label": box.label, "left": box.left, "top": box.top, "width": box.width, "height": box.height}
            for box in found
        ]
        many.append(item(identity, boxes(*drawn, size=size), uri=draw(URIS), size=size))
    return many


def expected(items: list[Item], label=lambda text: text) -> dict[str, list[list]]:
    """Boxes as libraries say them: label, left, top, right, bottom."""
    return {
        file_name(each.id, each.uri): [
            [
                label(box["label"]),
                box["left"],
                box["top"],
                box["left"] + box["width"],
                box["top"] + box["height"],
            ]
            for box in each.answers[0].content["annotatedResult"]["boundingBoxes"]
        ]
        for each in items
    }


def assert_same(found, wanted, within):
    assert set(wanted) == set(found)
    for name, corners in wanted.items():
        assert [label for label, *_ in corners] == [label for label, *_ in found[name]]
        for (_, *sides), (_, *read) in zip(corners, found[name], strict=True):
            assert pytest.approx(sides, abs=within) == read


ANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@ANY
@given(datasets())
def test_any_boxes_survive_coco(field, tmp_path_factory, items):
    place = tmp_path_factory.mktemp("coco") / "out"
    writers.write(items, "coco", place, Drawn(), with_images=True)

    assert_same(field.read("supervision_coco", place), expected(items), 1e-3)


@ANY
@given(datasets())
def test_any_boxes_survive_yolo(field, tmp_path_factory, items):
    place = tmp_path_factory.mktemp("yolo") / "out"
    writers.write(items, "yolo", place, Drawn(), with_images=True)

    assert_same(field.read("yolo", place), expected(items), 1e-3)


@ANY
@given(datasets())
def test_any_boxes_survive_pascal_voc_but_for_what_xml_cannot_say(field, tmp_path_factory, items):
    place = tmp_path_factory.mktemp("voc") / "out"
    writers.write(items, "voc", place, Drawn(), with_images=True)

    assert_same(field.read("voc", place), expected(items, in_xml), 1.001)


@ANY
@given(datasets())
def test_any_boxes_survive_a_manifest_and_json_lines_as_they_are(tmp_path_factory, items):
    place = tmp_path_factory.mktemp("lines")
    writers.write(items, "manifest", place / "manifest", Drawn())
    writers.write(items, "jsonl", place / "jsonl", Drawn())
    in_manifest, in_lines = {}, {}
    for each, line in zip(items, manifest.read(place / "manifest"), strict=True):
        classes = line["street-metadata"]["class-map"]
        in_manifest[file_name(each.id, each.uri)] = [
            corners(classes[str(box["class_id"])], box) for box in line["street"]["annotations"]
        ]
    text = (place / "jsonl").read_bytes().decode()
    for each, line in zip(items, text.split("\n")[:-1], strict=True):
        in_lines[file_name(each.id, each.uri)] = [
            corners(box["label"], box) for box in json.loads(line)["annotations"]
        ]

    assert expected(items) == in_manifest == in_lines


@ANY
@given(datasets())
def test_any_boxes_survive_parquet_as_they_are(field, tmp_path_factory, items):
    place = tmp_path_factory.mktemp("parquet") / "out.parquet"
    place.with_suffix(".pickle").write_bytes(pickle.dumps(list(records(items, "first", Tally()))))
    field.read("write_parquet", place)
    read = {
        file_name(each.id, each.uri): [corners(box["label"], box) for box in row["boxes"]]
        for each, row in zip(items, field.read("read_parquet", place), strict=True)
    }

    assert expected(items) == read


def corners(label: str, box: dict) -> list:
    return [label, box["left"], box["top"], box["left"] + box["width"], box["top"] + box["height"]]


def in_xml(label: str) -> str:
    return ElementTree.fromstring(f"<name>{xml_text(label)}</name>").text
