"""What one act costs among 5,000 boxes: the processor time of the page's main thread until what it changed is on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median

from playwright.sync_api import Page

from bench.elements.frames import boxes
from bench.elements.pace import worked
from bench.elements.site import HEIGHT, WIDTH, chromium, open_tool, site, tool
from bench.figure import Figure, ms
from bench.rounds import Rounds

COUNT = 5000
AIM = 0.050
"""Seconds of the main thread: more than that somebody notices."""

FEW = 50
"""Boxes of the page beside it, on which the same is done."""

SHOWN = "() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(shown))))"
COUNTED = "tool.value.boundingBoxes.length"

Act = Callable[[Page], None]

ACTS: dict[str, Act] = {
    "select the next": lambda page: page.keyboard.press("Tab"),
    "move it by a pixel": lambda page: page.keyboard.press("ArrowRight"),
    "change its label": lambda page: page.keyboard.press("2"),
    "delete it": lambda page: page.keyboard.press("Delete"),
    "undo": lambda page: page.keyboard.press("Control+z"),
    "redo": lambda page: page.keyboard.press("Control+y"),
}


def figures(rounds: Rounds) -> Iterator[Figure]:
    pages = {
        "/many": tool("crowd-bounding-box", boxes(COUNT)),
        "/few": tool("crowd-bounding-box", boxes(FEW)),
    }
    with site(pages) as url, chromium() as browser:
        many, few = (_ready(open_tool(browser, url + path)) for path in pages)
        for what, act in ACTS.items():
            pairs = [(_work(many, act), _work(few, act)) for _ in range(rounds.drags)]
            of_many, of_few = (median(works) for works in zip(*pairs, strict=True))
            yield Figure(
                f"To {what} among {COUNT:,} boxes, work of the page",
                ms(of_many),
                f"among {FEW}: {ms(of_few)}",
                f"{of_many / of_few:.2f}",
                f"≤ {ms(AIM)}",
                of_many <= AIM,
            )


def _ready(page: Page) -> Page:
    """With a box selected and everything that is drawn once drawn."""
    assert page.evaluate(COUNTED) in (COUNT, FEW)
    page.mouse.move(WIDTH / 3, HEIGHT / 2)
    for _ in range(3):
        page.keyboard.press("Tab")
        page.evaluate(SHOWN)
    return page


def _work(page: Page, act: Act) -> float:
    page.bring_to_front()
    page.evaluate(SHOWN)
    with worked(page) as work:
        act(page)
        page.evaluate(SHOWN)
    return work.seconds
