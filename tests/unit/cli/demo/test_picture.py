"""Before and after, side by side."""

from __future__ import annotations

from PIL import Image

from secondlook.cli.demo.picture import MARGIN, PALETTE, TITLE, before_and_after
from secondlook.cli.demo.subject import SAMPLES, Mark

HEAD = TITLE + 2 * MARGIN


def drawn(tmp_path, before, after):
    target = tmp_path / "new" / "picture.png"
    before_and_after(SAMPLES / "coffee.jpg", before, after, target)
    with Image.open(target) as opened:
        return opened.convert("RGB")


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def test_each_side_shows_its_own_marks_in_the_colour_of_their_label(tmp_path):
    scale = 640 / 600

    sheet = drawn(tmp_path, [Mark("cup", 100, 100, 200, 100, 0.8)], [Mark("spoon", 100, 100, 200, 100)])

    bottom = HEAD + int(200 * scale) - 1
    assert rgb(PALETTE[0]) == sheet.getpixel((MARGIN + int(200 * scale), bottom))
    assert rgb(PALETTE[1]) == sheet.getpixel((2 * MARGIN + 640 + int(200 * scale), bottom))


def test_marks_that_reach_over_the_edge_are_no_trouble(tmp_path):
    sheet = drawn(tmp_path, [Mark("cup", -50, -50, 900, 900)], [])

    assert (2 * 640 + 3 * MARGIN) == sheet.width
