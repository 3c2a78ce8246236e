"""Sides and vertices that snap to the edges of what is seen on the picture."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import Site

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]

LABELS = """labels='["car"]'"""


def scene(size: tuple[int, int] = (600, 400), **options: Any) -> bytes:
    """A bright square from (200, 100) to (320, 220) of a size of 600 by 400, on a dark ground; larger pictures have a larger one."""
    scale = size[0] // 600
    image = Image.new("RGB", size, (60, 60, 60))
    image.paste((220, 220, 220), (200 * scale, 100 * scale, 320 * scale, 220 * scale))
    out = io.BytesIO()
    image.save(out, **{"format": "PNG", **options})
    return out.getvalue()


@pytest.fixture(autouse=True)
def with_scene(site: Site) -> None:
    site.bodies["/picture.png"] = scene()


def test_a_box_snaps_to_edges_only_while_that_is_on(boxes: Editor) -> None:
    editor = boxes(LABELS)
    button = editor.page.locator("crowd-bounding-box #snap")
    expect(button).to_have_attribute("aria-pressed", "false")

    editor.drag((202, 98), (318, 222))
    assert editor.rects == [(202, 98, 116, 124)]
    editor.press("Delete", "g")
    expect(button).to_have_attribute("aria-pressed", "true")
    editor.drag((202, 98), (318, 222))
    assert editor.rects == [(200, 100, 120, 120)]
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_a_side_snaps_where_it_is_dragged_to_and_a_click_on_it_moves_nothing(boxes: Editor) -> None:
    editor = boxes(
        """labels='["car"]' initial-value='[{"label": "car", "left": 203, "top": 120, "width": 60, "height": 60}]'"""
    )
    editor.press("g", "v")
    editor.click((230, 150))

    editor.click((203, 150))
    assert editor.rects == [(203, 120, 60, 60)]
    editor.click((230, 150))
    editor.drag((263, 150), (317, 150))
    assert editor.rects == [(203, 120, 117, 60)]
    editor.drag((230, 150), (233, 150))
    assert editor.rects == [(203 + 3, 120, 117, 60)], "a box that is moved does not snap"


def test_a_stroke_from_a_side_of_the_selected_box_snaps_where_it_begins_too(boxes: Editor) -> None:
    editor = boxes(
        """labels='["car"]' initial-value='[{"label": "car", "left": 203, "top": 102, "width": 90, "height": 90}]'"""
    )
    editor.press("g")
    editor.click((230, 150))

    editor.drag((203, 120), (317, 222))

    assert editor.rects[1] == (200, 120, 120, 100), "between its handles a side is none while strokes draw"


def test_vertices_snap_as_they_are_put_and_moved(open_page: Callable[..., Page]) -> None:
    page = open_page(
        f"<crowd-form><crowd-polygon name='it' src='/picture.png' {LABELS}></crowd-polygon></crowd-form>"
    )
    value = "document.querySelector('crowd-polygon').value"
    page.wait_for_function(f"{value}.inputImageProperties.width > 0")
    page.keyboard.press("g")

    def screen(x: float, y: float) -> tuple[float, float]:
        shown = page.locator("crowd-polygon canvas.upper-canvas").bounding_box()
        assert shown is not None
        return shown["x"] + x * shown["width"] / 600, shown["y"] + y * shown["height"] / 400

    for x, y in [(198, 102), (322, 98), (318, 222)]:
        page.mouse.click(*screen(x, y))
    page.mouse.click(*screen(200, 100))

    vertices = page.evaluate(f"{value}.polygons[0].vertices")
    assert vertices == [{"x": 200, "y": 100}, {"x": 320, "y": 100}, {"x": 320, "y": 220}]
    page.mouse.move(*screen(320, 220))
    page.mouse.down()
    page.mouse.move(*screen(203, 218), steps=3)
    page.mouse.up()
    assert page.evaluate(f"{value}.polygons[0].vertices[2]") == {"x": 200, "y": 220}


def test_the_picture_is_read_as_it_is_stored_whatever_its_orientation_and_resolution(
    site: Site, boxes: Editor
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    site.bodies["/picture.png"] = scene(format="JPEG", exif=exif, quality=95, dpi=(300, 300))
    editor = boxes(LABELS)
    assert editor.value["inputImageProperties"] == {"height": 400, "width": 600}
    editor.press("g")

    editor.drag((202, 98), (318, 222))

    assert editor.rects == [(200, 100, 120, 120)]


def test_a_very_large_picture_snaps_too(site: Site, boxes: Editor) -> None:
    site.bodies["/picture.png"] = scene((12000, 8000), format="JPEG", quality=60)
    editor = boxes(LABELS)
    editor.press("g")

    editor.drag((4040, 1960), (6360, 4440))

    assert editor.rects == [(4000, 2000, 2400, 2400)]


def test_where_pixels_may_not_be_read_the_button_says_so(boxes: Editor) -> None:
    editor = boxes(LABELS)
    editor.page.evaluate(
        """() => {
          CanvasRenderingContext2D.prototype.getImageData = () => {
            throw new DOMException('The canvas has been tainted by cross-origin data.', 'SecurityError');
          };
        }"""
    )

    editor.press("g")
    editor.drag((202, 98), (318, 222))

    button = editor.page.locator("crowd-bounding-box #snap")
    expect(button).to_be_disabled()
    expect(button).to_have_attribute(
        "title", "Snap to edges of the picture: the pixels of this picture may not be read (G)"
    )
    assert editor.rects == [(202, 98, 116, 124)]


SEALED = """<svg xmlns='http://www.w3.org/2000/svg' width='600' height='400'><rect width='600' height='400' fill='grey'/>
<foreignObject width='100' height='100'><p xmlns='http://www.w3.org/1999/xhtml'>Words</p></foreignObject></svg>"""


def test_the_picture_after_one_whose_pixels_may_not_be_read_is_snapped_to(boxes: Editor) -> None:
    editor = boxes(LABELS)
    button = editor.page.locator("crowd-bounding-box #snap")
    editor.page.evaluate(
        "(svg) => document.querySelector('crowd-bounding-box').setAttribute('src', `data:image/svg+xml,${encodeURIComponent(svg)}`)",
        SEALED,
    )
    editor.press("g")
    expect(button).to_be_disabled()

    editor.tool("tool.setAttribute('src', '/picture.png')")
    expect(button).to_be_enabled()
    editor.page.wait_for_function(
        "document.querySelector('crowd-bounding-box').value.inputImageProperties.width > 0"
    )
    editor.drag((202, 98), (318, 222))

    assert editor.rects == [(200, 100, 120, 120)]


def test_points_have_no_sides_to_snap(open_page: Callable[..., Page]) -> None:
    page = open_page(
        f"<crowd-form><crowd-keypoint name='it' src='/picture.png' {LABELS}></crowd-keypoint></crowd-form>"
    )

    expect(page.locator("crowd-keypoint #select")).to_be_visible()
    expect(page.locator("crowd-keypoint #snap")).to_have_count(0)
