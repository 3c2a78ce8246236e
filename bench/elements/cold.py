"""How soon the page of a box task can be worked on, in a browser that has none of it yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from playwright.sync_api import Browser

from bench.elements.frames import boxes
from bench.elements.site import READY, chromium, site, tool
from bench.figure import Figure, in_turns, ms
from bench.rounds import Rounds

AIM = 0.400

WATCH = f"""const look = (now) => {{
    if ({READY}) requestAnimationFrame((painted) => {{ window.workable = painted; }});
    else requestAnimationFrame(look);
}};
requestAnimationFrame(look);"""
"""The time of the frame after the one in which the tool has its picture, from the start of the navigation on."""

WATCH_EMPTY = "requestAnimationFrame(() => requestAnimationFrame((now) => { window.workable = now; }));"


def figures(rounds: Rounds) -> Iterator[Figure]:
    with site({"/task": tool("crowd-bounding-box", boxes(20))}) as url, chromium() as browser:
        _seconds(browser, f"{url}/empty", WATCH_EMPTY)
        task, empty, ratio = in_turns(
            rounds.drags,
            lambda: _seconds(browser, f"{url}/task", WATCH),
            lambda: _seconds(browser, f"{url}/empty", WATCH_EMPTY),
        )
    yield Figure(
        "A box task in a cold browser, to the first frame to work on",
        ms(task),
        f"an empty page: {ms(empty)}",
        f"{ratio:.2f}",
        f"≤ {ms(AIM)}",
        task <= AIM,
    )


def _seconds(browser: Browser, address: str, watch: str) -> float:
    """A context of its own has a cache of its own, and an empty one."""
    with closing(browser.new_context(viewport={"width": 1280, "height": 800})) as context:
        page = context.new_page()
        page.add_init_script(watch)
        page.goto(address)
        milliseconds: float = page.wait_for_function("window.workable").json_value()
    return milliseconds / 1000
