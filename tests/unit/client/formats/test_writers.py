"""What formats hold, and what is said of the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from secondlook.client.formats import writers
from secondlook.client.formats.annotations import Box, Reading, Size
from secondlook.client.formats.coco import BAD_MASK
from secondlook.client.formats.items import WAITING
from secondlook.client.formats.missing import MissingPackage
from secondlook.client.formats.pictures import NO_OBJECT, NO_SIZE
from secondlook.client.formats.voc import OUTSIDE
from tests.formats.making import AT, CAT, DOG, SIZE, Drawn, boxes, item, png


def lines(place: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]


def test_json_lines_hold_everything(tmp_path):
    found = Reading(frozenset({"box"}), (Box("cat", 0, 1, 2, 3, 0.4),), {})
    asked = item(
        "p-1",
        boxes(CAT) | {"note": "blurred"},
        decision="review",
        prediction=found,
        probability=1.0,
        reasons=("cat is 0.4 < 0.5",),
        about={"endpoint": "detector"},
    )

    writers.write([asked], "jsonl", tmp_path / "out.jsonl", Drawn())

    drawn = {"kind": "box", "label": "cat", "left": 4, "top": 6, "width": 20, "height": 10}
    answer = {
        "workerId": "worker-1",
        "acceptanceTime": "2026-11-27T09:31:00.000Z",
        "submissionTime": "2026-11-27T09:32:00.000Z",
        "timeSpentInSeconds": 60.0,
        "answerContent": boxes(CAT) | {"note": "blurred"},
    }
    assert [
        {
            "id": "p-1",
            "flow": "street",
            "uri": "s3://photos/p-1.jpg",
            "width": 64,
            "height": 48,
            "source": "worker",
            "annotations": [drawn],
            "members": {"note": "blurred"},
            "answer": answer,
            "prediction": {
                "annotations": [
                    {
                        "kind": "box",
                        "label": "cat",
                        "left": 0,
                        "top": 1,
                        "width": 2,
                        "height": 3,
                        "score": 0.4,
                    }
                ],
                "members": {},
            },
            "answers": [answer],
            "humanLoopName": "loop-p-1",
            "decision": "review",
            "probability": 1.0,
            "reasons": ["cat is 0.4 < 0.5"],
            "labels": [],
            "about": {"endpoint": "detector"},
            "creationTime": AT.isoformat(),
        }
    ] == lines(tmp_path / "out.jsonl")


TEXT = item("text", {"verdict": {"label": "good"}, "note": "x"})
FORM = item("form", {"note": "x"})
UNSIZED = item("unsized", {"it": {"boundingBoxes": []}}, size=None)
WAITS = item("waits", loop="loop-waits", prediction=Reading(frozenset({"box"}), (), {}))
OUT = item("out", boxes({"label": "cat", "left": 100, "top": 0, "width": 5, "height": 5}))
SILENT = item("silent", decision="accept")
LINES = item(
    "lines",
    boxes(CAT) | {"it": {"lines": [{"label": "kerb", "vertices": [{"x": 0, "y": 0}, {"x": 1, "y": 1}]}]}},
)


@pytest.mark.parametrize(("form", "name"), [("coco", "COCO"), ("yolo", "YOLO"), ("voc", "Pascal VOC")])
def test_what_a_format_of_pictures_cannot_hold_is_counted_by_why(tmp_path, form, name):
    tally = writers.write([TEXT, FORM, SILENT, UNSIZED, WAITS, OUT, LINES], form, tmp_path / "out", Drawn())

    assert 2 == tally.written
    assert {
        f"{name} cannot hold chosen labels": 1,
        f"{name} cannot hold plain members of a form": 1,
        f"{name} cannot hold an input of which nothing is said": 1,
        NO_SIZE: 1,
        WAITING: 1,
    } == tally.left_out
    assert {OUTSIDE: 1, f"lines, which {name} cannot hold": 1} == tally.in_part
    assert f"1 left out: {name} cannot hold chosen labels" in tally.sentences()


@pytest.mark.parametrize("form", ["coco", "yolo", "voc"])
def test_a_size_that_no_answer_has_is_that_of_the_object(tmp_path, form):
    tally = writers.write([UNSIZED], form, tmp_path / "out", Drawn({UNSIZED.uri: Size(8, 8)}))

    assert (1, {}) == (tally.written, tally.left_out)


@pytest.mark.parametrize("form", ["coco", "yolo", "voc"])
def test_a_picture_that_is_gone_is_left_out_where_pictures_are_wanted(tmp_path, form):
    items = [item("p-1", boxes(CAT)), item("p-2", boxes(DOG))]
    gone = Drawn(gone=frozenset({"s3://photos/p-1.jpg"}))

    without = writers.write(items, form, tmp_path / "without", gone)
    tally = writers.write(items, form, tmp_path / "with", gone, with_images=True)

    assert (2, {}) == (without.written, without.left_out)
    assert (1, {NO_OBJECT: 1}) == (tally.written, tally.left_out)
    assert ["p-2"] == [path.name.rpartition("-")[0] for path in (tmp_path / "with").rglob("*.jpg")]


@pytest.mark.parametrize("form", ["jsonl", "coco", "yolo", "voc", "manifest"])
def test_an_export_of_nothing_is_one(tmp_path, form):
    tally = writers.write([], form, tmp_path / "out", Drawn())

    assert (0, True) == (tally.written, (tmp_path / "out").exists())


@pytest.mark.parametrize(
    "mask",
    [
        "not base64",
        "bm8gUE5H",
        png(Size(63, 48), {(0, 0): (44, 160, 44)}),
        png(SIZE, {(0, 0): (44, 160, 44)})[:60],
    ],
)
def test_a_mask_that_cannot_be_read_is_counted(tmp_path, mask):
    content = {
        "cells": {
            "instances": [{"label": "cell", "color": "#2ca02c"}],
            "labeledImage": {"pngImageData": mask},
            "inputImageProperties": SIZE._asdict(),
        }
    }

    tally = writers.write([item("p-1", content)], "coco", tmp_path / "out", Drawn())

    assert (1, {BAD_MASK: 1}) == (tally.written, tally.in_part)
    assert [] == json.loads((tmp_path / "out/annotations.json").read_text())["annotations"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("xml", "first", False, None), "There is no format 'xml': it is one of jsonl, coco, yolo, voc, parquet, manifest."),
        (("coco", "last", False, None), "There is no choice of answers 'last': it is one of first, each, prediction."),
        (("jsonl", "first", True, None), "jsonl has no place for pictures: coco, yolo, voc have."),
        (("coco", "first", False, "s3://b"), "coco refers to nothing that lies at s3://b: only a manifest does."),
        (("manifest", "first", False, "b/c"), "'b/c' is no place in S3: write s3://BUCKET/PREFIX."),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_of_a_format_is_said(asked, message):
    form, answers, with_images, at = asked

    with pytest.raises(writers.WrongExport) as refused:
        writers.check(form, answers, with_images=with_images, at=at)

    assert message == str(refused.value)


def test_parquet_without_pyarrow_says_how_to_get_it_and_leaves_nothing(tmp_path):
    with pytest.raises(MissingPackage) as missing:
        writers.write([FORM], "parquet", tmp_path / "out.parquet", Drawn())

    assert (
        "An export to Parquet needs pyarrow, which is not installed: pip install 'secondlook[export]'"
        == str(missing.value)
    )
    assert [] == list(tmp_path.iterdir())
