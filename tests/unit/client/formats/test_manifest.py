"""Ground Truth's augmented output manifest."""

from __future__ import annotations

import pytest
from PIL import Image

from secondlook.client.formats import writers
from secondlook.client.formats.annotations import Box, Choice, Reading
from secondlook.client.formats.manifest import BAD_MASK, NO_SOURCE
from secondlook.client.formats.pictures import NO_SIZE
from tests.formats import manifest
from tests.formats.making import CAT, DOG, SIZE, Drawn, boxes, item, png

SPANS = {"people": {"entities": [{"label": "person", "startOffset": 0, "endOffset": 3}]}}
MASK = {"labeledImage": {"pngImageData": png(SIZE, {(0, 0): (44, 160, 44)})}}


def the_line(tmp_path, one, **options):
    tally = writers.write([one], "manifest", tmp_path / "out", Drawn(), **options)
    (line,) = manifest.read(tmp_path / "out")

    assert 1 == tally.written
    return line


def common(by: str = "yes", at: str = "2026-11-27T09:32:00.000") -> dict:
    return {"job-name": "labeling-job/street", "human-annotated": by, "creation-date": at}


def test_boxes_are_an_object_detection(tmp_path):
    line = the_line(tmp_path, item("p-1", boxes(DOG, CAT), labels=("cat",)))

    assert {
        "source-ref": "s3://photos/p-1.jpg",
        "street": {
            "image_size": [{"width": 64, "height": 48, "depth": 3}],
            "annotations": [
                {"class_id": 1, "left": 30, "top": 0, "width": 34, "height": 48},
                {"class_id": 0, "left": 4, "top": 6, "width": 20, "height": 10},
            ],
        },
        "street-metadata": {
            "objects": [{"confidence": 0}, {"confidence": 0}],
            "class-map": {"1": "dog", "0": "cat"},
            "type": "groundtruth/object-detection",
            **common(),
        },
    } == line


def test_a_prediction_is_not_of_a_person_and_has_its_confidence(tmp_path):
    found = Reading(frozenset({"box"}), (Box("cat", 1, 2, 3, 4, 0.75),), {})

    metadata = the_line(tmp_path, item("p-1", prediction=found))["street-metadata"]

    assert [{"confidence": 0.75}] == metadata["objects"]
    assert common("no", "2026-11-27T09:30:00.250000").items() <= metadata.items()


@pytest.mark.parametrize(
    ("one", "name", "label", "kind"),
    [
        (item("p-1", {"it": {"label": "car"}}), "street-class", 0, "image-classification"),
        (item("p-1", {"it": {"labels": ["car", "van"]}}), "street-classes", [0, 1], "image-classification-multilabel"),
        (item("p-1", {"it": {"labels": []}}), "street-classes", [], "image-classification-multilabel"),
        (
            item("p-1", prediction=Reading(frozenset({"choice"}), (Choice(("car",), several=True, scores=(0.5,)),), {})),
            "street-classes",
            [0],
            "image-classification-multilabel",
        ),
        (item("p-1", {"it": {"label": "a"}}, uri=None, text="x"), "street-class", 0, "text-classification"),
        (
            item("p-1", SPANS, uri=None, text="Ada met Bob"),
            "street-entities",
            {"annotations": {"labels": [{"label": "person"}], **SPANS["people"]}},
            "text-span",
        ),
        (item("p-1", {"note": "x"}), "street-answer", {"note": "x"}, "custom"),
        (
            item("p-1", {"it": {"keypoints": [{"label": "a", "x": 1, "y": 2}]}}),
            "street-answer",
            {"it": {"keypoints": [{"label": "a", "x": 1, "y": 2}]}},
            "custom",
        ),
    ],
)  # fmt: skip
def test_each_kind_has_ground_truth_s_type(tmp_path, one, name, label, kind):
    line = the_line(tmp_path, one)

    assert label == line[name]
    assert f"groundtruth/{kind}" == line[f"{name}-metadata"]["type"]
    assert ({"source": one.text} if one.text else {"source-ref": one.uri}).items() <= line.items()


@pytest.mark.parametrize(
    ("regions", "name", "kind"),
    [
        ({"labelMappings": {"road": {"color": "#2ca02c"}}}, "street-mask-ref", "semantic-segmentation"),
        ({"instances": [{"label": "road", "color": "#2ca02c"}]}, "street-instances-ref", "custom"),
    ],
)
@pytest.mark.parametrize("at", [None, "s3://training/day-1/"])
def test_masks_are_files_that_the_manifest_refers_to(tmp_path, regions, name, kind, at):
    content = {"it": MASK | regions}
    writers.write([item("p-1", content)], "manifest", tmp_path / "out", Drawn(), at=at)
    (mask,) = (tmp_path / "out/masks").iterdir()
    with Image.open(mask) as painted:
        assert ("RGB", SIZE) == (painted.mode, painted.size)
        assert [(44, 160, 44), (255, 255, 255)] == [painted.getpixel(place) for place in ((0, 0), (1, 0))]
    if at is None:
        (line,) = manifest.read(tmp_path / "out")

        assert f"masks/{mask.name}" == line[name]
        assert f"groundtruth/{kind}" == line[f"{name}-metadata"]["type"]
        assert {"class-name": "road", "hex-color": "#2ca02c", "confidence": 0} == line[f"{name}-metadata"][
            "internal-color-map"
        ]["1"]
    else:
        assert f'"s3://training/day-1/masks/{mask.name}"' in (tmp_path / "out/output.manifest").read_text()


def test_what_a_manifest_cannot_hold_is_counted_by_why(tmp_path):
    items = [
        item("p-1", boxes(CAT), uri=None),
        item("p-2", {"it": {"boundingBoxes": []}}, size=None),
        item("p-3", {"it": {"labeledImage": {"pngImageData": "?"}, "labelMappings": {}}}),
    ]

    tally = writers.write(items, "manifest", tmp_path / "out", Drawn())

    assert {NO_SOURCE: 1, NO_SIZE: 1} == tally.left_out
    assert {BAD_MASK: 1} == tally.in_part
