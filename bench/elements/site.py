"""Pages with elements on this machine, as a template would render them, and a browser to open them in."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from secondlook.review.render import elements
from tests.bundle import scripts
from tests.chromium import launch_options

WIDTH, HEIGHT = 1200, 800
PICTURE = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"><rect width="100%" height="100%" fill="gray"/></svg>'
EMPTY = "<!DOCTYPE html><title>Empty</title><body style='height: 100vh'>"

Bodies = Mapping[str, tuple[str, bytes]]


def tool(tag: str, shapes: list[dict[str, Any]]) -> str:
    """A page with one tool, `id` `tool`, and these shapes to begin with; it names the scripts that it needs, as the server has it do."""
    links = "".join(f'<link rel="modulepreload" href="/{path}">' for path in elements.scripts([tag]))
    return f"""<!DOCTYPE html><title>Task</title>{links}<script src="/crowd-html-elements.js"></script>
        <crowd-form><{tag} id="tool" name="shapes" src="/picture.svg" header="Look again"
        labels='["car", "person", "bicycle", "dog"]' initial-value="{escape(json.dumps(shapes))}"></{tag}></crowd-form>"""


READY = "window.tool?.value?.inputImageProperties.width > 0"


def open_tool(browser: Browser, url: str, *, checks: bool = False) -> Page:
    """The page once its tool has its picture; with `checks` in the mode that goes through predictions one by one."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(url)
    page.wait_for_function(READY)
    if not checks:
        leave_checking(page)
    return page


def leave_checking(page: Page) -> None:
    """Leaves the mode in which a tool with predictions opens, which goes through them one by one."""
    if page.evaluate("Object.values(tool.value).some((list) => Array.isArray(list) && list.length > 0)"):
        page.locator("#tool #verify[aria-pressed=true]").evaluate("(button) => button.click()")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def site(pages: Mapping[str, str]) -> Iterator[str]:
    """Serves pages by path, the bundle, `/picture.svg` and `/empty`; the address, without a slash at its end."""
    bodies: Bodies = {
        "/picture.svg": ("image/svg+xml", PICTURE.encode()),
        "/empty": ("text/html", EMPTY.encode()),
        **{path: ("text/html; charset=utf-8", html.encode()) for path, html in pages.items()},
        **{path: ("text/javascript", body) for path, body in scripts().items()},
    }
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(bodies))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(bodies: Bodies) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        # Keeps connections and holds nothing back, as the server does.
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            kind, body = bodies.get(self.path, ("text/plain", b""))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
