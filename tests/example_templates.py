"""The templates of `examples/templates`, rendered with their sample inputs, and how a worker fills each in.

python -m tests.example_templates    take their pictures anew (`make template-pictures`)
"""

from __future__ import annotations

import io
import json
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from secondlook.review.render import Renderer, rewrite
from tests.bundle import scripts
from tests.chromium import launch_options

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples/templates"
BUCKET = "s3://EXAMPLE-BUCKET/"
MEDIA = (FOLDER / "media", ROOT / "examples", ROOT / "src/secondlook/cli/samples")
"""Where the objects lie that sample inputs name."""

KINDS = {".jpg": "image/jpeg", ".png": "image/png", ".wav": "audio/wav", ".webm": "video/webm"}
SIZE = {"width": 1280, "height": 800}

Step = Sequence[str]
"""`press`, `click`, `check`, `fill` or `hover`, as Playwright has them; the selector; an argument."""

_NUDGE = [("press", ".surface", "Tab"), ("press", ".surface", "ArrowLeft")]

FILL: Mapping[str, Sequence[Step]] = {
    "agent-action-approval": [
        ("check", "[value=approve-changed]"),
        ("fill", "[name=arguments]", '{\n  "order": 4711,\n  "amount": "18.90",\n  "currency": "EUR"\n}'),
    ],
    "audio-transcription": [
        ("hover", "#player"),
        ("fill", "[name=transcript]", "The delivery for room four arrives on Tuesday, not on Monday."),
    ],
    "document-fields": [("fill", "#iban", "DE89 3704 0044 0532 0130 00")],
    "document-pairs": [
        ("fill", ".at-work input.value", "14 days"),
        ("press", ".at-work input.value", "Enter"),
    ],
    "document-transcription": [("click", "[name=text]")],
    "image-boxes": _NUDGE,
    "image-keypoints": _NUDGE,
    "image-moderation": [("press", ".surface", "n")],
    "image-outlines": _NUDGE,
    "image-quality": [("press", ".target", "1")],
    "image-segmentation": [("hover", ".surface")],
    "image-tags": [("press", ".target", "1"), ("press", ".target", "3")],
    "image-verification": [("press", ".surface", "2")],
    "pairwise-comparison": [
        ("check", "[value=A-much]"),
        ("fill", "[name=reason]", "B does not answer the question: the yolk would be hard."),
    ],
    "record-match": [("check", "[value=same]")],
    "response-ranking": [
        ("press", f".board:nth-of-type({board}) .chip[data-response='{response}']", str(response + 1))
        for board in (1, 2)
        for response in (0, 1, 2)
    ],
    "summary-faithfulness": [
        ("check", "[name=sentence-1][value=supported]"),
        ("check", "[name=sentence-2][value=contradicted]"),
        ("check", "[name=sentence-3][value=not-found]"),
        ("fill", "[name=missing]", "Cyclists get lanes of their own."),
    ],
    "table-anomalies": [("fill", "[name=value-tue]", "417"), ("click", "[value=thu]")],
    "text-entities": [("press", ".surface", "Tab"), ("press", ".surface", "Tab"), ("press", ".surface", "1")],
    "text-moderation": [("check", "[value=keep]")],
    "text-sentiment": [("press", ".target", "1")],
    "translation-review": [
        ("fill", "[name=translation]", "The delivery for room four comes on Tuesday, not on Monday."),
        ("check", "[value=good]"),
        ("check", "[value=grammar]"),
    ],
    "video-events": [
        ("hover", "#player"),
        ("fill", "[name=jam-from]", "1.2"),
        ("fill", "[name=fall-from]", "4.0"),
        ("fill", "[name=fall-to]", "4.8"),
    ],
}


@dataclass(frozen=True)
class Example:
    """One folder."""

    name: str

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        return FOLDER / self.name

    @property
    def picture(self) -> Path:
        return self.folder / "picture.webp"

    @cached_property
    def template(self) -> str:
        return (self.folder / "template.liquid.html").read_text(encoding="utf-8")

    @cached_property
    def sample(self) -> str:
        return (self.folder / "input.json").read_text(encoding="utf-8")

    @cached_property
    def schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = json.loads((self.folder / "answer.schema.json").read_text(encoding="utf-8"))
        return schema

    def page(self, renderer: Renderer, url: str) -> str:
        """The HTML that a worker gets, its objects and our library beside it at `url`."""
        page = renderer.render(self.template, self.sample, lambda uri: uri.replace(BUCKET, f"{url}/"))
        return rewrite(page, f"{url}/crowd-html-elements.js", "")

    def fill(self, page: Page) -> None:
        for action, selector, *arguments in FILL[self.name]:
            getattr(page.locator(selector).first, action)(*arguments)


EXAMPLES = [Example(path.parent.name) for path in sorted(FOLDER.glob("*/template.liquid.html"))]


def media() -> dict[str, tuple[bytes, str]]:
    """Body and content type of what sample inputs name, by path."""
    files = [path for folder in MEDIA for path in folder.iterdir() if path.suffix in KINDS]
    return {f"/{path.name}": (path.read_bytes(), KINDS[path.suffix]) for path in files}


def take_pictures(names: Sequence[str]) -> None:
    bodies = media() | {path: (body, "text/javascript") for path, body in scripts().items()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, kind = bodies.get(self.path.partition("?")[0], (b"", "text/plain"))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    with Renderer(workers=1) as renderer, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for example in EXAMPLES:
            if names and example.name not in names:
                continue
            bodies["/page"] = (example.page(renderer, url).encode(), "text/html; charset=utf-8")
            page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
            page.goto(f"{url}/page")
            page.wait_for_load_state("networkidle")
            page.wait_for_function(
                "[...document.querySelectorAll('audio, video')].every((media) => media.readyState > 1)"
            )
            example.fill(page)
            save(page.screenshot(), example.picture)
            page.close()
        browser.close()
    server.shutdown()
    server.server_close()


def save(screenshot: bytes, path: Path) -> None:
    """At two thirds of its size, small enough for a page with all of them."""
    image = Image.open(io.BytesIO(screenshot)).convert("RGB")
    image.resize((SIZE["width"] * 2 // 3, SIZE["height"] * 2 // 3), Image.Resampling.LANCZOS).save(
        path, quality=80
    )


if __name__ == "__main__":
    take_pictures(sys.argv[1:])
