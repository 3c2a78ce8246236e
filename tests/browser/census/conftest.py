"""A real server with what the templates name, and a worker signed in, whose browser reaches nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, FrameLocator, Page, Route, expect

from tests.browser.elements.conftest import mask, picture
from tests.chromium import PATIENCE
from tests.pdfs import pdf, text_page
from tests.reviews import Reviews, start
from tests.running import Server

OBJECTS = Path(__file__).parent / "objects"
MEDIA = Path(__file__).parents[3] / "examples/templates/media"
KINDS = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}


@pytest.fixture(scope="session")
def reviews(_sqlite_server: Server) -> Reviews:
    reviews = Reviews.opened(_sqlite_server, "census", "census", "cora@example.org")
    reviews.put("picture.png", picture(), "image/png")
    reviews.put("mask.png", mask(), "image/png")
    reviews.put("form.pdf", pdf([text_page("A form")]), "application/pdf")
    reviews.put("speech.wav", (MEDIA / "delivery.wav").read_bytes(), "audio/wav")
    reviews.put("film.webm", (MEDIA / "conveyor.webm").read_bytes(), "video/webm")
    for path in OBJECTS.iterdir():
        reviews.put(path.name, path.read_bytes(), KINDS[path.suffix])
    return reviews


@pytest.fixture(scope="module")
def signed_in(reviews: Reviews, chromium: Browser) -> Iterator[BrowserContext]:
    """The worker's browser, which reaches nothing but the server."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE)
    context.route("https://**", lambda route: route.abort())
    page = context.new_page()
    reviews.sign_in(page)
    page.close()
    yield context
    context.close()


class Task:
    """A worker at the task of a loop, whose page has errors if a script of it fails."""

    def __init__(self, reviews: Reviews, page: Page) -> None:
        self._reviews = reviews
        self.page = page
        self.loop = ""
        self.errors: list[str] = []
        self.sent: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.sent.append(request.url))

    def start(self, template: str, content: Any = None, elsewhere: Mapping[str, str] | None = None) -> Task:
        """A new loop with this template, taken, its elements ready. `elsewhere` are scripts of other sites by their address."""
        for url, script in (elsewhere or {}).items():
            self.page.route(url, partial(_answer, script=script))
        self.loop = self._reviews.task(template, content)
        self.page.goto(f"{self._reviews.server.url}/work")
        start(self.page, self.loop)
        expect(self.page.locator("#page:not([aria-busy])")).to_be_attached()
        expect(self.frame.get_by_text("Loading the")).to_have_count(0)
        return self

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("#page")

    @property
    def inside(self) -> Frame:
        """The frame itself, for evaluating in it."""
        frame = self.page.locator("#page").element_handle().content_frame()
        assert frame is not None
        return frame

    @property
    def handed_in(self) -> int:
        """How often an answer was sent."""
        return sum(url.endswith("/submit") for url in self.sent)

    @property
    def answer(self) -> Any:
        return self._reviews.answer(self.loop)

    @property
    def reports(self) -> list[str]:
        return self._reviews.reports(self.loop)


def _answer(route: Route, script: str) -> None:
    route.fulfill(body=script, content_type="text/javascript", headers={"Access-Control-Allow-Origin": "*"})


@pytest.fixture
def task(reviews: Reviews, signed_in: BrowserContext) -> Iterator[Task]:
    page = signed_in.new_page()
    yield Task(reviews, page)
    page.close()
