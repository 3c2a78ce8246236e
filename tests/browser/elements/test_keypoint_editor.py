"""A worker at a `crowd-keypoint`: points by mouse, keyboard and finger. What every tool does is in the other files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import leave_checking

pytestmark = pytest.mark.browser


class Keypoints:
    """A worker at a `crowd-keypoint`: points in pixels of the picture."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.wait_for_function("joints.value?.inputImageProperties.width > 0")

    @property
    def value(self) -> list[tuple[str, int, int]]:
        points: list[dict[str, Any]] = self.page.evaluate("joints.value.keypoints")
        return [(point["label"], point["x"], point["y"]) for point in points]

    @property
    def status(self) -> str:
        return self.page.locator("crowd-keypoint [role=status]").inner_text()

    def screen(self, x: float, y: float) -> tuple[float, float]:
        """Where the middle of a pixel is on screen."""
        shown = self.page.evaluate(
            "joints.shadowRoot.querySelector('canvas.upper-canvas').getBoundingClientRect().toJSON()"
        )
        scale = shown["width"] / 600
        return shown["x"] + (x + 0.5) * scale, shown["y"] + (y + 0.5) * scale

    def click(self, x: float, y: float) -> None:
        self.page.mouse.click(*self.screen(x, y))

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*self.screen(*start))
        self.page.mouse.down()
        self.page.mouse.move(*self.screen(*end), steps=4)
        self.page.mouse.up()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


@pytest.fixture
def joints(open_page: Callable[..., Page]) -> Callable[..., Keypoints]:
    def open_keypoints(attributes: str = "", **options: Any) -> Keypoints:
        editor = Keypoints(
            open_page(
                f"""<crowd-form><crowd-keypoint id="joints" name="joints" src="/picture.png" header="Mark the joints"
                labels="['elbow', 'knee']" {attributes}></crowd-keypoint></crowd-form>""",
                **options,
            )
        )
        if editor.value:
            leave_checking(editor.page, "#joints")
        return editor

    return open_keypoints


GIVEN = """initial-value="[{label: 'elbow', x: 100, y: 100}, {label: 'knee', x: 300, y: 200, score: 0.5}]" """


def test_a_click_names_the_pixel_under_it_and_a_digit_the_last_one(joints: Callable[..., Keypoints]) -> None:
    editor = joints()
    editor.click(120, 80)
    editor.click(599, 399)
    editor.press("2")

    assert editor.value == [("elbow", 120, 80), ("knee", 599, 399)]


def test_a_keypoint_is_dragged_and_the_step_undone(joints: Callable[..., Keypoints]) -> None:
    editor = joints(GIVEN)
    editor.drag((100, 100), (150, 90))
    assert editor.value[0] == ("elbow", 150, 90)
    assert len(editor.value) == 2

    editor.press("Control+z")

    assert editor.value[0] == ("elbow", 100, 100)
    assert editor.page.evaluate("joints.value.initialValueModified") is False


def test_a_click_on_a_keypoint_selects_it_and_a_key_changes_its_label(
    joints: Callable[..., Keypoints],
) -> None:
    editor = joints(GIVEN)
    editor.click(100, 100)
    assert editor.status == "Keypoint 1 of 2, elbow, at 100, 100, selected"

    editor.press("2")

    assert editor.value[0] == ("knee", 100, 100)


def test_shift_and_a_click_put_one_upon_another(joints: Callable[..., Keypoints]) -> None:
    editor = joints(GIVEN)
    editor.page.keyboard.down("Shift")
    editor.click(101, 100)
    editor.page.keyboard.up("Shift")

    assert editor.value[2] == ("elbow", 101, 100)


def test_everything_goes_by_the_keyboard(joints: Callable[..., Keypoints]) -> None:
    editor = joints(GIVEN)
    editor.press("Tab", "Tab")
    assert editor.status == "Keypoint 2 of 2, knee 50%, at 300, 200, selected"

    editor.press("Shift+ArrowRight", "ArrowUp")
    assert editor.value[1] == ("knee", 310, 199)
    editor.press("Control+ArrowRight")
    assert editor.value[1] == ("knee", 310, 199)
    editor.press("Delete", "n")

    assert editor.value == [("elbow", 100, 100), ("elbow", 300, 200)]


def test_the_help_says_what_keys_do_here(joints: Callable[..., Keypoints]) -> None:
    editor = joints()
    editor.press("?")
    help_ = editor.page.get_by_role("dialog", name="Keyboard shortcuts")

    expect(help_).to_contain_text("Draw: every click makes a keypoint")
    expect(help_).not_to_contain_text("Resize")


def test_what_cannot_be_shown_is_said(joints: Callable[..., Keypoints]) -> None:
    editor = joints("""initial-value="[{label: 'elbow', x: 700, y: 1}, {label: 'elbow', x: 1}]" """)

    expect(editor.page.locator("crowd-keypoint .remark")).to_contain_text(
        "Given keypoints: left out: 1 outside the picture, 1 that cannot be read."
    )


def test_a_finger_puts_a_keypoint(joints: Callable[..., Keypoints]) -> None:
    editor = joints(has_touch=True, viewport={"width": 390, "height": 844})
    editor.page.touchscreen.tap(*editor.screen(300, 200))

    ((_, x, y),) = editor.value
    assert (abs(x - 300) <= 1, abs(y - 200) <= 1) == (True, True)


def test_keys_go_to_one_tool_of_a_page(open_page: Callable[..., Page]) -> None:
    page = open_page(
        """<crowd-form><crowd-keypoint id="joints" name="joints" src="/picture.png" labels="['elbow']"></crowd-keypoint>
        <crowd-bounding-box id="boxes" name="boxes" src="/picture.png" labels="['car']"></crowd-bounding-box></crowd-form>"""
    )
    for tool in ("joints", "boxes"):
        page.wait_for_function(f"{tool}.value.inputImageProperties.width > 0")

    page.evaluate("document.activeElement.blur()")

    page.keyboard.press("n")
    assert page.evaluate("[joints.value.keypoints.length, boxes.value.boundingBoxes.length]") == [1, 0]
    page.locator("crowd-bounding-box .surface").press("n")
    assert page.evaluate("[joints.value.keypoints.length, boxes.value.boundingBoxes.length]") == [1, 1]
