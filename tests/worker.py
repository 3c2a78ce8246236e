"""A worker at a real Chromium: from the invitation to the submitted task."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page, sync_playwright

from tests.chromium import PATIENCE, launch_options

PASSWORD = "a few plain words"


@contextmanager
def browser_page(**options: Any) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        yield page
        browser.close()


def join(page: Page, invitation: str, name: str) -> None:
    """Use an invitation: choose a password, and be at the list of tasks."""
    page.goto(invitation)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/work")


def take(page: Page) -> FrameLocator:
    """Take the first task that the list offers; the page inside the frame."""
    page.get_by_role("button", name="Start working").first.click()
    page.wait_for_url("**/tasks/*")
    return page.frame_locator("iframe#page")


class BoxTool:
    """A `crowd-bounding-box` in a task page, in pixels of its picture."""

    def __init__(self, page: Page, frame: FrameLocator, picture_width: int) -> None:
        self._page = page
        self._width = picture_width
        self._canvas: Locator = frame.locator("crowd-bounding-box canvas.upper-canvas")
        self._frame = frame
        # It takes answers when it knows its picture.
        frame.locator("crowd-bounding-box").evaluate(
            """async (tool) => { while (!(tool.value?.inputImageProperties.width > 0)) await new Promise(requestAnimationFrame) }"""
        )
        # Where it has predictions it begins by going through them one by one; here somebody draws at once.
        if self.boxes and frame.locator("crowd-bounding-box[initial-value]").count() > 0:
            frame.locator("crowd-bounding-box #verify").evaluate(
                "(button) => button.ariaPressed === 'true' && button.click()"
            )

    def choose(self, label: str) -> None:
        self._frame.get_by_role("option", name=label, exact=False).first.click()

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self._page.mouse.move(*self._screen(start))
        self._page.mouse.down()
        self._page.mouse.move(*self._screen(end), steps=8)
        self._page.mouse.up()

    @property
    def boxes(self) -> list[dict[str, Any]]:
        """What the tool would answer now."""
        boxes: list[dict[str, Any]] = self._frame.locator("crowd-bounding-box").evaluate(
            "(tool) => tool.value.boundingBoxes"
        )
        return boxes

    def submit(self) -> None:
        self._frame.get_by_role("button", name="Submit").click()

    def _screen(self, point: tuple[float, float]) -> tuple[float, float]:
        shown = self._canvas.bounding_box()
        assert shown is not None
        scale = shown["width"] / self._width
        return shown["x"] + point[0] * scale, shown["y"] + point[1] * scale
