"""Pages with our elements in a real Chromium.

A page is a string of HTML, as a template would render it. It is served beside the built bundle by a small server that
answers as ours does: the bundle and the pictures with CORS `*`, nothing else.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Frame, Locator, Page, expect

from secondlook.wire.sandbox import SANDBOX
from tests.browser.conftest import NewPage
from tests.browser.elements.framed import Portal, framed
from tests.browser.elements.masks import LABELS, Masks
from tests.bundle import served
from tests.element_cases import MASK, Painted
from tests.pdfs import pdf, text_page

ROOT = Path(__file__).parents[3]
AXE = ROOT / "elements/node_modules/axe-core/axe.min.js"
LIBRARY = '<script src="/crowd-html-elements.js"></script>'

PICTURE = (600, 400)

FORM = "(document.querySelector('crowd-form') ?? document.querySelector('crowd-entity-annotation').shadowRoot.querySelector('crowd-form'))"
"""The first form of the page, which an element may bring in its shadow root."""


def picture(size: tuple[int, int] = PICTURE, **options: Any) -> bytes:
    """A picture whose left quarter is red and whose rest is grey."""
    image = Image.new("RGB", size, "grey")
    image.paste("red", (0, 0, size[0] // 4, size[1]))
    out = io.BytesIO()
    image.save(out, **{"format": "PNG", **options})
    return out.getvalue()


def mask() -> bytes:
    """A mask of that size, as `elements/cases/README.md` describes it."""
    out = io.BytesIO()
    Painted(*PICTURE, MASK).image.save(out, "PNG")
    return out.getvalue()


@dataclass
class Site:
    """What the server gives: bodies by path. A body of None is answered with 403, as an expired link is."""

    url: str
    bodies: dict[str, bytes | None] = field(default_factory=dict)

    def page(self, path: str, html: str) -> str:
        self.bodies[path] = html.encode()
        return self.url + path


def _handler(bodies: dict[str, bytes | None]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        # Connections stay open, for the twelve requests of a page, and not for long: each has a thread.
        protocol_version = "HTTP/1.1"
        timeout = 5

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            body = bodies.get(path, served().get(path, b""))
            self.send_response(403 if body is None else 200)
            self.send_header(
                "Content-Type",
                "text/javascript"
                if path.endswith(".js")
                else "image/jpeg"
                if "." in path
                else "text/html; charset=utf-8",
            )
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    return chromium


@cache
def _usual() -> dict[str, bytes]:
    """What every site has."""
    return {
        "/picture.png": picture(),
        "/mask.png": mask(),
        "/document.pdf": pdf([text_page(f"Page {number}") for number in (1, 2, 3)]),
        "/favicon.ico": b"",
    }


@pytest.fixture
def site() -> Iterator[Site]:
    bodies: dict[str, bytes | None] = {**_usual()}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(bodies))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_address[1]}", bodies)
    server.shutdown()
    server.server_close()
    thread.join()


Open = Callable[..., Page]


@pytest.fixture
def open_page(new_page: NewPage, site: Site) -> Iterator[Open]:
    """Opens HTML as a page and waits for `all-crowd-elements-ready`; errors in the page fail the test."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    def open_html(html: str, *, library: str = LIBRARY, **options: Any) -> Page:
        page = new_page(**options)
        page.on("console", note)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script(
            "document.addEventListener('all-crowd-elements-ready', () => window.readyCount = (window.readyCount ?? 0) + 1)"
        )
        page.goto(site.page("/page", f"<!DOCTYPE html><title>Task</title>{library}{html}"))
        page.wait_for_function("window.readyCount > 0")
        return page

    yield open_html
    assert errors == []


@pytest.fixture
def answer() -> Callable[[Page], Any]:
    """The answer that a page opened alone shows after Submit, or None while it shows none."""

    def read(page: Page) -> Any:
        text = page.evaluate(f"{FORM}.shadowRoot.querySelector('#answers-box pre')?.textContent")
        return json.loads(text)[0] if text else None

    return read


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """What axe finds wrong with a page, as `rule: element`."""
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: run `npm ci` in elements/")

    def run(page: Page) -> list[str]:
        if page.evaluate("window.axe === undefined"):
            page.add_script_tag(content=AXE.read_text())
        results = page.evaluate(
            # A task page is a fragment inside the portal, which has the landmarks and the heading of the page.
            "axe.run({rules: {region: {enabled: false}, 'page-has-heading-one': {enabled: false}, 'html-has-lang': {enabled: false}, 'landmark-one-main': {enabled: false}}})"
        )
        return [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in results["violations"]
            for node in violation["nodes"]
        ]

    return run


def measured(tool: Locator) -> None:
    """Waits until a tool has measured its parts anew, which it does in the frame after the one in which they have changed."""
    tool.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))"
    )


def leave_checking(page: Page | Frame, selector: str) -> None:
    """Leaves the mode in which a tool opens that has predictions: checking them one by one. The focus stays where it is."""
    button = page.locator(selector).locator("#verify")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.evaluate("(button) => button.click()")
    expect(button).to_have_attribute("aria-pressed", "false")
    # The picture has the room of the bar above it now.
    measured(page.locator(selector))


class Boxes:
    """A worker at a `crowd-bounding-box`: points in pixels of the picture.

    Unless they are to check its predictions one by one, they leave that mode first.
    """

    def __init__(self, page: Page, *, checks: bool = False) -> None:
        self.page = page
        page.wait_for_function(
            "document.querySelector('crowd-bounding-box').value.inputImageProperties.width > 0"
        )
        if self.tool("tool.hasAttribute('initial-value') && tool.value.boundingBoxes.length > 0"):
            if checks:
                page.locator("crowd-bounding-box .verify").wait_for()
                measured(page.locator("crowd-bounding-box"))
            else:
                leave_checking(page, "crowd-bounding-box")

    def tool(self, expression: str) -> Any:
        """Evaluates an expression in which `tool` is the element."""
        return self.page.evaluate(
            f"(() => {{ const tool = document.querySelector('crowd-bounding-box'); return {expression}; }})()"
        )

    @property
    def value(self) -> dict[str, Any]:
        value = self.tool("tool.value")
        assert isinstance(value, dict)
        return value

    @property
    def rects(self) -> list[tuple[int, int, int, int]]:
        """(left, top, width, height) of every box of the answer."""
        return [(box["left"], box["top"], box["width"], box["height"]) for box in self.value["boundingBoxes"]]

    @property
    def labels(self) -> list[str]:
        return [box["label"] for box in self.value["boundingBoxes"]]

    @property
    def shown(self) -> dict[str, float]:
        """Where the picture is on screen, as the upper canvas tells templates."""
        rect = self.tool(
            "tool.shadowRoot.querySelector('canvas.upper-canvas').getBoundingClientRect().toJSON()"
        )
        assert isinstance(rect, dict)
        return rect

    def screen(self, point: tuple[float, float]) -> tuple[float, float]:
        shown, (width, _) = self.shown, (self.value["inputImageProperties"]["width"], 0)
        scale = shown["width"] / width
        return shown["x"] + point[0] * scale, shown["y"] + point[1] * scale

    def drag(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        button: Any = "left",
        modifier: str | None = None,
    ) -> None:
        start, end = self.screen(start), self.screen(end)
        self.page.mouse.move(*start)
        if modifier:
            self.page.keyboard.down(modifier)
        self.page.mouse.down(button=button)
        self.page.mouse.move(*end, steps=4)
        self.page.mouse.up(button=button)
        if modifier:
            self.page.keyboard.up(modifier)

    def click(self, point: tuple[float, float]) -> None:
        self.page.mouse.click(*self.screen(point))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def status(self) -> str:
        return self.page.locator("crowd-bounding-box [role=status]").inner_text()


@pytest.fixture
def boxes(open_page: Open) -> Callable[..., Boxes]:
    """Opens a form with a box editor for the picture of 600 by 400 pixels."""

    def open_boxes(
        attributes: str = 'labels=\'["car", "person", "truck"]\'',
        content: str = "",
        *,
        checks: bool = False,
        **options: Any,
    ) -> Boxes:
        html = f"""<crowd-form><crowd-bounding-box name="boxes" src="/picture.png" header="Draw boxes" {attributes}>
            {content}</crowd-bounding-box></crowd-form>"""
        return Boxes(open_page(html, **options), checks=checks)

    return open_boxes


OpenMasks = Callable[..., Masks]


@pytest.fixture
def masks(open_page: Callable[..., Page]) -> OpenMasks:
    def open_masks(
        attributes: str = LABELS, tag: str = "crowd-semantic-segmentation", content: str = "", **options: Any
    ) -> Masks:
        page = open_page(
            f"""<crowd-form id="task"><{tag} id="tool" name="it" src="/picture.png" header="Mark what is seen" {attributes}>
            {content}</{tag}></crowd-form>""",
            **options,
        )
        page.wait_for_function("tool.value.inputImageProperties.width > 0")
        return Masks(page)

    return open_masks


@pytest.fixture
def instances(masks: OpenMasks) -> OpenMasks:
    return lambda *arguments, **options: masks(*arguments, tag="crowd-instance-segmentation", **options)


@pytest.fixture
def portal(new_page: NewPage, site: Site) -> Callable[..., Portal]:
    """Opens HTML as a task in the portal's frame."""

    def open_portal(html: str, sandbox: str = SANDBOX) -> Portal:
        return framed(new_page(), site, html, sandbox)

    return open_portal
