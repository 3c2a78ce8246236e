"""Shapes that are small or lie close to each other can be judged: what is painted of them, read from the canvases."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import Boxes, Open, Site, leave_checking, picture

pytestmark = pytest.mark.browser

Rect = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels of the surface."""

PEDESTRIANS = ["pedestrian walking", "pedestrian waiting", "pedestrian with dog"]

RECORD = """<script>
  window.texts = new Set();
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) { texts.add(text); return fillText.call(this, text, ...rest); };
</script>"""
"""Collects all that is written on canvases."""


def attributes(labels: list[str], shapes: list[dict[str, Any]]) -> str:
    return f"labels='{escape(json.dumps(labels))}' initial-value='{escape(json.dumps(shapes))}'"


def box(left: int, top: int, width: int, height: int, label: str = "car", **more: Any) -> dict[str, Any]:
    return {"label": label, "left": left, "top": top, "width": width, "height": height, **more}


CROWD = [
    box(
        150 + n * 37 % 300,
        100 + n * 53 % 120,
        18 + n % 4 * 7,
        50 + n % 3 * 20,
        PEDESTRIANS[n % 3],
        score=n / 40,
    )
    for n in range(40)
]


@dataclass
class Canvases:
    """The canvases over the picture of the tool on a page; places are in pixels of its surface, at a density of 1."""

    page: Page

    def settled(self) -> Canvases:
        """Once all that changed is painted."""
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return self

    def _run(self, body: str, argument: Any = None) -> Any:
        return self.page.evaluate(
            """([body, argument]) => {
              const root = [...document.querySelectorAll('*')].find((it) => it.shadowRoot?.querySelector('.surface')).shadowRoot;
              const rest = [...root.querySelectorAll('.rest')].find(({style}) => style.visibility !== 'hidden');
              return new Function('root', 'rest', 'front', 'argument', body)(root, rest, root.querySelector('.front'), argument);
            }""",
            [body, argument],
        )

    def front(self, x: int, y: int) -> tuple[int, int, int, int]:
        """What is painted of shapes that somebody is at."""
        return tuple(
            self._run("return [...front.getContext('2d').getImageData(...argument, 1, 1).data]", [x, y])
        )

    def is_front_free(self, left: int, top: int, right: int, bottom: int) -> bool:
        """Is nothing painted in front in this rectangle, of which the last row and column are not part?"""
        data = "front.getContext('2d').getImageData(...argument).data"
        return bool(
            self._run(f"return {data}.every((value) => value === 0)", [left, top, right - left, bottom - top])
        )

    @property
    def resting(self) -> str:
        """All that is painted of the others."""
        return str(self._run("return rest.toDataURL()"))

    @property
    def opacity(self) -> float:
        return float(self._run("return getComputedStyle(rest).opacity"))

    @property
    def label(self) -> Rect:
        """The dark rectangle of the label in front."""
        found = self._run(
            """const { width, height } = front;
            const { data } = front.getContext('2d').getImageData(0, 0, width, height);
            const isDark = (x, y) => { const at = 4 * (y * width + x); return data[at] === 20 && data[at + 1] === 23 && data[at + 2] === 28 && data[at + 3] === 255; };
            let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
            for (let y = 0; y < height; y += 1) {
              let run = 0;
              for (let x = 0; x <= width; x += 1) {
                if (x < width && isDark(x, y)) { run += 1; continue; }
                // Longer than the side of any handle.
                if (run > 24) [left, top, right, bottom] = [Math.min(left, x - run), Math.min(top, y), Math.max(right, x), Math.max(bottom, y + 1)];
                run = 0;
              }
            }
            return [left, top, right, bottom];"""
        )
        assert found[2] > found[0], "no label is painted"
        return tuple(found)

    @property
    def size(self) -> tuple[int, int]:
        return tuple(self._run("return [front.width, front.height]"))

    def place(self, editor: Boxes, point: tuple[float, float]) -> tuple[float, float]:
        """Where a point of the picture is on the surface."""
        x, y = editor.screen(point)
        surface = self._run("return root.querySelector('.surface').getBoundingClientRect().toJSON()")
        return x - surface["x"], y - surface["y"]


Editor = Callable[..., Boxes]


@pytest.fixture
def small(boxes: Editor, site: Site) -> Callable[..., tuple[Boxes, Canvases]]:
    """Opens a picture at its real size with these boxes, of which the first is selected."""

    def open_small(*shapes: dict[str, Any], **options: Any) -> tuple[Boxes, Canvases]:
        editor = boxes(attributes(["car", "person"], list(shapes)), **options)
        editor.press("r", "v", "Tab")
        return editor, Canvases(editor.page).settled()

    return open_small


TINY = box(300, 200, 6, 6)

PLACES = {
    "nw": (-1, -1), "n": (0, -1), "ne": (1, -1), "e": (1, 0), "se": (1, 1), "s": (0, 1), "sw": (-1, 1), "w": (-1, 0),
}  # fmt: skip


def changed(name: str, by: int) -> tuple[int, int, int, int]:
    """The tiny box after this handle of it was pulled outwards by so much."""
    across, down = PLACES[name]
    left, top = (300 - by if across < 0 else 300), (200 - by if down < 0 else 200)
    return left, top, 6 + by * abs(across), 6 + by * abs(down)


class TestSmallBox:
    def test_all_its_pixels_are_seen(self, small: Callable[..., tuple[Boxes, Canvases]]) -> None:
        editor, canvases = small(TINY)

        (left, top), (right, bottom) = (canvases.place(editor, point) for point in ((300, 200), (306, 206)))
        assert right - left == pytest.approx(6)
        assert canvases.is_front_free(int(left + 0.99), int(top + 0.99), int(right), int(bottom))
        assert canvases.front(int(left) - 1, int(top + 3))[3] == 255

    @pytest.mark.parametrize("name", PLACES)
    def test_each_handle_is_found_where_it_is_painted(
        self, small: Callable[..., tuple[Boxes, Canvases]], name: str
    ) -> None:
        editor, canvases = small(TINY)
        across, down = PLACES[name]
        # As far outside of the box as `shapes/handle-places.ts` has it for this size.
        handle = (303 + across * (3 + 8.4), 203 + down * (3 + 8.4))
        x, y = canvases.place(editor, handle)
        assert canvases.front(int(x), int(y)) == (255, 255, 255, 255)

        editor.drag(handle, (handle[0] + 20 * across, handle[1] + 20 * down))

        assert editor.rects == [changed(name, 20)]

    def test_its_inside_moves_it(self, small: Callable[..., tuple[Boxes, Canvases]]) -> None:
        editor, _ = small(TINY)

        editor.drag((301, 201), (331, 241))

        assert editor.rects == [(330, 240, 6, 6)]

    def test_a_finger_changes_it_too(self, small: Callable[..., tuple[Boxes, Canvases]]) -> None:
        editor, _ = small(TINY, has_touch=True)
        x, y = editor.screen((314.4, 214.4))
        session = editor.page.context.new_cdp_session(editor.page)

        for kind, points in [
            ("touchStart", [{"x": x, "y": y}]),
            ("touchMove", [{"x": x + 30, "y": y + 20}]),
            ("touchEnd", []),
        ]:
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        assert editor.rects == [(300, 200, 36, 26)]


def test_a_handle_that_is_grabbed_beside_its_middle_does_not_jump(
    small: Callable[..., tuple[Boxes, Canvases]],
) -> None:
    editor, _ = small(box(200, 100, 150, 120))

    editor.drag((353, 216), (363, 226))

    assert editor.rects == [(200, 100, 160, 130)]


def test_a_small_polygon_shows_its_vertices_and_is_changed_by_the_handles_around_it(open_page: Open) -> None:
    vertices = [{"x": x, "y": y} for x, y in [(300, 200), (306, 200), (306, 206), (300, 206)]]
    page = open_page(
        f"""<crowd-form><crowd-polygon id="paths" name="p" src="/picture.png" header="Draw"
        {attributes(["car"], [{"label": "car", "vertices": vertices}])}></crowd-polygon></crowd-form>"""
    )
    page.wait_for_function("paths.value?.inputImageProperties.width > 0")
    leave_checking(page, "crowd-polygon")
    for key in ("r", "v", "Tab"):
        page.keyboard.press(key)
    shown = page.evaluate(
        "paths.shadowRoot.querySelector('canvas.upper-canvas').getBoundingClientRect().toJSON()"
    )
    # From the middle through the last vertex and on.
    x, y = shown["x"] + 306 + 5.9, shown["y"] + 206 + 5.9

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 10, steps=3)
    page.mouse.up()

    (changed,) = page.evaluate("paths.value.polygons")
    assert [(vertex["x"], vertex["y"]) for vertex in changed["vertices"]] == [
        (300, 200), (306, 200), (326, 216), (300, 206),
    ]  # fmt: skip


@pytest.mark.parametrize("density", [1, 2])
def test_where_pixels_are_large_the_line_lies_along_the_outside_of_the_edge(
    boxes: Editor, site: Site, density: int
) -> None:
    site.bodies["/picture.png"] = picture((60, 40))
    editor = boxes(attributes(["car"], [box(20, 10, 4, 4)]), device_scale_factor=density)
    editor.press("v", "Tab")
    canvases = Canvases(editor.page).settled()
    assert editor.shown["width"] / 60 > 8

    (left, top), (right, bottom) = (
        [density * length for length in canvases.place(editor, point)] for point in ((20, 10), (24, 14))
    )
    # A quarter of the way, where no handle is.
    x, y = int(left + (right - left) / 4), int(top + (bottom - top) / 4)
    green = (0x2C, 0xA0, 0x2C, 255)
    # The pixels of the screen that lie next to the edge, wholly outside of the box; then those wholly inside.
    outside = [(int(left) - 1, y), (int(right + 0.999), y), (x, int(top) - 1), (x, int(bottom + 0.999))]
    assert [canvases.front(*at) for at in outside] == [green] * 4
    inside = [(int(left + 0.999), y), (int(right) - 1, y), (x, int(top + 0.999)), (x, int(bottom) - 1)]
    assert [canvases.front(*at) for at in inside] == [(0, 0, 0, 0)] * 4


class TestLabelOfTheSelected:
    @pytest.mark.parametrize(
        ("rect", "side"),
        [
            ((280, 190, 40, 40), "above"),
            ((280, 2, 40, 40), "below"),
            ((280, 0, 40, 400), "right"),
            ((545, 0, 50, 400), "left"),
            ((0, 300, 5, 5), "above"),
            ((595, 300, 5, 5), "above"),
        ],
    )
    def test_it_stands_beside_shape_and_handles_and_is_never_cut(
        self, boxes: Editor, rect: tuple[int, int, int, int], side: str
    ) -> None:
        editor = boxes(
            attributes(["pedestrian with umbrella"], [box(*rect, "pedestrian with umbrella", score=0.5)]),
            RECORD,
        )
        editor.press("v", "Tab")
        canvases = Canvases(editor.page).settled()

        left, top, right, bottom = canvases.label
        (x, y), (end, low) = (
            canvases.place(editor, point)
            for point in ((rect[0], rect[1]), (rect[0] + rect[2], rect[1] + rect[3]))
        )
        assert {
            "above": bottom < y - 4,
            "below": top > low + 4,
            "right": left > end + 4,
            "left": right < x - 4,
        }[side]
        width, height = canvases.size
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= height
        assert "pedestrian with umbrella 50%" in editor.page.evaluate("[...texts]")

    def test_a_label_that_is_longer_than_the_screen_wraps(self, boxes: Editor) -> None:
        long = "a pedestrian who waits at the light with a dog and an umbrella, seen from behind through a window"
        editor = boxes(
            attributes([long], [box(500, 300, 20, 20, long)]), RECORD, viewport={"width": 390, "height": 800}
        )
        editor.press("v", "Tab")
        canvases = Canvases(editor.page).settled()

        left, top, right, bottom = canvases.label
        assert 0 <= left < right <= canvases.size[0]
        assert bottom - top >= 2 * 16
        lines = editor.page.evaluate("[...texts]")
        assert long in " ".join(lines)
        assert long in (editor.page.locator("crowd-bounding-box .status").get_attribute("title") or "")

    def test_the_hovered_shape_says_all_of_its_label(self, boxes: Editor) -> None:
        editor = boxes(attributes(PEDESTRIANS, CROWD), RECORD)
        editor.press("v")
        editor.page.evaluate("texts.clear()")

        editor.page.mouse.move(*editor.screen((CROWD[7]["left"] + 3, CROWD[7]["top"] + 3)))
        canvases = Canvases(editor.page).settled()

        left, _, right, _ = canvases.label
        assert right - left > 100
        texts = editor.page.evaluate("[...texts]")
        assert len(texts) == 1
        assert texts[0].rpartition(" ")[0] in PEDESTRIANS


class TestOthers:
    def test_labels_that_begin_alike_are_told_apart(self, boxes: Editor) -> None:
        editor = boxes(attributes(PEDESTRIANS, CROWD), RECORD)
        Canvases(editor.page).settled()

        texts = set(editor.page.evaluate("[...texts]"))
        assert {"ped…wal", "ped…wai", "ped…wi"} <= texts
        assert not {text for text in texts if text.startswith("ped") and len(text) < 6}

    def test_they_are_faint_while_one_is_selected_and_back_at_once(self, boxes: Editor) -> None:
        editor = boxes(attributes(PEDESTRIANS, CROWD))
        canvases = Canvases(editor.page).settled()
        assert canvases.opacity == 1

        editor.press("v", "Tab")
        assert canvases.settled().opacity == pytest.approx(0.3)

        editor.press("Escape")
        assert canvases.settled().opacity == 1

    def test_they_are_faint_while_one_is_changed_and_not_while_one_is_drawn(self, boxes: Editor) -> None:
        editor = boxes(attributes(["car"], [box(100, 100, 80, 80)]))
        canvases = Canvases(editor.page)
        page = editor.page

        def drag(start: tuple[int, int], end: tuple[int, int]) -> float:
            page.mouse.move(*editor.screen(start))
            page.mouse.down()
            page.mouse.move(*editor.screen(end), steps=3)
            opacity = canvases.settled().opacity
            page.mouse.up()
            return opacity

        assert drag((300, 100), (360, 180)) == 1
        assert canvases.settled().opacity == 1, "whoever looks for what is missing sees what is there"
        editor.press("v")
        assert drag((330, 140), (340, 150)) == pytest.approx(0.3)
        assert canvases.settled().opacity == pytest.approx(0.3)
        editor.press("Escape")
        assert canvases.settled().opacity == 1

    def test_they_are_not_while_the_pointer_only_passes(self, boxes: Editor) -> None:
        editor = boxes(attributes(PEDESTRIANS, CROWD))
        editor.press("v")
        canvases = Canvases(editor.page)

        editor.page.mouse.move(*editor.screen((CROWD[7]["left"] + 3, CROWD[7]["top"] + 3)))

        assert canvases.settled().label
        assert canvases.opacity == 1

    def test_whoever_asks_for_contrast_sees_more_of_them(self, boxes: Editor) -> None:
        editor = boxes(attributes(PEDESTRIANS, CROWD), forced_colors="active")
        editor.press("v", "Tab")

        assert Canvases(editor.page).settled().opacity == pytest.approx(0.5)

    def test_nothing_of_them_moves_when_one_is_hovered_selected_and_let_go(self, boxes: Editor) -> None:
        editor = boxes(attributes(PEDESTRIANS, CROWD))
        editor.press("v")
        canvases = Canvases(editor.page).settled()
        before = canvases.resting

        for shape in CROWD[:9]:
            editor.page.mouse.move(*editor.screen((shape["left"] + 3, shape["top"] + 3)))
            canvases.settled()
        editor.page.mouse.move(*editor.screen((10, 10)))
        editor.press("Tab", "Tab", "Tab", "Escape")

        assert canvases.settled().resting == before

    def test_thousands_look_as_before_when_one_was_moved_and_moved_back(self, boxes: Editor) -> None:
        many = [box(n % 60 * 10, n // 60 * 10, 6 + n % 3, 6 + n % 2, PEDESTRIANS[n % 3]) for n in range(2000)]
        editor = boxes(attributes(PEDESTRIANS, many))
        editor.press("v")
        canvases = Canvases(editor.page).settled()
        before = canvases.resting

        editor.press("Tab", "Shift+ArrowDown", "Escape")
        assert canvases.settled().resting != before
        editor.press("Control+z", "Escape")

        # The tags follow in a painting behind what is seen, which takes some frames.
        for _ in range(200):
            if canvases.settled().resting == before:
                break
        assert canvases.resting == before
