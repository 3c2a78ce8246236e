"""Somebody who presses and drags anything, always the same: what they leave behind is an answer, and undo leads back from it."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.elements.fingers import Fingers

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Point = tuple[float, float]

LABELS = ["car", "person", "truck"]
BOXES = [
    {"label": "car", "left": left, "top": 100, "width": 60, "height": 50, "score": score}
    for left, score in ((100, 0.2), (250, 0.4), (400, 0.6))
]
POLYGONS = [
    {
        "label": "car",
        "vertices": [{"x": left, "y": 50}, {"x": left + 80, "y": 60}, {"x": left + 40, "y": 150}],
    }
    for left in (50, 200, 400)
]
SHAPE_KEYS = (
    "1 2 3 d v n Enter i e Shift+E j k Tab Escape ArrowLeft Shift+ArrowDown Alt+ArrowRight Control+ArrowUp Delete Backspace x q Space z h l u"
    " Shift+H g Control+a Control+c Control+v Control+d Control+z Control+y f + - F6"
)
MASK_KEYS = "b e a p g v y [ ] m Shift+M Shift+G n j k x 1 2 Enter Escape ArrowLeft Space z q Control+z Control+y h Delete l f"


class Monkey:
    """At a tool with the id `tool`; it presses and drags in pixels of the window."""

    def __init__(self, page: Page, keys: str, seed: int) -> None:
        self.page, self.keys, self.dice = page, keys.split(), random.Random(seed)
        page.wait_for_function("tool.value.inputImageProperties.width > 0")
        self.surface = page.locator("#tool .surface")
        self.fingers = Fingers(page, lambda point: point)

    @property
    def value(self) -> dict[str, Any]:
        value = json.loads(self.page.evaluate("JSON.stringify(tool.value)"))
        assert isinstance(value, dict)
        return value

    def place(self) -> Point:
        box = self.surface.bounding_box()
        assert box is not None
        return (
            box["x"] + self.dice.uniform(0.02, 0.98) * box["width"],
            box["y"] + self.dice.uniform(0.02, 0.98) * box["height"],
        )

    def act(self) -> None:
        acts = [self.key, self.click, self.drag, self.interrupted, self.touch, self.turn]
        self.dice.choices(acts, [8, 4, 4, 4, 1, 1])[0]()

    def key(self) -> None:
        self.page.keyboard.press(self.dice.choice(self.keys))

    def click(self) -> None:
        self.page.mouse.click(*self.place(), button=self.dice.choice(["left", "left", "left", "right"]))

    def drag(self) -> None:
        self.stroke(lambda: None)

    def interrupted(self) -> None:
        self.stroke(self.dice.choice([self.key, self.key, self.back, self.turn]))

    def back(self) -> None:
        self.page.keyboard.press("Control+z")

    def stroke(self, meanwhile: Callable[[], None]) -> None:
        mouse = self.page.mouse
        mouse.move(*self.place())
        mouse.down()
        mouse.move(*self.place(), steps=2)
        meanwhile()
        mouse.move(*self.place(), steps=2)
        mouse.up()

    def touch(self) -> None:
        first, second = self.place(), self.place()
        self.fingers.touch("touchStart", first)
        self.fingers.touch("touchMove", self.place())
        if self.dice.random() < 0.5:
            self.fingers.touch("touchStart", first, second)
        self.fingers.touch("touchEnd")

    def turn(self) -> None:
        self.page.mouse.wheel(0, self.dice.choice([-120, 120]))

    def rest(self) -> None:
        """Lets go of everything, wherever the focus is: of a path vertex by vertex."""
        status = self.page.locator("#tool [role=status]")
        while True:
            for _ in range(4):
                self.page.keyboard.press("Escape")
                self.page.evaluate("tool.focus()")
            if re.match(r"\d+ ", status.inner_text()) and "selected" not in status.inner_text():
                return

    def go(self, button: str) -> None:
        """Undo or redo, as often as there is something."""
        self.page.evaluate(
            """async (id) => {
                const button = tool.shadowRoot.getElementById(id);
                for (; !button.disabled; await tool.updateComplete) button.click();
            }""",
            button,
        )


def html(tag: str, initial: object) -> str:
    given = f"initial-value='{json.dumps(initial)}'" if initial else ""
    return f"""<crowd-form><{tag} id="tool" name="it" src="/picture.png" header="Anything" labels='{json.dumps(LABELS)}' {given}></{tag}></crowd-form>"""


def points(item: dict[str, Any]) -> list[tuple[Any, Any]]:
    if "left" in item:
        return [(item["left"], item["top"]), (item["left"] + item["width"], item["top"] + item["height"])]
    vertices = item.get("vertices", [item])
    return [(vertex["x"], vertex["y"]) for vertex in vertices if "x" in vertex]


@pytest.mark.parametrize(
    ("tag", "key", "initial", "keys"),
    [
        ("crowd-bounding-box", "boundingBoxes", BOXES, SHAPE_KEYS),
        ("crowd-polygon", "polygons", POLYGONS, SHAPE_KEYS),
        ("crowd-instance-segmentation", "instances", None, MASK_KEYS),
    ],
)
def test_whatever_is_done_leaves_an_answer_and_is_undone(
    open_page: Open, tag: str, key: str, initial: object, keys: str
) -> None:
    monkey = Monkey(open_page(html(tag, initial), has_touch=True), keys, seed=5)
    start = monkey.value

    for _ in range(3):
        for _ in range(12):
            monkey.act()
        monkey.rest()
        monkey.go("redo")
        end = monkey.value
        for item in end[key]:
            assert item["label"] in LABELS
            for x, y in points(item):
                assert (type(x), type(y)) == (int, int)
                assert (min(max(x, 0), 600), min(max(y, 0), 400)) == (x, y)
        status = monkey.page.locator("#tool [role=status]").inner_text()
        assert status.split(" ")[0] == str(len(end[key])), status

        monkey.go("undo")
        assert monkey.value == start
        monkey.go("redo")
        assert monkey.value == end
