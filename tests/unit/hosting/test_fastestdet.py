from __future__ import annotations

import math

import pytest

np = pytest.importorskip("numpy", reason="the extra secondlook[models] is not installed")
pytest.importorskip("PIL", reason="the extra secondlook[models] is not installed")

from secondlook.hosting.runtimes.onnx_detection import fastestdet  # noqa: E402

LABELS = ("cat", "dog")


def grid(*cells: tuple[int, int, list[float]]):
    output = np.zeros((7, 22, 22), np.float32)
    for row, column, numbers in cells:
        output[:, row, column] = numbers
    return output


def detections(output, floor: float = 0.25):
    return fastestdet.boxes(output, LABELS, floor=floor, overlap=0.45, width=220, height=440)


def test_a_cell_becomes_a_box_in_pixels() -> None:
    # Objectness 1, no offset, half the picture wide and high (the sigmoid of 0), class scores 0.04 and 0.81.
    [box] = detections(grid((11, 5, [1, 0, 0, 0, 0, 0.04, 0.81])))

    assert box.id == "dog"
    assert box.score == pytest.approx(0.81**0.4)
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx(
        (50 - 55, 220 - 110, 50 + 55, 220 + 110)
    )


def test_offsets_move_the_centre_by_less_than_a_cell() -> None:
    [box] = detections(grid((0, 0, [1, 9, -9, 0, 0, 1, 0])))

    assert ((box.left + box.right) / 2, (box.top + box.bottom) / 2) == pytest.approx((10, -20), abs=1e-3)


def test_objectness_and_class_weigh_six_to_four() -> None:
    [box] = detections(grid((3, 3, [0.5, 0, 0, 0, 0, 0.8, 0])))

    assert box.score == pytest.approx(math.pow(0.5, 0.6) * math.pow(0.8, 0.4))


def test_below_the_floor_nothing_is_found() -> None:
    assert detections(grid((3, 3, [0.5, 0, 0, 0, 0, 0.8, 0])), floor=0.61) == []


def test_of_two_overlapping_boxes_of_one_class_the_better_stays() -> None:
    output = grid((10, 10, [1, 0, 0, 0, 0, 0.9, 0]), (10, 11, [1, 0, 0, 0, 0, 0.8, 0]))

    assert [box.score for box in detections(output)] == [pytest.approx(0.9**0.4)]


def test_overlapping_boxes_of_two_classes_both_stay() -> None:
    output = grid((10, 10, [1, 0, 0, 0, 0, 0.9, 0]), (10, 11, [1, 0, 0, 0, 0, 0, 0.8]))

    assert [box.id for box in detections(output)] == ["cat", "dog"]


def test_labels_that_do_not_fit_the_model_are_refused() -> None:
    with pytest.raises(ValueError, match="the model answers 2 classes, but LABELS names 1"):
        fastestdet.boxes(grid(), ("cat",), floor=0.25, overlap=0.45, width=1, height=1)


def test_the_network_sees_blue_green_red_between_nought_and_one() -> None:
    picture = np.zeros((10, 20, 3), np.uint8)
    picture[:] = (255, 51, 0)

    planes = fastestdet.prepare(picture, 4, 2)

    assert planes.shape == (1, 3, 2, 4)
    assert planes.dtype == np.float32
    assert planes[0, :, 0, 0] == pytest.approx([0, 0.2, 1])
