"""A worker at the segmentation tools: strokes by mouse, keyboard and finger, masks that a template gives, and the PNG that comes of it.

Pictures are compared pixel by pixel, as Pillow reads them. What every element must do is in `test_conformance.py`.
"""

from __future__ import annotations

import io
import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageCms
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import OpenMasks, Site, leave_checking, mask, picture
from tests.browser.elements.masks import BLUE, GREEN, LABELS, ORANGE
from tests.element_cases import MASK, Painted

pytestmark = pytest.mark.browser

GIVEN = "{src: '/mask.png', labelMappings: {road: {color: '#2ca02c'}, sky: {color: '#1f77b4'}}}"


def given(value: str) -> str:
    return f'{LABELS} initial-value="{value}"'


def disc(x: float, y: float, diameter: int) -> Image.Image:
    """The pixels whose middle is no further from a point than the radius of a brush."""
    image = Image.new("1", (600, 400))
    for row in range(400):
        for column in range(600):
            near = (column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2 <= (diameter / 2) ** 2
            if near:
                image.putpixel((column, row), 1)
    return image


def painted(image: Image.Image) -> Image.Image:
    return image.getchannel("A").point(lambda alpha: 255 if alpha else 0, "1")


def test_a_click_of_the_brush_paints_a_disc_to_the_pixel(masks: OpenMasks) -> None:
    worker = masks()

    worker.click(200, 150)

    assert set(worker.colors()) == {GREEN}
    assert painted(worker.image).tobytes() == disc(200, 150, 24).tobytes()
    assert worker.value["labelMappings"] == {"road": {"color": "#2ca02c"}}


def test_unlabelled_pixels_are_transparent_and_white(masks: OpenMasks) -> None:
    worker = masks()

    assert worker.image.getcolors() == [(600 * 400, (255, 255, 255, 0))]


def test_later_strokes_lie_over_earlier_ones_and_the_eraser_takes_from_all(masks: OpenMasks) -> None:
    worker = masks()
    worker.drag((100, 100), (300, 100))
    worker.press("2")
    worker.drag((200, 50), (200, 150))
    worker.press("e")
    worker.drag((100, 100), (300, 100))

    assert set(worker.colors()) == {BLUE}
    assert worker.image.getpixel((200, 60)) == BLUE
    assert worker.pixel(200, 100)[3] == 0


def test_undo_redo_and_the_size_of_the_brush(masks: OpenMasks) -> None:
    worker = masks()
    worker.click(200, 150)
    small = worker.colors()[GREEN]
    worker.press("Control+z")
    assert worker.colors() == {}

    worker.press("]", "]")
    worker.click(200, 150)
    assert worker.colors()[GREEN] > small
    worker.page.locator("#tool button#undo").click()
    worker.page.locator("#tool button#redo").click()

    assert worker.colors()[GREEN] > small


def test_a_polygon_is_filled_by_enter_and_not_submitted_before(masks: OpenMasks) -> None:
    worker = masks()
    worker.press("p")
    for corner in [(100, 100), (200, 100), (200, 150), (100, 150)]:
        worker.click(*corner)
    worker.page.evaluate("task.submit()")
    expect(worker.page.get_by_text("A polygon is not filled").first).to_be_visible()
    worker.press("Enter")

    assert worker.colors() == {GREEN: 100 * 50}
    assert worker.image.getbbox(alpha_only=True) == (100, 100, 200, 150)


def test_a_polygon_can_be_drawn_freely_and_closed_at_its_first_corner(masks: OpenMasks) -> None:
    worker = masks()
    worker.press("p")
    worker.drag((100, 100), (200, 100), (200, 200), (100, 200))
    worker.click(101, 101)

    assert worker.image.getpixel((150, 150)) == GREEN
    assert worker.pixel(150, 210)[3] == 0


def test_undo_takes_corners_back_before_strokes(masks: OpenMasks) -> None:
    worker = masks()
    worker.click(300, 300)
    worker.press("p")
    worker.click(100, 100)
    worker.click(200, 100)
    expect(worker.page.locator("#tool [role=status]")).to_have_text("Polygon with 2 corners")
    worker.press("Control+z", "Backspace")
    assert set(worker.colors()) == {GREEN}
    worker.press("Control+z")

    assert worker.colors() == {}


def test_with_the_keyboard_alone_a_mask_is_painted_selected_and_relabelled(masks: OpenMasks) -> None:
    worker = masks()
    worker.press("ArrowRight", "Shift+ArrowUp")
    worker.page.keyboard.down(" ")
    worker.press("Shift+ArrowRight", "Shift+ArrowRight")
    worker.page.keyboard.up(" ")
    line = worker.image.getbbox(alpha_only=True)
    assert line is not None
    assert line[2] - line[0] > line[3] - line[1] == 24

    worker.press("Tab")
    expect(worker.page.locator("#tool [role=status]")).to_contain_text("Area 1 of 1, road")
    worker.press("2")

    assert set(worker.colors()) == {BLUE}
    worker.press("Delete")
    assert worker.colors() == {}


def test_with_the_keyboard_alone_a_polygon_is_filled(masks: OpenMasks) -> None:
    worker = masks()
    worker.press("p", "ArrowRight", " ", "Shift+ArrowRight", " ", "Shift+ArrowDown", " ", "Enter")

    assert worker.colors()[GREEN] > 100


def test_a_finger_paints_and_two_fingers_enlarge_without_a_trace(masks: OpenMasks) -> None:
    worker = masks(has_touch=True)
    session = worker.page.context.new_cdp_session(worker.page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        places = [dict(zip("xy", worker.screen(*point), strict=True)) for point in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    touch("touchStart", (100, 100))
    touch("touchMove", (200, 100))
    touch("touchEnd")
    line = worker.image.getbbox(alpha_only=True)
    assert line == (88, 88, 212, 112)

    width = worker.page.evaluate(
        "tool.shadowRoot.querySelector('.upper-canvas').getBoundingClientRect().width"
    )
    touch("touchStart", (280, 250))
    touch("touchStart", (280, 250), (320, 250))
    touch("touchMove", (230, 250), (370, 250))
    touch("touchEnd")

    worker.page.wait_for_function(
        "(width) => tool.shadowRoot.querySelector('.upper-canvas').getBoundingClientRect().width > width",
        arg=width,
    )
    assert worker.image.getbbox(alpha_only=True) == line


def test_each_stroke_after_n_is_another_instance_of_the_chosen_label(instances: OpenMasks) -> None:
    worker = instances()
    worker.click(100, 100)
    worker.click(130, 100)
    worker.press("n")
    worker.click(200, 100)
    worker.press("n", "2")
    worker.click(300, 100)

    assert worker.value["instances"] == [
        {"color": "#2ca02c", "label": "road"},
        {"color": "#1f77b4", "label": "road"},
        {"color": "#ff7f0e", "label": "sky"},
    ]
    assert set(worker.colors()) == {GREEN, BLUE, ORANGE}


def test_instances_are_listed_and_selected_there(instances: OpenMasks) -> None:
    worker = instances()
    worker.click(100, 100)
    worker.page.get_by_role("button", name="Add instance").click()
    worker.click(200, 100)
    worker.page.locator("#tool .region").first.click()
    expect(worker.page.locator("#tool [role=status]")).to_contain_text("Instance 1 of 2, road")
    worker.click(300, 100)

    assert len(worker.value["instances"]) == 2
    assert worker.image.getpixel((300, 100)) == GREEN


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def given_mask() -> Image.Image:
    return Image.open(io.BytesIO(mask()))


def on_white() -> Image.Image:
    white = Image.new("RGBA", (600, 400), "white")
    white.alpha_composite(given_mask())
    return white.convert("RGB")


FILES: dict[str, Callable[[], bytes]] = {
    "with alpha": mask,
    "colours on white": lambda: saved(on_white(), "PNG"),
    "a palette": lambda: saved(on_white().quantize(8, dither=Image.Dither.NONE), "PNG"),
    "with a profile of other colours": lambda: saved(
        on_white(), "PNG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    ),
    "lossless WebP": lambda: saved(on_white(), "WEBP", lossless=True),
    "BMP": lambda: saved(on_white(), "BMP"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_given_mask_is_read_to_the_pixel_whatever_its_file(masks: OpenMasks, site: Site, name: str) -> None:
    site.bodies["/mask.png"] = FILES[name]()

    worker = masks(given(GIVEN)).loaded()

    assert Painted(600, 400, MASK) == worker.value["labeledImage"]["pngImageData"]
    assert worker.value["initialValueModified"] is False


def test_a_grey_mask_has_regions_by_its_levels(masks: OpenMasks, site: Site) -> None:
    levels = Image.new("L", (600, 400))
    levels.paste(1, (0, 0, 300, 400))
    levels.paste(2, (300, 0, 600, 400))
    site.bodies["/mask.png"] = saved(levels, "PNG")

    worker = masks(
        given("{src: '/mask.png', labelMappings: {road: {color: '#010101'}, sky: {color: '#020202'}}}")
    ).loaded()

    assert worker.colors() == {(1, 1, 1, 255): 300 * 400, (2, 2, 2, 255): 300 * 400}


def test_an_earlier_answer_is_a_mask_too(masks: OpenMasks) -> None:
    answer = {
        "labelMappings": {"road": {"color": "#2ca02c"}, "sky": {"color": "#1f77b4"}},
        "labeledImage": {"pngImageData": b64encode(mask()).decode()},
    }

    worker = masks(f"{LABELS} initial-value='{json.dumps(answer)}'").loaded()

    assert Painted(600, 400, MASK) == worker.value["labeledImage"]["pngImageData"]


def test_a_mask_of_another_size_is_stretched_and_said_to_be(masks: OpenMasks, site: Site) -> None:
    site.bodies["/mask.png"] = saved(given_mask().resize((60, 40), Image.Resampling.NEAREST), "PNG")

    worker = masks(given(GIVEN)).loaded()

    assert Painted(600, 400, MASK) == worker.value["labeledImage"]["pngImageData"]
    assert worker.value["initialValueModified"] is True
    expect(worker.page.get_by_text("pixels and was stretched to the")).to_be_visible()


def test_colours_that_stand_for_nothing_are_said_to_be_left_out(masks: OpenMasks) -> None:
    worker = masks(given("{src: '/mask.png', labelMappings: {road: {color: '#2ca02c'}}}")).loaded()

    assert worker.colors() == {GREEN: 150 * 400}
    expect(
        worker.page.get_by_text("25 % of the given mask has colours that stand for no label")
    ).to_be_visible()


def test_a_mask_that_does_not_come_can_be_asked_for_again(masks: OpenMasks, site: Site) -> None:
    site.bodies["/mask.png"] = None
    worker = masks(given(GIVEN))
    expect(worker.page.get_by_text("could not be loaded: its server answered 403")).to_be_visible()
    worker.page.evaluate("task.submit()")
    expect(worker.page.get_by_text("The mask is not there yet.")).to_be_visible()

    site.bodies["/mask.png"] = mask()
    worker.page.get_by_role("button", name="Try again").click()

    assert Painted(600, 400, MASK) == worker.loaded().value["labeledImage"]["pngImageData"]


def test_a_damaged_mask_says_so(masks: OpenMasks, site: Site) -> None:
    site.bodies["/mask.png"] = mask()[:-40]

    worker = masks(given(GIVEN))

    expect(worker.page.get_by_text("is damaged")).to_be_visible()


def test_a_draft_survives_a_mask_that_comes_after_it(masks: OpenMasks, site: Site) -> None:
    worker = masks(given(GIVEN)).loaded()
    worker.press("2")
    worker.click(450, 200)
    draft, answer = worker.page.evaluate("tool.saveState()"), worker.value

    site.bodies["/mask.png"] = None
    later = masks(given(GIVEN))
    later.page.evaluate("(draft) => tool.restoreState(draft)", draft)
    site.bodies["/mask.png"] = mask()
    later.page.get_by_role("button", name="Try again").click()
    later.page.wait_for_function("tool.value.initialValueModified")
    expect(later.page.get_by_text("Try again")).to_be_hidden()

    assert later.value == answer


def test_labels_that_a_script_brings_later_work_as_templates_use_them(masks: OpenMasks) -> None:
    worker = masks(given(GIVEN)).loaded()

    worker.page.evaluate("tool.labels = []")
    assert worker.value["labelMappings"] == {}
    worker.page.evaluate("tool.labels = tool.labels.concat(['tree'])")
    worker.press("g")
    worker.click(500, 200)
    worker.page.evaluate("tool.labels = tool.labels.concat(['sky'])")

    assert worker.value["labelMappings"] == {"sky": {"color": "#1f77b4"}, "tree": {"color": "#2ca02c"}}
    assert worker.page.evaluate("tool.store.getState().label.labels.tree.color") == "#2ca02c"


def test_hidden_labels_are_part_of_the_answer_and_shown_again_when_painted(masks: OpenMasks) -> None:
    worker = masks(given(GIVEN)).loaded()
    worker.press("h")
    expect(worker.page.locator("#tool [role=status]")).to_contain_text("2 hidden")
    assert Painted(600, 400, MASK) == worker.value["labeledImage"]["pngImageData"]

    worker.click(450, 200)

    expect(worker.page.locator("#tool [role=status]")).to_contain_text("1 hidden")


def test_the_value_stays_the_same_object_until_the_work_changes(masks: OpenMasks) -> None:
    worker = masks()
    worker.click(100, 100)
    worker.page.evaluate("tool.value.extra = 7")
    worker.press("e", "h", "h")
    assert worker.value["extra"] == 7

    worker.click(100, 100)

    assert "extra" not in worker.value


def test_what_a_self_closed_tool_swallows_is_shown_after_it_and_collected(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(
        f"""<crowd-form id="task"><crowd-semantic-segmentation id="tool" name="it" src="/picture.png" {LABELS} />
        <p>Anything else?</p><input name="note" value="no"></crowd-form>"""
    )

    expect(page.get_by_text("Anything else?")).to_be_visible()
    assert page.evaluate("JSON.parse(task._serializeForm().taskAnswers)[0].note") == "no"


def test_hostile_labels_are_text(masks: OpenMasks) -> None:
    hostile = ["<img src=x onerror=alert(1)>", "\"';--", "👩‍👩‍👧", "__proto__"]

    worker = masks(f"labels='{json.dumps(hostile).replace(chr(39), '&#39;')}'")
    worker.press("4")
    worker.click(100, 100)

    assert list(worker.value["labelMappings"]) == ["__proto__"]
    assert worker.page.locator("#tool .label-button .name").all_inner_texts() == hostile


def test_ten_thousand_instances_and_labels_stay_workable(instances: OpenMasks, site: Site) -> None:
    colors = [f"#{number + 1:06x}" for number in range(10_000)]
    picture_of_all = Image.new("RGB", (600, 400))
    for number in range(10_000):
        picture_of_all.paste(
            colors[number], (number % 600, number // 600, number % 600 + 1, number // 600 + 1)
        )
    site.bodies["/mask.png"] = saved(picture_of_all, "PNG")
    things = [{"color": color, "label": "road"} for color in colors]

    worker = instances(
        f"{LABELS} initial-value='{json.dumps({'src': '/mask.png', 'instances': things})}'"
    ).loaded("instances")
    leave_checking(worker.page, "#tool")
    worker.click(300, 300)

    assert len(worker.value["instances"]) == 10_001
    expect(worker.page.get_by_text("9,901 more")).to_be_visible()
    worker.page.evaluate("tool.labels = Array.from({length: 10000}, (_, n) => `label ${n}`)")
    assert worker.value["instances"] == []


def test_a_large_picture_is_answered_in_its_own_size(masks: OpenMasks, site: Site) -> None:
    site.bodies["/picture.png"] = picture((4000, 3000))

    worker = masks()
    worker.drag((1000, 1000), (3000, 2000))

    assert worker.image.size == (4000, 3000)
    assert worker.image.getpixel((2000, 1500)) == GREEN
