"""Decoders of detectors: numbers written by hand whose boxes are known, and the same numbers out of real ONNX models."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

for needed in ("numpy", "onnxruntime", "PIL"):
    pytest.importorskip(needed, reason="the extra secondlook[models] is not installed")

import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

from secondlook.hosting.errors import StartFailed  # noqa: E402
from secondlook.hosting.instances.kinds.local.process import Launch, runtime_command  # noqa: E402
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance  # noqa: E402
from secondlook.hosting.logs.log import Log  # noqa: E402
from secondlook.hosting.runtimes.boxes import Box  # noqa: E402
from secondlook.hosting.runtimes.onnx_detection.decoders import (  # noqa: E402
    DECODERS,
    Input,
    Outputs,
    chosen,
    fastestdet,
    nanodet,
    tensorflow,
    yolo,
)
from secondlook.hosting.runtimes.onnx_detection.finds import Finds, boxes  # noqa: E402
from secondlook.hosting.runtimes.onnx_detection.views import View, letter_boxed, stretched  # noqa: E402
from tests.onnx_models import answering  # noqa: E402

from .conftest import invoke  # noqa: E402

LABELS = ("cat", "dog")
SQUARE = Input(64, 64)


def png(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "grey").save(file, "PNG")
    return file.getvalue()


def corners(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


# FastestDet


def grid(*cells: tuple[int, int, list[float]]) -> Outputs:
    output = np.zeros((1, 7, 22, 22), np.float32)
    for row, column, numbers in cells:
        output[0, :, row, column] = numbers
    return {"out": output}


def detections(outputs: Outputs, floor: float = 0.25) -> list[Box]:
    """In a picture of 220 by 440."""
    size = Input(352, 352)
    finds = fastestdet.finds(outputs, size, len(LABELS))
    return boxes(finds, View(352 / 220, 352 / 440), LABELS, floor=floor, overlap=0.45)


def test_a_cell_becomes_a_box_in_pixels() -> None:
    # Objectness 1, no offset, half the picture wide and high (the sigmoid of 0), class scores 0.04 and 0.81.
    [box] = detections(grid((11, 5, [1, 0, 0, 0, 0, 0.04, 0.81])))

    assert box.id == "dog"
    assert box.score == pytest.approx(0.81**0.4)
    assert corners(box) == pytest.approx((50 - 55, 220 - 110, 50 + 55, 220 + 110), abs=1e-3)


def test_offsets_move_the_centre_by_less_than_a_cell() -> None:
    [box] = detections(grid((0, 0, [1, 9, -9, 0, 0, 1, 0])))

    assert ((box.left + box.right) / 2, (box.top + box.bottom) / 2) == pytest.approx((10, -20), abs=1e-3)


def test_objectness_and_class_weigh_six_to_four() -> None:
    [box] = detections(grid((3, 3, [0.5, 0, 0, 0, 0, 0.8, 0])))

    assert box.score == pytest.approx(math.pow(0.5, 0.6) * math.pow(0.8, 0.4))


def test_below_the_floor_nothing_is_found() -> None:
    assert detections(grid((3, 3, [0.5, 0, 0, 0, 0, 0.8, 0])), floor=0.61) == []


def test_of_two_overlapping_boxes_of_one_class_the_better_stays() -> None:
    outputs = grid((10, 10, [1, 0, 0, 0, 0, 0.9, 0]), (10, 11, [1, 0, 0, 0, 0, 0.8, 0]))

    assert [box.score for box in detections(outputs)] == [pytest.approx(0.9**0.4)]


def test_overlapping_boxes_of_two_classes_both_stay() -> None:
    outputs = grid((10, 10, [1, 0, 0, 0, 0, 0.9, 0]), (10, 11, [1, 0, 0, 0, 0, 0, 0.8]))

    assert [box.id for box in detections(outputs)] == ["cat", "dog"]


def test_labels_that_do_not_fit_the_model_are_refused() -> None:
    with pytest.raises(ValueError, match="the model answers 2 classes, but LABELS names 1"):
        fastestdet.finds(grid(), Input(352, 352), 1)


def test_fastestdet_sees_blue_green_red_between_nought_and_one() -> None:
    picture = np.zeros((10, 20, 3), np.uint8)
    picture[:] = (255, 51, 0)

    planes, view = fastestdet.prepare(picture, Input(4, 2))

    assert planes.shape == (1, 3, 2, 4)
    assert planes.dtype == np.float32
    assert planes[0, :, 0, 0] == pytest.approx([0, 0.2, 1])
    assert view == View(4 / 20, 2 / 10)


# NanoDet


def distribution(*distances: float) -> list[float]:
    """Four distributions, as logarithms, whose means are these distances of 0 to 7 strides."""
    numbers: list[float] = []
    for distance in distances:
        weights = np.full(8, 1e-9)
        whole = min(int(distance), 6)
        weights[whole], weights[whole + 1] = 1 - (distance - whole) + 1e-9, distance - whole + 1e-9
        numbers += np.log(weights).tolist()
    return numbers


def nanodet_plus(cells: Mapping[int, list[float]]) -> Outputs:
    output = np.zeros((1, 64 + 16 + 4 + 1, 2 + 32), np.float32)
    for cell, numbers in cells.items():
        output[0, cell] = numbers
    return {"output": output}


def test_nanodet_plus_measures_from_the_corner_of_a_cell() -> None:
    # The second cell of the third row of the grid of stride 16, which comes after the 64 cells of stride 8.
    outputs = nanodet_plus({64 + 2 * 4 + 1: [0.1, 0.7, *distribution(0.5, 1, 2, 1.25)]})

    [box] = boxes(nanodet.finds(outputs, SQUARE, 2), View(2, 1), LABELS, floor=0.25, overlap=0.6)

    assert box.id == "dog"
    assert box.score == pytest.approx(0.7)
    assert corners(box) == pytest.approx(((16 - 8) / 2, 32 - 16, (16 + 32) / 2, 32 + 20), abs=1e-3)


def test_nanodet_measures_from_the_middle_of_a_cell() -> None:
    outputs: dict[str, np.ndarray] = {}
    for stride, cells in ((8, 64), (16, 16), (32, 4)):
        outputs[f"cls_pred_stride_{stride}"] = np.zeros((1, cells, 2), np.float32)
        outputs[f"dis_pred_stride_{stride}"] = np.zeros((1, cells, 32), np.float32)
    outputs["cls_pred_stride_32"][0, 3] = [0.9, 0.2]
    outputs["dis_pred_stride_32"][0, 3] = distribution(1, 0.5, 0.25, 0.5)

    [box] = boxes(nanodet.finds(outputs, SQUARE, 2), View(1, 1), LABELS, floor=0.25, overlap=0.6)

    assert box.id == "cat"
    assert corners(box) == pytest.approx((48 - 32, 48 - 16, 48 + 8, 48 + 16), abs=1e-3)


def test_nanodet_sees_blue_green_red_as_imagenet_has_them() -> None:
    picture = np.zeros((8, 8, 3), np.uint8)
    picture[:] = (255, 100, 0)

    planes, _ = nanodet.prepare(picture, Input(8, 8))

    assert planes[0, :, 0, 0] == pytest.approx(
        [-103.53 / 57.375, (100 - 116.28) / 57.12, (255 - 123.675) / 58.395]
    )


def test_nanodet_with_other_grids_is_refused() -> None:
    with pytest.raises(ValueError, match=r"of NanoDet one output .* the first has the shape \(84, 34\)"):
        nanodet.finds({"output": np.zeros((1, 84, 34), np.float32)}, Input(32, 64), 2)


# TensorFlow


def listed(*rows: tuple[float, float, list[float]]) -> Outputs:
    """Score, class from 1, and top, left, bottom, right; the rest of the list is empty."""
    places, scores, classes = (np.zeros(shape, np.float32) for shape in ((1, 5, 4), (1, 5), (1, 5)))
    for number, (score, class_, place) in enumerate(rows):
        scores[0, number], classes[0, number], places[0, number] = score, class_, place
    return {
        "detection_boxes:0": places,
        "detection_classes:0": classes,
        "detection_scores:0": scores,
        "num_detections:0": np.asarray([len(rows)], np.float32),
    }


def test_tensorflow_lists_parts_of_the_picture_and_counts_classes_from_one() -> None:
    outputs = listed((0.9, 2, [0.25, 0.5, 0.5, 1]), (0.8, 1, [0, 0, 0.5, 0.5]), (0.7, 17, [0, 0, 1, 1]))

    finds = tensorflow.finds(outputs, Input(300, 200), 2)
    dog, cat = boxes(finds, View(1, 2), LABELS, floor=0.25, overlap=0.6)

    assert [dog.id, cat.id] == ["dog", "cat"]
    assert dog.score == pytest.approx(0.9)
    assert corners(dog) == pytest.approx((150, 25, 300, 50))
    assert corners(cat) == pytest.approx((0, 0, 150, 50))


def test_tensorflow_sees_the_picture_as_it_is() -> None:
    picture = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)

    seen, view = tensorflow.prepare(picture, Input(3, 2))

    assert seen.dtype == np.uint8
    assert (seen[0] == picture).all()
    assert view == View(1, 1)


# YOLO


@pytest.mark.parametrize("version", [5, 8])
def test_yolo_has_centres_and_sizes(version: int) -> None:
    candidates = np.zeros((30, 4 + 2 + (version == 5)), np.float32)
    candidates[7] = [32, 16, 20, 8, *([0.5] if version == 5 else []), 0.2, 0.8]
    output = candidates if version == 5 else candidates.T

    finds = yolo.finds({"output0": output[np.newaxis]}, SQUARE, 2)
    [box] = boxes(finds, View(0.5, 0.5, left=0, top=8), LABELS, floor=0.25, overlap=0.6)

    assert box.id == "dog"
    assert box.score == pytest.approx(0.4 if version == 5 else 0.8)
    assert corners(box) == pytest.approx((44, 8, 84, 24))


def test_a_letter_boxed_picture_keeps_its_shape() -> None:
    laid, view = letter_boxed(np.full((50, 100, 3), 200, np.uint8), 64, 64)

    assert (laid[:16] == 114).all()
    assert (laid[16:48] == 200).all()
    assert (laid[48:] == 114).all()
    assert view == View(0.64, 0.64, 0, 16)
    assert view.in_picture(np.asarray([[0, 16, 64, 48]], np.float32))[0] == pytest.approx([0, 0, 100, 50])


# What all share


def test_a_stretched_picture_fills_the_input() -> None:
    laid, view = stretched(np.full((50, 100, 3), 200, np.uint8), 64, 32)

    assert laid.shape == (32, 64, 3)
    assert view.in_picture(np.asarray([[0, 0, 64, 32]], np.float32))[0] == pytest.approx([0, 0, 100, 50])


def test_what_is_no_number_is_no_find() -> None:
    places = np.asarray([[0, 0, 9, 9], [0, 0, np.nan, 9], [0, 0, np.inf, 9]], np.float32)
    finds = Finds(np.zeros(3, np.intp), np.asarray([np.nan, 0.9, 0.9], np.float32), places)

    assert boxes(finds, View(1, 1), LABELS, floor=0.1, overlap=0.5) == []


def test_noise_is_judged_in_bounded_work() -> None:
    chance = np.random.default_rng(1)
    places = chance.uniform(0, 600, (200_000, 2)).astype(np.float32)
    finds = Finds(
        np.zeros(200_000, np.intp),
        chance.uniform(0.5, 1, 200_000).astype(np.float32),
        np.concatenate([places, places + 1], axis=1),
    )

    assert 0 < len(boxes(finds, View(1, 1), LABELS, floor=0.25, overlap=0.5)) <= 3000


EXAMPLES: Mapping[str, tuple[Outputs, Input]] = {
    "fastestdet": (grid((11, 11, [1, 0, 0, 0, 0, 0.04, 0.81])), Input(352, 352)),
    "nanodet": (nanodet_plus({0: [0.1, 0.9, *distribution(0, 0, 4, 4)]}), SQUARE),
    "tensorflow": (listed((0.9, 2, [0.25, 0.25, 0.75, 0.75])), SQUARE),
    "yolo": ({"output0": np.tile(np.asarray([[32, 32, 32, 32, 0, 0.9]], np.float32).T, (1, 1, 30))}, SQUARE),
}


@pytest.mark.parametrize("name", DECODERS)
def test_the_outputs_tell_the_kind(name: str) -> None:
    outputs, size = EXAMPLES[name]

    assert chosen(None, outputs, size, 2) is DECODERS[name]
    assert chosen(name, {}, size, 2) is DECODERS[name]


def test_outputs_that_no_decoder_reads_are_refused_with_the_table() -> None:
    with pytest.raises(
        ValueError, match=r"no decoder fits .*odd \(1, 3\).* There are tensorflow: outputs called"
    ):
        chosen(None, {"odd": np.zeros((1, 3), np.float32)}, SQUARE, 2)
    with pytest.raises(
        ValueError, match="DECODER is 'ssd', and there are tensorflow, nanodet, yolo, fastestdet"
    ):
        chosen("ssd", {}, SQUARE, 2)


# Real models


Start = Callable[..., LocalInstance]


@pytest.fixture
def start(tmp_path: Path, request: pytest.FixtureRequest) -> Start:
    def start(
        outputs: Outputs, size: Input | None, *, layout: str = "NCHW", **environment: str
    ) -> LocalInstance:
        (tmp_path / "model.onnx").write_bytes(answering(outputs, size, layout))
        launch = Launch(
            runtime_command("onnx_detection"), {"LABELS": ",".join(LABELS), **environment}, tmp_path
        )
        process = LocalInstance(lambda: launch, Log(tmp_path / "detector.log"))
        request.addfinalizer(process.stop)
        process.start()
        process.ready()
        return process

    return start


@pytest.mark.parametrize("name", DECODERS)
def test_a_model_of_each_kind_is_served(start: Start, name: str) -> None:
    outputs, size = EXAMPLES[name]
    process = start(outputs, size, layout="NHWC" if name == "tensorflow" else "NCHW")

    status, body = invoke(process, png(80, 40), Content_Type="image/png")

    assert status == 200
    [box] = json.loads(body)
    assert box["id"] == "dog"
    places = {
        "fastestdet": (22, 11, 62, 31),  # half as large as the picture, about the middle of the cell
        "nanodet": (0, 0, 40, 20),
        "tensorflow": (20, 10, 60, 30),
        "yolo": (20, 0, 60, 40),  # letter-boxed: 64 pixels are the 80 of the wider side
    }
    assert [box[side] for side in ("left", "top", "right", "bottom")] == pytest.approx(places[name], abs=3)


def test_a_model_that_takes_any_size_gets_the_picture_as_it_is(start: Start) -> None:
    process = start(EXAMPLES["tensorflow"][0], None, layout="NHWC")

    for width, height in ((80, 40), (33, 77)):
        status, body = invoke(process, png(width, height), Content_Type="image/png")
        [box] = json.loads(body)
        assert status == 200
        assert [box["left"], box["bottom"]] == pytest.approx([width / 4, 3 * height / 4], abs=1)


@pytest.mark.parametrize(
    ("outputs", "environment", "reason"),
    [
        ({"odd": np.zeros((1, 3), np.float32)}, {}, "no decoder fits what the model answers"),
        (EXAMPLES["fastestdet"][0], {"LABELS": "cat"}, "answers 2 classes, but LABELS names 1"),
        (EXAMPLES["fastestdet"][0], {"DECODER": "yolo"}, "of YOLO one output of 1 by"),
        (EXAMPLES["fastestdet"][0], {"DECODER": "ssd"}, "DECODER is 'ssd', and there are"),
    ],
)
def test_a_model_that_cannot_be_read_does_not_start(
    start: Start, outputs: Outputs, environment: dict[str, str], reason: str
) -> None:
    with pytest.raises(StartFailed, match=reason):
        start(outputs, SQUARE, **environment)


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.onnx").write_bytes(b"no model")
    launch = Launch(runtime_command("onnx_detection"), {"LABELS": "cat"}, tmp_path)
    process = LocalInstance(lambda: launch, Log(tmp_path / "detector.log"))
    process.start()
    try:
        with pytest.raises(StartFailed, match=r"broken\.onnx is no ONNX model that can be run"):
            process.ready()
    finally:
        process.stop()
