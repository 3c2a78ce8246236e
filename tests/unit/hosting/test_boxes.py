from __future__ import annotations

from secondlook.hosting.runtimes.boxes import Box, answer


def test_boxes_are_whole_pixels_within_the_picture_best_first() -> None:
    boxes = [Box("dog", 0.51234, -3.4, 10.6, 99.5, 120.0), Box("cat", 0.9, 1, 2, 3, 4)]

    assert answer(boxes, 100, 80) == [
        {"id": "cat", "score": 0.9, "left": 1, "top": 2, "right": 3, "bottom": 4},
        {"id": "dog", "score": 0.5123, "left": 0, "top": 11, "right": 100, "bottom": 80},
    ]


def test_a_box_outside_the_picture_is_left_out() -> None:
    assert answer([Box("dog", 0.5, -30, 0, -1, 20), Box("dog", 0.5, 0, 81, 20, 90)], 100, 80) == []
