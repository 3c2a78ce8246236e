"""A mask of twelve megapixels: frames while a brush paints on it, and how long its PNG takes."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from playwright.sync_api import Page

from bench.elements.pace import Pace, pace
from bench.elements.site import chromium, open_tool, site
from bench.figure import Figure, in_turns, ms
from bench.rounds import Rounds

WIDTH, HEIGHT = 4000, 3000
PICTURE = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"><rect width="100%" height="100%" fill="gray"/></svg>'
EDITOR = f"""<!DOCTYPE html><title>Task</title><script src="/crowd-html-elements.js"></script>
    <crowd-form><crowd-semantic-segmentation id="tool" name="mask" header="Paint" labels='["road", "sky", "car", "tree"]'
    src="data:image/svg+xml,{quote(PICTURE)}"></crowd-semantic-segmentation></crowd-form>"""

FRAME_AIM = 1.5
"""Times the pace of an empty page under the same mouse, which is what the browser can do here at all."""

PNG_AIM = 1.0
"""Seconds."""

STEPS = 60
"""Moves of the mouse in one stroke."""

PNG = "tool.value.labeledImage.pngImageData.length"

TIMED = f"() => {{ const start = performance.now(); {PNG}; return performance.now() - start; }}"

BY_CANVAS = """async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,' + tool.value.labeledImage.pngImageData;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext('2d').drawImage(image, 0, 0);
    const start = performance.now();
    await canvas.convertToBlob();
    return performance.now() - start;
}"""
"""How long the browser itself takes for a PNG of the same pixels."""

OTHER_COLORS = """tool.setAttribute('label-colors', JSON.stringify([0, 1, 2, 3].map(() => `#${Math.random().toString(16).slice(2, 8).padEnd(6, '0')}`)))"""
"""With other colours, no part of the picture can be taken over."""


def figures(rounds: Rounds) -> Iterator[Figure]:
    with site({"/editor": EDITOR}) as url, chromium() as browser:
        empty = browser.new_page(viewport={"width": 1280, "height": 800})
        empty.goto(f"{url}/empty")
        editor = open_tool(browser, f"{url}/editor")
        for line in range(12):
            editor.keyboard.press(str(line % 4 + 1))
            _stroke(editor, line)
        painting, pace_of_empty, ratio = in_turns(
            rounds.drags, lambda: _stroke(editor, 5).p50, lambda: _stroke(empty, 5).p50
        )
        whole, by_canvas, part = in_turns(
            rounds.drags, lambda: _png(editor), lambda: editor.evaluate(BY_CANVAS) / 1000
        )
    yield Figure(
        "A frame while a brush paints on 12 megapixels",
        ms(painting),
        f"an empty page: {ms(pace_of_empty)}",
        f"{ratio:.2f}",
        f"≤ {FRAME_AIM}",
        ratio <= FRAME_AIM,
    )
    yield Figure(
        "The PNG of a mask of 12 megapixels",
        ms(whole),
        f"by a canvas: {ms(by_canvas)}",
        f"{part:.2f}",
        f"≤ {ms(PNG_AIM)}",
        whole <= PNG_AIM,
    )


def _stroke(page: Page, line: int) -> Pace:
    """The pace of frames during a stroke from one side of the picture to the other and back."""
    page.bring_to_front()
    left, top = 320, 100 + 40 * line
    page.mouse.move(left, top)
    page.mouse.down()
    frames = pace(page, lambda page: page.mouse.move(left + 600, top + 60, steps=STEPS))
    page.mouse.up()
    return frames


def _png(page: Page) -> float:
    """Seconds of the first look at the answer after every pixel of it has changed."""
    page.evaluate(OTHER_COLORS)
    milliseconds: float = page.evaluate(TIMED)
    return milliseconds / 1000
