"""A worker's hands in a browser, one on the mouse and one on the keyboard, and the operators of the keystroke-level model for what they do.

Card, Moran and Newell, "The keystroke-level model for user performance time with interactive systems" (1980), with its usual times. Thinking
(their M) is left out: it is the same however a tool is built, and what a tool can save are the hands.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

SECONDS = {
    "K": 0.20,  # a key, by an average skilled typist; Shift, Ctrl and Alt are keys too
    "P": 1.10,  # to point at something
    "B": 0.10,  # to press or release a button
}

Point = tuple[float, float]

ONTO_SCREEN = """([x, y]) => {
    const { left, top, width } = tool.shadowRoot.querySelector('canvas.upper-canvas').getBoundingClientRect();
    const scale = width / tool.value.inputImageProperties.width;
    return [left + x * scale, top + y * scale];
}"""


@dataclass(slots=True)
class Hands:
    """Places are pixels of the picture, wherever it is shown."""

    page: Page
    operators: str = field(default="")

    @property
    def seconds(self) -> float:
        return sum(SECONDS[operator] for operator in self.operators)

    def press(self, *keys: str) -> None:
        """Presses each of the keys; in `Alt+ArrowLeft` both are pressed, and one that is held stays down for the next."""
        held: set[str] = set()
        for key in keys:
            *modifiers, _ = key.split("+")
            self.operators += "K" * (len(set(modifiers) - held) + 1)
            held = set(modifiers)
            self.page.keyboard.press(key)

    def point(self, at: Point) -> None:
        self.operators += "P"
        self.page.mouse.move(*self.page.evaluate(ONTO_SCREEN, list(at)), steps=3)

    def click(self, at: Point) -> None:
        self.point(at)
        self._button(down=True)
        self._button(down=False)

    def drag(self, start: Point, end: Point) -> None:
        self.point(start)
        self._button(down=True)
        self.point(end)
        self._button(down=False)

    def click_on(self, selector: str) -> None:
        """Clicks something beside the picture."""
        self.operators += "PBB"
        self.page.locator(selector).first.click()

    def _button(self, *, down: bool) -> None:
        self.operators += "B"
        if down:
            self.page.mouse.down()
        else:
            self.page.mouse.up()
