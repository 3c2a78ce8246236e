"""`crowd-2d-skeleton` of aws-samples: the template's own script defines it where it comes, ours where it does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import Site, leave_checking

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

CLASSES = [
    {"id": "1", "color": "#1f77b4", "label": "head", "x": 50, "y": 0},
    {"id": "2", "color": "#ff7f0e", "label": "hip", "x": 50, "y": 100},
    {"id": "3", "color": "#d62728", "label": "foot", "x": 0, "y": 200},
]
GIVEN = [
    {
        "name": "Ada",
        "annotations": [{"label": "head", "x": 300, "y": 100}, {"label": "hip", "x": 300, "y": 200}],
        "annotation_options": {"line_color": "#6a5acd", "editable": True},
    }
]


def skeleton(initial: str = "") -> str:
    return f"""<crowd-form id="task"><crowd-button form-action="submit" style="display: none"></crowd-button>
        <crowd-2d-skeleton id="it" imgSrc="/picture.png?signed" keypointClasses='{json.dumps(CLASSES)}'
        skeletonRig='[["head","hip"],["hip","foot","yellow"]]' skeletonBoundingBox='{{"left":0,"top":0,"right":100,"bottom":200}}'
        initialValues='{initial}'><div slot="instructions"><p>Mark everybody.</p></div></crowd-2d-skeleton></crowd-form>"""


class Skeletons:
    """A worker at it: points in pixels of the picture."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.wait_for_function("it.value?.inputImageProperties.width > 0")
        if page.evaluate("it.value.skeletons.length > 0"):
            leave_checking(page, "#it")

    @property
    def value(self) -> Any:
        return json.loads(self.page.evaluate("it.contribution()"))

    def joints(self, at: int = 0) -> dict[str, tuple[int, int]]:
        return {joint["label"]: (joint["x"], joint["y"]) for joint in self.value[at]["annotations"]}

    def screen(self, x: float, y: float) -> tuple[float, float]:
        shown = self.page.evaluate(
            "it.shadowRoot.querySelector('canvas.upper-canvas').getBoundingClientRect().toJSON()"
        )
        scale = shown["width"] / 600
        return shown["x"] + x * scale, shown["y"] + y * scale

    def click(self, x: float, y: float) -> None:
        self.page.mouse.click(*self.screen(x, y))

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*self.screen(*start))
        self.page.mouse.down()
        self.page.mouse.move(*self.screen(*end), steps=4)
        self.page.mouse.up()


def test_a_script_of_the_template_defines_it(open_page: Open, site: Site) -> None:
    """As its README loads it: fetched, and put into a module."""
    site.bodies["/crowd-2d-skeleton.js"] = (
        b"customElements.define('crowd-2d-skeleton', class extends HTMLElement {"
        b" connectedCallback() { this.attachShadow({mode: 'open'}).innerHTML = '<p>Theirs</p><slot name=instructions></slot>';"
        b" this.closest('crowd-form').addEventListener('submit', () => {"
        b" const field = document.createElement('input'); field.type = 'hidden'; field.name = 'updated_annotations'; field.value = '[1]';"
        b" this.closest('crowd-form').append(field); this.closest('crowd-form').reset(); }); } });"
    )
    page = open_page(
        f"""<script>(async () => {{
            const response = await fetch('/crowd-2d-skeleton.js');
            const script = document.createElement('script');
            script.type = 'module';
            script.text = await response.text();
            document.head.appendChild(script);
        }})();</script>{skeleton()}"""
    )

    expect(page.get_by_text("Theirs")).to_be_visible()
    page.evaluate("task.submit()")
    expect(page.locator("#answers-box")).to_contain_text('"updated_annotations": "[1]"')


def test_ours_comes_where_the_template_brings_none(open_page: Open) -> None:
    Skeletons(open_page(skeleton()))


def test_ours_comes_where_the_script_of_the_template_does_not(open_page: Open, site: Site) -> None:
    site.bodies["/gone/crowd-2d-skeleton.js"] = None

    Skeletons(open_page(f'<script type="module" src="/gone/crowd-2d-skeleton.js"></script>{skeleton()}'))


def test_untouched_it_hands_in_what_it_was_given(open_page: Open, answer: Callable[[Page], Any]) -> None:
    worker = Skeletons(open_page(skeleton(json.dumps(GIVEN))))

    worker.page.get_by_label("No changes needed").check()
    worker.page.get_by_role("button", name="Submit").click()

    expect(worker.page.locator("#answers-box")).to_be_visible()
    handed_in = answer(worker.page)
    assert (
        json.loads(handed_in["updated_annotations"]) == json.loads(handed_in["original_annotations"]) == GIVEN
    )
    assert int(handed_in.pop("total_time_in_seconds")) >= 0
    assert {key: value for key, value in handed_in.items() if not key.endswith("annotations")} == {
        "image_name": "picture.png",
        "image_s3_uri": "/picture.png?signed",
        "no_changes_needed": "true",
    }


def test_what_else_a_skeleton_has_is_answered_as_it_came(open_page: Open) -> None:
    issues = [{"reason": "the hip is hidden"}]
    given = [{**GIVEN[0], "annotation_issues": issues, "annotation_options": {"editable": True}}]

    worker = Skeletons(open_page(skeleton(json.dumps(given))))

    assert worker.value == given


def test_a_drag_draws_a_whole_skeleton(open_page: Open) -> None:
    worker = Skeletons(open_page(skeleton()))

    worker.drag((100, 100), (200, 300))

    assert worker.joints() == {"head": (150, 100), "hip": (150, 200), "foot": (100, 300)}
    assert worker.value[0]["name"] == "Skeleton 1"


def test_clicks_put_one_keypoint_after_another_into_the_skeleton(open_page: Open) -> None:
    worker = Skeletons(open_page(skeleton()))

    for place in ((100, 100), (100, 200), (150, 300)):
        worker.click(*place)

    assert worker.joints() == {"head": (100, 100), "hip": (100, 200), "foot": (150, 300)}
    worker.click(400, 100)
    assert len(worker.value) == 2


def test_keypoints_and_skeletons_are_moved_and_deleted(open_page: Open) -> None:
    worker = Skeletons(open_page(skeleton(json.dumps(GIVEN))))
    worker.click(300, 150)
    worker.drag((300, 200), (320, 220))
    assert worker.joints() == {"head": (300, 100), "hip": (320, 220)}

    worker.drag((310, 160), (330, 160))
    assert worker.joints() == {"head": (320, 100), "hip": (340, 220)}

    worker.click(320, 100)
    worker.page.keyboard.press("Delete")
    assert worker.joints() == {"hip": (340, 220)}
    worker.page.keyboard.press("Control+z")
    worker.page.keyboard.press("Escape")
    worker.page.keyboard.press("Escape")
    worker.page.keyboard.press("Tab")
    worker.page.keyboard.press("Delete")
    assert worker.value == []


def test_everything_goes_by_the_keyboard(open_page: Open) -> None:
    worker = Skeletons(open_page(skeleton()))
    worker.page.keyboard.press("n")
    before = worker.joints()
    for key in ("2", "Shift+ArrowRight"):
        worker.page.keyboard.press(key)

    x, y = before["hip"]
    assert worker.joints() == {**before, "hip": (x + 10, y)}
    assert worker.page.locator("#it [role=status]").inner_text().endswith(f"hip at {x + 10}, {y}, selected")


def test_the_draft_holds_it(open_page: Open) -> None:
    worker = Skeletons(open_page(skeleton()))
    worker.page.keyboard.press("n")
    joints = worker.joints()

    worker.page.evaluate(
        "(state) => { it.reset(); it.restoreState(state); }", worker.page.evaluate("it.saveState()")
    )

    assert worker.joints() == joints


def test_axe_finds_nothing(open_page: Open, violations: Callable[[Page], list[str]]) -> None:
    worker = Skeletons(open_page(skeleton(json.dumps(GIVEN))))

    assert violations(worker.page) == []
