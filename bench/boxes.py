"""A thousand boxes in the editor: how long a frame takes while one is dragged, against an empty page."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median

from playwright.sync_api import Page, sync_playwright

from bench.figure import Figure, in_turns, ms
from bench.rounds import Rounds
from tests.bundle import scripts
from tests.chromium import launch_options

BOXES = [
    {"label": "car", "left": 14 * (n % 40), "top": 15 * (n // 40), "width": 12, "height": 13}
    for n in range(1000)
]
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><rect width="600" height="400" fill="gray"/></svg>'
EDITOR = f"""<!DOCTYPE html><script src="/crowd-html-elements.js"></script><crowd-form><crowd-bounding-box
    name="boxes" src="/picture.svg" header="Draw boxes" labels='["car", "person"]'
    initial-value='{json.dumps(BOXES)}'></crowd-bounding-box></crowd-form>"""
EMPTY = "<!DOCTYPE html><title>Empty</title><body style='height: 100vh'>"
BODIES = {
    "/editor": ("text/html", EDITOR.encode()),
    "/empty": ("text/html", EMPTY.encode()),
    "/picture.svg": ("image/svg+xml", PICTURE.encode()),
}

FRAMES = """() => {
    window.frames_seen = [];
    let last = performance.now();
    const tick = (now) => { window.frames_seen.push(now - last); last = now; window.ticking = requestAnimationFrame(tick); };
    requestAnimationFrame((now) => { last = now; window.ticking = requestAnimationFrame(tick); });
}"""
READY = "document.querySelector('crowd-bounding-box').value?.inputImageProperties.width > 0"
AIM = 1.5

LEFT = "document.querySelector('crowd-bounding-box').value.boundingBoxes[0].left"

STEPS = 60
"""Moves of the mouse in one drag."""


def figures(rounds: Rounds) -> Iterator[Figure]:
    """The median frame during a drag. The pace of an empty page is what the browser can do here at all."""
    with _site() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        empty, editor = (browser.new_page(viewport={"width": 1280, "height": 800}) for _ in range(2))
        empty.goto(f"{url}/empty")
        editor.goto(f"{url}/editor")
        editor.wait_for_function(READY)
        corner = editor.locator("crowd-bounding-box canvas.upper-canvas").bounding_box()
        assert corner is not None
        start = (corner["x"] + 8, corner["y"] + 8)
        _drag(editor, start, back=False)
        assert editor.evaluate(LEFT) > 100, "the mouse does not drag the box"
        editor.keyboard.press("Control+z")
        dragging, empty_page, ratio = in_turns(
            rounds.drags, lambda: _drag(editor, start), lambda: _drag(empty, start)
        )
        browser.close()
    yield Figure(
        "A frame while dragging one of 1,000 boxes",
        ms(dragging),
        f"an empty page: {ms(empty_page)}",
        f"{ratio:.2f}",
        f"≤ {AIM}",
        ratio <= AIM,
    )


def _drag(page: Page, start: tuple[float, float], *, back: bool = True) -> float:
    """Seconds of the median frame while the mouse, pressed, goes there and back."""
    page.bring_to_front()
    x, y = start
    page.mouse.click(x, y)  # selects the box; else the drag would draw a new one over it
    page.mouse.down()
    page.evaluate(FRAMES)
    page.mouse.move(x + 300, y + 200, steps=STEPS)
    if back:
        page.mouse.move(x, y, steps=STEPS)
    frames: list[float] = page.evaluate("(cancelAnimationFrame(window.ticking), window.frames_seen)")
    page.mouse.up()
    return median(frames) / 1000


@contextmanager
def _site() -> Iterator[str]:
    bodies = {**BODIES, **{path: ("text/javascript", body) for path, body in scripts().items()}}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = bodies.get(self.path, ("text/plain", b""))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()
