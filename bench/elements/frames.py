"""Frames while a picture with many shapes is moved and zoomed, beside an empty page under the same mouse."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from typing import Any

from playwright.sync_api import Page

from bench.elements.pace import Pace, pace
from bench.elements.site import HEIGHT, WIDTH, chromium, open_tool, site, tool
from bench.figure import Figure, ms
from bench.rounds import Rounds

LABELS = ("car", "person", "bicycle", "dog")

AIM = 0.020
"""Seconds that 19 of 20 frames may take: at 60 in a second each has 16.7 ms, and the clock of a browser is not exact."""


def boxes(count: int) -> list[dict[str, Any]]:
    """Boxes in rows over the whole picture, of different sizes and labels."""
    columns = math.ceil(math.sqrt(count * WIDTH / HEIGHT))
    step = WIDTH / columns
    return [
        {
            "label": LABELS[n % 4],
            "left": round(n % columns * step),
            "top": round(n // columns * step),
            "width": max(4, round(step * (0.5 + n % 3 / 4))),
            "height": max(4, round(step * (0.5 + n % 5 / 8))),
        }
        for n in range(count)
    ]


def polygons(count: int, vertices: int = 24) -> list[dict[str, Any]]:
    """Rough rounds in rows over the whole picture."""
    return [
        {
            "label": box["label"],
            "vertices": [
                {
                    "x": round(box["left"] + box["width"] * (1 + math.cos(turn) * (0.9 + at % 2 / 10)) / 2),
                    "y": round(box["top"] + box["width"] * (1 + math.sin(turn) * (0.9 + at % 2 / 10)) / 2),
                }
                for at in range(vertices)
                for turn in [2 * math.pi * at / vertices]
            ],
        }
        for box in boxes(count)
    ]


SCENES = {
    "1,000 boxes": ("/boxes-1000", tool("crowd-bounding-box", boxes(1000))),
    "5,000 boxes": ("/boxes-5000", tool("crowd-bounding-box", boxes(5000))),
    "300 polygons": ("/polygons-300", tool("crowd-polygon", polygons(300))),
}


def pan(page: Page, moves: int) -> None:
    """In circles with the middle button."""
    page.mouse.move(640, 400)
    page.mouse.down(button="middle")
    for move in range(moves):
        turn = 4 * math.pi * move / moves
        page.mouse.move(640 + 150 * math.sin(turn), 400 + 100 * math.sin(2 * turn))
    page.mouse.up(button="middle")


def zoom(page: Page, moves: int) -> None:
    """In and out again with the wheel."""
    page.mouse.move(600, 380)
    for move in range(moves):
        page.mouse.wheel(0, -40 if move % (moves // 2) < moves // 4 else 40)


ACTS: dict[str, Callable[..., None]] = {"moved": pan, "zoomed": zoom}


def figures(rounds: Rounds) -> Iterator[Figure]:
    with site(dict(SCENES.values())) as url, chromium() as browser:
        empty = browser.new_page(viewport={"width": 1280, "height": 800})
        empty.goto(f"{url}/empty")
        for what, (path, _) in SCENES.items():
            page = open_tool(browser, url + path)
            for verb, gesture in ACTS.items():
                act = partial(gesture, moves=rounds.moves)
                pace(page, act)
                pairs = [(pace(page, act), pace(empty, act)) for _ in range(rounds.drags)]
                yield _figure(f"A frame while {what} are {verb}", *map(_middle, zip(*pairs, strict=True)))
            page.close()


def _middle(paces: tuple[Pace, ...]) -> Pace:
    return Pace(*(median(getattr(each, name) for each in paces) for name in ("p50", "p95", "work")))


def _words(pace: Pace) -> str:
    return f"{ms(pace.p50)}, 19 of 20 within {ms(pace.p95)}, {ms(pace.work)} of work"


def _figure(what: str, subject: Pace, empty: Pace) -> Figure:
    return Figure(
        what,
        _words(subject),
        f"an empty page: {_words(empty)}",
        f"{subject.p50 / empty.p50:.2f}",
        f"19 of 20 ≤ {ms(AIM)}",
        subject.p95 <= AIM,
    )
