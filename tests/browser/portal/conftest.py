"""The portal in a real Chromium: the door for people alone on a port, with the workshops in this process behind it.

So a test can end a session, move a deadline or stop a loop underneath the page that is open.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Frame, FrameLocator, Page, Route, expect

from secondlook import pages
from tests.chromium import PATIENCE
from tests.portal_world import World, opened

AXE = Path(__file__).parents[3] / "elements/node_modules/axe-core/axe.min.js"


@pytest.fixture
def world(sqlite_store, tmp_path) -> Iterator[World]:
    with opened(sqlite_store, tmp_path) as world:
        yield world


@pytest.fixture
def url(world) -> Iterator[str]:
    server = uvicorn.Server(
        uvicorn.Config(pages.app(world.services), port=0, log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    (port,) = {socket.getsockname()[1] for listener in server.servers for socket in listener.sockets}
    yield f"http://localhost:{port}"
    server.should_exit = True
    thread.join()


Enter = Callable[..., Page]


@pytest.fixture
def enter(chromium: Browser, url: str, world: World) -> Iterator[Enter]:
    """Opens a path as somebody, signed in unless it is nobody; errors of a page of ours fail the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def enter(who: str | None = "alice", path: str = "/work", **options: object) -> Page:
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "base_url": url, **options}
        )
        context.set_default_timeout(PATIENCE)
        # Tests tell what a page does, not how long a network takes.
        context.route("https://**", lambda route: route.abort())
        contexts.append(context)
        if who:
            context.add_cookies([{"name": "secondlook", "value": world.session(who), "url": url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path)
        return page

    yield enter
    for context in contexts:
        context.close()

    assert errors == []


def held(page: Page, pattern: str) -> list[Route]:
    """Requests that are not answered until the test does it."""
    routes: list[Route] = []

    def hold(route: Route) -> None:
        routes.append(route)

    page.route(pattern, hold)
    return routes


class Worker:
    """Somebody at a task with the field `reply`."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("#page")

    @property
    def reply(self):
        return self.frame.locator("[name=reply]")

    @property
    def submit(self):
        return self.frame.get_by_role("button", name="Submit")

    @property
    def banner(self):
        return self.page.locator("#banner")

    def start(self, flow: str = "fd") -> Worker:
        self.page.locator(f"#start-{flow}").click()
        return self.ready()

    def ready(self) -> Worker:
        """The task page can be worked on, and the portal hears it."""
        expect(self.page.locator("#page:not([aria-busy])")).to_be_attached()
        expect(self.reply).to_be_editable()
        return self

    def write(self, text: str) -> None:
        """Type, and wait until the draft is on the server."""
        with self.page.expect_response("**/draft") as response:
            self.reply.fill(text)
        assert response.value.ok


@pytest.fixture
def worker(enter: Enter, world: World) -> Worker:
    """Alice at her job list, where two tasks wait."""
    world.flow("fd", title="Find the cats")
    for number in (1, 2):
        world.loop("fd", f"loop-{number}")
    return Worker(enter())


class Task(Worker):
    """A worker at a task whose template need not have the field `reply`."""

    @property
    def inside(self) -> Frame:
        """The frame itself, for evaluating in it, once its page has our script."""
        self.frame.locator("meta[name=secondlook-render]").wait_for(state="attached")
        frame = self.page.locator("#page").element_handle().content_frame()
        assert frame is not None
        return frame

    def wait(self, expression: str) -> None:
        """Until this is true in the frame."""
        self.inside.wait_for_function(expression)


At = Callable[..., Task]


@pytest.fixture
def at(enter: Enter, world: World) -> At:
    """Alice at a task with this template."""

    def at(template: str, content: object = None) -> Task:
        world.flow("fd", template=template)
        world.loop("fd", "loop-1", content)
        page = enter()
        page.locator("#start-fd").click()
        expect(page).to_have_url("/tasks/1")
        return Task(page)

    return at


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """What axe finds wrong with a page of ours (what stands in the frame is tested with the elements)."""
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: run `npm ci` in elements/")

    def run(page: Page) -> list[str]:
        # By the debugger and not as a tag: the page's policy would refuse that.
        page.evaluate(AXE.read_text())
        results = page.evaluate("axe.run(document, {iframes: false})")
        return [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in results["violations"]
            for node in violation["nodes"]
        ]

    return run
