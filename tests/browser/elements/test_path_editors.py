"""A worker at `crowd-polygon`, `crowd-polyline` and `crowd-line`: vertices by mouse, keyboard and finger."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import leave_checking
from tests.browser.elements.fingers import Fingers

pytestmark = pytest.mark.browser

Vertices = list[tuple[int, int]]


class Paths:
    """A worker at one of the tools: points in pixels of the picture."""

    def __init__(self, page: Page, tag: str) -> None:
        self.page = page
        self.key = f"{tag.removeprefix('crowd-')}s"
        page.wait_for_function("paths.value?.inputImageProperties.width > 0")

    @property
    def value(self) -> list[tuple[str, Vertices]]:
        paths: list[dict[str, Any]] = self.page.evaluate(f"paths.value.{self.key}")
        return [
            (path["label"], [(vertex["x"], vertex["y"]) for vertex in path["vertices"]]) for path in paths
        ]

    @property
    def vertices(self) -> Vertices:
        ((_, vertices),) = self.value
        return vertices

    @property
    def status(self) -> str:
        return self.page.locator("#paths [role=status]").inner_text()

    def screen(self, x: float, y: float) -> tuple[float, float]:
        shown = self.page.evaluate(
            "paths.shadowRoot.querySelector('canvas.upper-canvas').getBoundingClientRect().toJSON()"
        )
        scale = shown["width"] / 600
        return shown["x"] + x * scale, shown["y"] + y * scale

    def click(self, *points: tuple[float, float]) -> None:
        for point in points:
            self.page.mouse.click(*self.screen(*point))

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*self.screen(*start))
        self.page.mouse.down()
        self.page.mouse.move(*self.screen(*end), steps=4)
        self.page.mouse.up()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


Open = Callable[..., Paths]


@pytest.fixture
def open_paths(open_page: Callable[..., Page]) -> Open:
    def open_tool(tag: str, attributes: str = "", **options: Any) -> Paths:
        page = open_page(
            f"""<crowd-form id="task"><{tag} id="paths" name="paths" src="/picture.png" header="Outline the roofs"
            labels="['roof', 'yard']" {attributes}></{tag}></crowd-form>""",
            **options,
        )
        paths = Paths(page, tag)
        if "initial-value" in attributes:
            leave_checking(page, "#paths")
        return paths

    return open_tool


TRIANGLE = [(100, 100), (300, 100), (300, 250)]
SQUARE = [(100, 100), (300, 100), (300, 300), (100, 300)]


def given(*vertices: tuple[int, int], label: str = "roof") -> str:
    points = [{"x": x, "y": y} for x, y in vertices]
    return f"initial-value='{json.dumps([{'label': label, 'vertices': points}])}'"


@pytest.mark.parametrize("end", ["first", "double click", "Enter"])
def test_clicks_draw_a_polygon_until_it_is_closed(open_paths: Open, end: str) -> None:
    editor = open_paths("crowd-polygon")
    editor.press("2")
    editor.click(*TRIANGLE)
    assert editor.value == []

    if end == "Enter":
        editor.press("Enter")
    else:
        editor.click({"first": (101, 101), "double click": TRIANGLE[-1]}[end])

    assert editor.value == [("yard", TRIANGLE)]


def test_a_polyline_may_cross_itself_and_a_line_ends_with_its_second_point(open_paths: Open) -> None:
    polyline = open_paths("crowd-polyline")
    knot = [(100, 100), (300, 300), (300, 100), (100, 300)]
    polyline.click(*knot)
    polyline.press("Enter")
    assert polyline.value == [("roof", knot)]

    line = open_paths("crowd-line")
    line.click((100, 100), (300, 300))
    line.drag((400, 50), (550, 350))
    assert line.value == [("roof", [(100, 100), (300, 300)]), ("roof", [(400, 50), (550, 350)])]


def test_edges_of_a_polygon_that_would_cross_are_refused_in_words(open_paths: Open) -> None:
    editor = open_paths("crowd-polygon")
    editor.click(*TRIANGLE, (200, 50))

    assert editor.status == "Polygon with 3 vertices: its edges may not cross"
    editor.click((100, 250), (100, 100))

    assert editor.value == [("roof", [*TRIANGLE, (100, 250)])]


@pytest.mark.parametrize("key", ["Escape", "Backspace", "Control+z"])
def test_the_last_vertex_is_taken_back(open_paths: Open, key: str) -> None:
    editor = open_paths("crowd-polyline")
    editor.click((100, 100), (200, 200), (300, 50))
    editor.press(key)
    assert editor.status.startswith("Polyline with 2 vertices")

    editor.click((400, 300))
    editor.press("Enter")

    assert editor.vertices == [(100, 100), (200, 200), (400, 300)]


def test_what_is_not_finished_is_not_handed_in_unseen(open_paths: Open) -> None:
    editor = open_paths("crowd-polygon")
    editor.click(*SQUARE)
    editor.press("Enter")
    editor.click((400, 100), (500, 100))
    editor.page.get_by_role("button", name="Submit").click()

    expect(editor.page.locator("#paths [role=alert]")).to_contain_text("A polygon is not finished")
    editor.press("Escape", "Escape")
    editor.page.get_by_role("button", name="Submit").click()

    expect(editor.page.locator("#answers-box")).to_be_visible()


def test_what_is_not_finished_is_in_the_draft(open_paths: Open) -> None:
    editor = open_paths("crowd-polygon")
    editor.click(*TRIANGLE)

    editor.page.evaluate("paths.restoreState(paths.saveState())")
    editor.press("Enter")

    assert editor.value == [("roof", TRIANGLE)]


def test_vertices_are_moved_inserted_and_deleted_with_the_mouse(open_paths: Open) -> None:
    editor = open_paths("crowd-polygon", given(*SQUARE))
    editor.click((100, 250))
    editor.drag((300, 300), (350, 320))
    assert editor.vertices == [(100, 100), (300, 100), (350, 320), (100, 300)]

    editor.drag((200, 100), (200, 40))
    assert editor.vertices == [(100, 100), (200, 40), (300, 100), (350, 320), (100, 300)]

    editor.click((300, 100))
    editor.press("Delete")
    assert editor.vertices == [(100, 100), (200, 40), (350, 320), (100, 300)]

    editor.press("Control+z", "Control+z", "Control+z")
    assert editor.vertices == SQUARE
    assert editor.page.evaluate("paths.value.initialValueModified") is False


def test_a_border_selects_and_moves_a_polygon_and_another_begins_inside_it(open_paths: Open) -> None:
    editor = open_paths("crowd-polygon", given(*SQUARE))
    editor.click((150, 150), (200, 150), (200, 200), (150, 150))
    assert editor.value[1] == ("roof", [(150, 150), (200, 150), (200, 200)])

    editor.click((100, 250))
    assert editor.status.startswith("Polygon 1 of 2, roof, 4 vertices")
    editor.drag((100, 250), (110, 240))

    assert editor.value[0] == ("roof", [(110, 90), (310, 90), (310, 290), (110, 290)])


def test_everything_goes_by_the_keyboard(open_paths: Open) -> None:
    editor = open_paths("crowd-polygon")
    editor.press("n", "Shift+ArrowRight", "n", "Shift+ArrowDown", "n", "Shift+ArrowLeft", "Enter")
    assert editor.vertices == [(300, 200), (310, 200), (310, 210), (300, 210)]

    editor.press("e", "e", "Shift+ArrowRight")
    assert editor.vertices[1] == (320, 200)
    assert editor.status.startswith("Polygon 1 of 1, roof, 4 vertices")
    assert editor.status.endswith("vertex 2 at 320, 200, selected")
    editor.press("i", "ArrowUp")
    assert editor.vertices == [(300, 200), (320, 200), (315, 204), (310, 210), (300, 210)]
    editor.press("Delete")
    assert len(editor.vertices) == 4

    editor.press("Escape", "Delete")
    assert editor.value == [], "with no vertex chosen, the whole polygon goes"


def test_keys_act_on_the_polygon_under_the_pointer(open_paths: Open) -> None:
    editor = open_paths("crowd-polygon", given(*SQUARE))
    editor.page.mouse.move(*editor.screen(200, 200), steps=3)

    editor.press("2", "Alt+ArrowLeft", "Control+Shift+ArrowUp")
    assert editor.value == [("yard", [(99, 100), (300, 100), (300, 290), (99, 290)])]
    editor.press("x")

    assert editor.value == []


def test_a_key_labels_the_polygon_that_was_just_drawn(open_paths: Open) -> None:
    editor = open_paths("crowd-polygon")
    editor.click(*TRIANGLE, TRIANGLE[0])

    editor.press("2")

    assert editor.value == [("yard", TRIANGLE)]


def test_a_modifier_moves_a_polygon_by_its_inside(open_paths: Open) -> None:
    editor = open_paths("crowd-polygon", given(*SQUARE))

    editor.page.keyboard.down("Control")
    editor.drag((200, 200), (210, 220))
    editor.page.keyboard.up("Control")

    assert editor.vertices == [(x + 10, y + 20) for x, y in SQUARE]


def test_quick_strokes_of_a_finger_make_lines(open_paths: Open) -> None:
    editor = open_paths("crowd-line", has_touch=True)
    fingers = Fingers(editor.page, lambda point: editor.screen(*point))

    for left in (50, 70, 90, 110, 130):
        fingers.stroke((left, 100), (left + 20, 200), (left + 40, 300))

    assert editor.value == [("roof", [(left, 100), (left + 40, 300)]) for left in (50, 70, 90, 110, 130)]


def test_a_line_of_two_points_loses_both_or_none(open_paths: Open) -> None:
    editor = open_paths("crowd-line", given((10, 10), (50, 50)))
    editor.press("Tab", "e", "i")
    assert editor.vertices == [(10, 10), (50, 50)]

    editor.press("Delete")

    assert editor.value == []


def test_label_colors_are_those_of_the_template(open_paths: Open) -> None:
    editor = open_paths("crowd-polyline", """label-colors="['#010203', '#fefefe']" """)

    assert editor.page.evaluate("paths.store.getState().label.labels.yard.color") == "#fefefe"
    swatches = editor.page.locator("#paths .swatch")
    assert [swatches.nth(row).evaluate("swatch => swatch.style.background") for row in range(2)] == [
        "rgb(1, 2, 3)",
        "rgb(254, 254, 254)",
    ]


def test_fingers_put_and_drag_vertices(open_paths: Open) -> None:
    editor = open_paths("crowd-polygon", has_touch=True, viewport={"width": 390, "height": 844})
    for point in [(100, 100), (500, 100), (300, 350), (100, 100)]:
        editor.page.touchscreen.tap(*editor.screen(*point))

    assert len(editor.vertices) == 3
    assert all(
        abs(x - near_x) <= 2 and abs(y - near_y) <= 2
        for (x, y), (near_x, near_y) in zip(
            editor.vertices, [(100, 100), (500, 100), (300, 350)], strict=True
        )
    )


def test_a_finger_drags_a_vertex(open_paths: Open) -> None:
    editor = open_paths("crowd-polygon", given(*SQUARE), has_touch=True)
    fingers = Fingers(editor.page, lambda point: editor.screen(*point))
    editor.page.touchscreen.tap(*editor.screen(100, 250))

    fingers.touch("touchStart", (300, 300))
    fingers.touch("touchMove", (320, 310))
    fingers.touch("touchMove", (350, 320))
    fingers.touch("touchEnd")

    assert editor.vertices == [(100, 100), (300, 100), (350, 320), (100, 300)]


def test_two_fingers_move_the_picture_while_a_polygon_is_drawn_and_put_no_vertex(open_paths: Open) -> None:
    editor = open_paths("crowd-polygon", has_touch=True)
    fingers = Fingers(editor.page, lambda point: editor.screen(*point))
    for point in TRIANGLE:
        editor.page.touchscreen.tap(*editor.screen(*point))
    before = editor.screen(0, 0)

    fingers.touch("touchStart", (200, 200))
    fingers.touch("touchStart", (200, 200), (260, 200))
    fingers.touch("touchMove", (220, 240), (280, 240))
    fingers.touch("touchEnd")

    assert editor.screen(0, 0) != before
    editor.press("Enter")
    assert editor.vertices == TRIANGLE


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_a_polygon_is_drawn(
    open_paths: Open, violations: Callable[[Page], list[str]], scheme: str
) -> None:
    editor = open_paths("crowd-polygon", color_scheme=scheme)
    editor.click(*TRIANGLE)

    assert violations(editor.page) == []
