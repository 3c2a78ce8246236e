"""How long the usual acts take a worker's hands, by the keystroke-level model: each is done in a browser, and what came of it looked at.

Beside each stands the same with a mouse alone, done in the same tool: pick, then press a button, as in a tool without keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from bench.elements.hands import Hands
from bench.elements.site import chromium, open_tool, site, tool
from bench.figure import Figure
from bench.rounds import Rounds

Box = dict[str, Any]

COUNT = 12
BOXES: list[Box] = [
    {
        "label": "car",
        "left": 60 + 280 * (n % 4),
        "top": 60 + 240 * (n // 4),
        "width": 160,
        "height": 120,
        "score": 0.5 + 0.03 * n,
    }
    for n in range(COUNT)
]
FREE = [(60 + 200 * n, 700) for n in range(5)]
"""Places of the picture where nothing lies."""

VALUE = "tool.value.boundingBoxes"
Act = Callable[[Hands], None]


def middle(box: Box) -> tuple[float, float]:
    return box["left"] + box["width"] / 2, box["top"] + box["height"] / 2


def left_side(box: Box) -> tuple[float, float]:
    return box["left"], box["top"] + box["height"] / 2


@dataclass(frozen=True, slots=True)
class Task:
    what: str
    ours: Act
    mouse: Act
    is_done: Callable[[list[Box]], bool]
    checks: bool = False
    """Ours is done while predictions are checked one by one; else after that."""
    submits: bool = False


def _geometry(boxes: list[Box]) -> list[tuple[int, ...]]:
    return [(box["left"], box["top"], box["width"], box["height"]) for box in boxes]


UNTOUCHED = _geometry(BOXES)


def _accept(hands: Hands) -> None:
    hands.press("Control+Enter")


def _accept_by_mouse(hands: Hands) -> None:
    hands.click_on("awsui-button button")


def _fix_edge(hands: Hands) -> None:
    hands.point(middle(BOXES[5]))
    hands.press("Shift+Alt+ArrowLeft", "Alt+ArrowLeft", "Alt+ArrowLeft")


def _fix_edge_by_mouse(hands: Hands) -> None:
    hands.click(middle(BOXES[5]))
    x, y = left_side(BOXES[5])
    hands.drag((x, y), (x - 12, y))


def _relabel(hands: Hands) -> None:
    hands.point(middle(BOXES[5]))
    hands.press("2")


def _relabel_by_mouse(hands: Hands) -> None:
    hands.click(middle(BOXES[5]))
    hands.click_on("[role=option]:has-text('person')")


def _delete_three(hands: Hands) -> None:
    for box in BOXES[:3]:
        hands.point(middle(box))
        hands.press("x")


def _delete_three_by_mouse(hands: Hands) -> None:
    for box in BOXES[:3]:
        hands.click(middle(box))
        hands.click_on("#delete")


def _add_five(hands: Hands) -> None:
    for x, y in FREE:
        hands.drag((x, y), (x + 100, y + 80))
    hands.press("3")


def _add_five_by_mouse(hands: Hands) -> None:
    for x, y in FREE:
        hands.drag((x, y), (x + 100, y + 80))
    hands.click_on("[role=option]:has-text('bicycle')")


def _keep_or_reject(hands: Hands) -> None:
    for n in range(10):
        hands.press("x" if n % 3 == 2 else "Space")


def _keep_or_reject_by_mouse(hands: Hands) -> None:
    for n, box in enumerate(BOXES[:10]):
        hands.click(middle(box))
        if n % 3 == 2:
            hands.click_on("#delete")


def _box_by_keys(hands: Hands) -> None:
    hands.press("n")
    hands.press(*["Shift+ArrowLeft"] * 4, *["Shift+ArrowUp"] * 3)
    hands.press(*["Alt+Shift+ArrowRight"] * 3, *["Alt+ArrowDown"] * 4)


def _box_by_mouse(hands: Hands) -> None:
    hands.drag((100, 700), (300, 780))


def _is_wider(boxes: list[Box]) -> bool:
    left, top, width, height = UNTOUCHED[5]
    return _geometry(boxes) == [*UNTOUCHED[:5], (left - 12, top, width + 12, height), *UNTOUCHED[6:]]


TASKS = (
    Task(
        "accept 12 boxes that are right",
        _accept,
        _accept_by_mouse,
        lambda boxes: _geometry(boxes) == UNTOUCHED,
        checks=True,
        submits=True,
    ),
    Task("move one side of a box by 12 pixels", _fix_edge, _fix_edge_by_mouse, _is_wider),
    Task(
        "change the label of a box",
        _relabel,
        _relabel_by_mouse,
        lambda boxes: [box["label"] for box in boxes].index("person") == 5,
    ),
    Task(
        "delete three boxes",
        _delete_three,
        _delete_three_by_mouse,
        lambda boxes: _geometry(boxes) == UNTOUCHED[3:],
    ),
    Task("add five boxes", _add_five, _add_five_by_mouse, lambda boxes: len(boxes) == COUNT + 5),
    Task(
        "keep or reject ten doubtful boxes",
        _keep_or_reject,
        _keep_or_reject_by_mouse,
        lambda boxes: len(boxes) == COUNT - 3,
        checks=True,
    ),
    Task("draw a box by keys alone", _box_by_keys, _box_by_mouse, lambda boxes: len(boxes) == COUNT + 1),
)


def figures(_: Rounds) -> Iterator[Figure]:
    with site({"/task": tool("crowd-bounding-box", BOXES)}) as url, chromium() as browser:
        for task in TASKS:
            ours = _done(open_tool(browser, f"{url}/task", checks=task.checks), task, task.ours)
            mouse = _done(open_tool(browser, f"{url}/task"), task, task.mouse)
            yield Figure(
                f"To {task.what}, by the keystroke-level model",
                f"{_words(ours)}",
                f"a mouse alone: {_words(mouse)}",
                f"{ours.seconds / mouse.seconds:.2f}",
            )


def _words(hands: Hands) -> str:
    shown = hands.operators if len(hands.operators) <= 12 else f"{hands.operators[:11]}…"
    return f"{shown}, {hands.seconds:.1f} s"


def _done(page: Page, task: Task, act: Act) -> Hands:
    """Does it; raises AssertionError where it has not the effect that it is for."""
    hands = Hands(page)
    act(hands)
    if task.submits:
        expect(page.locator("#answers-box")).to_be_visible()
    boxes = page.evaluate(VALUE)
    assert task.is_done(boxes), f"{task.what}: {boxes}"
    page.close()
    return hands
