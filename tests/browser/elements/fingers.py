"""Fingers and a pen on the screen of a page, as Chromium's own input gives them to it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

Point = tuple[float, float]


class Fingers:
    """`screen` says where on screen a point of the picture is."""

    def __init__(self, page: Page, screen: Callable[[Point], Point]) -> None:
        self.page = page
        self.screen = screen
        self.session = page.context.new_cdp_session(page)

    def touch(self, kind: str, *points: Point) -> None:
        """`touchStart` and `touchMove` with the fingers that are down, in pixels of the picture; `touchEnd` without any."""
        self._drawn()
        places = [self.screen(point) for point in points]
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
        self._drawn()

    def _drawn(self) -> None:
        """The browser hands moves on with its next frame, and what a touch changes is drawn in one."""
        self.page.evaluate(
            "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
        )

    def stroke(self, *points: Point) -> None:
        self.touch("touchStart", points[0])
        for point in points[1:]:
            self.touch("touchMove", point)
        self.touch("touchEnd")

    def pen(self, kind: str, point: Point) -> None:
        """`mousePressed`, `mouseMoved` or `mouseReleased`, of a pen."""
        self._drawn()
        x, y = self.screen(point)
        is_up = kind == "mouseReleased"
        self.session.send(
            "Input.dispatchMouseEvent",
            {
                "type": kind,
                "x": x,
                "y": y,
                "button": "left",
                "buttons": 0 if is_up else 1,
                "clickCount": 1,
                "pointerType": "pen",
            },
        )
        self._drawn()

    def pen_stroke(self, start: Point, end: Point) -> None:
        self.pen("mousePressed", start)
        self.pen("mouseMoved", end)
        self.pen("mouseReleased", end)
