"""How the editor shows pictures: drawings in their own size, animations still, transparent ones on white, the last one asked for."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page

from tests.pictures.kinds import moving
from tests.pictures.making import color_profile, oriented, saved

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]
Open = Callable[..., Page]

RED, WHITE = (255, 0, 0), (255, 255, 255)

NATURAL = """() => {
  const image = document.querySelector('crowd-bounding-box').shadowRoot.querySelector('img');
  return [image.naturalWidth, image.naturalHeight];
}"""


def shown(editor: Any) -> Image.Image:
    """The picture, as large as it stands on the screen."""
    editor.page.mouse.move(0, 0)
    rect = editor.shown
    taken = editor.page.screenshot(clip={side: rect[side] for side in ("x", "y", "width", "height")})
    return Image.open(io.BytesIO(taken)).convert("RGB")


def red_part(picture: Image.Image) -> tuple[float, ...]:
    """Left, top, right and bottom of what is red, as parts of the picture."""
    red, green, _ = picture.split()
    box = ImageChops.subtract(red, green).point(lambda value: 255 * (value > 128)).getbbox()
    assert box is not None
    return tuple(edge / side for edge, side in zip(box, picture.size * 2, strict=True))


def drawing(attributes: str) -> bytes:
    """An SVG with a red rectangle from a tenth to a third of its width, and from a tenth to a half of its height."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><rect width="100%" height="100%" fill="white"/>'
        '<rect x="10%" y="10%" width="25%" height="40%" fill="#f00"/></svg>'
    ).encode()


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="400" height="200"', (400, 200)),
        ('viewBox="0 0 400 200"', (300, 150)),
        ('viewBox="0 0 200 400"', (75, 150)),
        ('width="100%" height="100%" viewBox="0 0 200 400"', (75, 150)),
        ('width="100%" height="100%"', (300, 150)),
        ("", (300, 150)),
        ('width="200" viewBox="0 0 200 400"', (200, 400)),
        ('width="210mm" height="297mm" viewBox="0 0 210 297"', (794, 1123)),
    ],
)
def test_a_drawing_has_one_size_in_numbers_and_on_the_screen(
    boxes: Editor, site: Any, attributes: str, size: tuple[int, int]
) -> None:
    site.bodies["/picture.png"] = drawing(attributes)

    editor = boxes()

    width, height = size
    assert editor.value["inputImageProperties"] == {"height": height, "width": width}
    assert red_part(shown(editor)) == pytest.approx((0.1, 0.1, 0.35, 0.5), abs=0.02)
    editor.drag((0.1 * width, 0.1 * height), (0.35 * width, 0.5 * height))
    assert editor.rects[0] == pytest.approx((0.1 * width, 0.1 * height, 0.25 * width, 0.4 * height), abs=1)


@pytest.mark.parametrize(
    "movement",
    [
        '<animate attributeName="x" from="0" to="100" dur="2s" fill="freeze"/>',
        "<style>rect { animation: go 2s linear forwards } @keyframes go { to { transform: translateX(100px) } }</style>",
    ],
)
def test_a_drawing_that_moves_stands_still(boxes: Editor, site: Any, movement: str) -> None:
    site.bodies["/picture.png"] = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200">'
        f'<rect width="100" height="100" fill="#f00">{movement}</rect></svg>'
    ).encode()

    editor = boxes()

    loaded = editor.page.evaluate("document.timeline.currentTime")
    editor.page.wait_for_function(f"document.timeline.currentTime > {loaded} + 2000")

    assert editor.value["inputImageProperties"] == {"height": 200, "width": 400}
    assert red_part(shown(editor)) == pytest.approx((0, 0, 0.25, 0.5), abs=0.06)


@pytest.mark.parametrize(
    "look", [{"color_scheme": "dark"}, {"color_scheme": "light"}, {"forced_colors": "active"}], ids=str
)
def test_what_is_transparent_is_white(boxes: Editor, site: Any, look: dict[str, str]) -> None:
    site.bodies["/picture.png"] = saved("PNG", Image.new("RGBA", (600, 400)))

    assert shown(boxes(**look)).getpixel((30, 30)) == WHITE


def test_an_animation_stands_still_and_upright_also_in_a_tool_that_was_hidden(
    open_page: Open, site: Any
) -> None:
    site.bodies["/picture.png"] = moving("PNG", exif=oriented(6))
    page = open_page(
        """<crowd-form><div id="later" hidden>
        <crowd-bounding-box name="boxes" src="/picture.png" labels="['a']"></crowd-bounding-box></div></crowd-form>"""
    )

    page.wait_for_function(
        "document.querySelector('crowd-bounding-box').value.inputImageProperties.width > 0"
    )
    page.evaluate("later.hidden = false")
    page.wait_for_function(
        "document.querySelector('crowd-bounding-box').value.inputImageProperties.width === 600"
    )

    # The file itself says that it is 400 by 600 when it is turned: what is shown is not the file any more.
    assert page.evaluate(NATURAL) == [600, 400]


def test_a_jpeg_with_a_colour_profile_is_whole(boxes: Editor, site: Any) -> None:
    """As of phones. Its colours are converted when it is drawn, and what is rounded differs from one time to the next."""
    grey = Image.linear_gradient("L").resize((600, 400))
    colours = Image.merge(
        "RGB",
        [
            grey,
            Image.linear_gradient("L").rotate(90).resize((600, 400)),
            Image.radial_gradient("L").resize((600, 400)),
        ],
    )
    site.bodies["/picture.png"] = saved("JPEG", colours, quality=95, icc_profile=color_profile())

    editor = boxes()

    assert editor.value["inputImageProperties"] == {"height": 400, "width": 600}


def test_of_two_pictures_the_last_one_asked_for_is_shown(boxes: Editor, site: Any) -> None:
    site.bodies["/large.png"] = saved("BMP", Image.new("RGB", (3000, 2000)))
    site.bodies["/small.png"] = saved("PNG", Image.new("RGB", (30, 20), RED))
    editor = boxes()

    editor.tool("[tool.src = '/large.png', tool.src = '/small.png']")
    editor.page.wait_for_function(
        "document.querySelector('crowd-bounding-box').value.inputImageProperties.width === 30"
    )
    editor.page.wait_for_load_state("networkidle")

    assert editor.value["inputImageProperties"] == {"height": 20, "width": 30}
    assert shown(editor).getpixel((30, 30)) == RED


def test_a_picture_may_stand_in_the_address_itself(open_page: Open) -> None:
    inside = base64.b64encode(saved("PNG", Image.new("RGB", (30, 20)))).decode()
    page = open_page(
        f"""<crowd-form><crowd-bounding-box name="boxes" src="data:image/png;base64,{inside}" labels="['a']">
        </crowd-bounding-box></crowd-form>"""
    )

    page.wait_for_function(
        "document.querySelector('crowd-bounding-box').value.inputImageProperties.width === 30"
    )
