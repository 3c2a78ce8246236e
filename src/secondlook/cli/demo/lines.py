"""The demo's other subject: lines of text on a scanned page, with the reader `ppocr-text`. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from secondlook.cli.demo.subject import HERE, SAMPLES, Mark, Outcome, mark


class Lines:
    """Lines of text and what they say."""

    product = "ppocr-text"
    title = "Correct what a reader made of a page"
    picture = SAMPLES / "page.jpg"
    size = (770, 995)  # of the picture
    headings: tuple[str, ...] = ("READ", "SCORE", "LEFT", "TOP")

    @property
    def template(self) -> str:
        return (HERE / "templates" / "lines.html").read_text(encoding="utf-8")

    def row(self, prediction: Mapping[str, Any]) -> Sequence[Any]:
        return prediction["id"], f"{prediction['score']:.2f}", prediction["left"], prediction["top"]

    def question(self, doubtful: Sequence[Mapping[str, Any]], uri: str) -> dict[str, Any]:
        width, height = self.size
        return {
            "page": uri,
            "width": width,
            "height": height,
            "lines": [
                {
                    "name": _name(number),
                    "text": line.caption,
                    "left": line.left,
                    "top": line.top,
                    "width": line.width,
                    "height": line.height,
                }
                for number, line in enumerate(self.before(doubtful))
            ],
        }

    def before(self, doubtful: Sequence[Mapping[str, Any]]) -> list[Mark]:
        return [mark(prediction) for prediction in doubtful]

    def after(self, doubtful: Sequence[Mapping[str, Any]], answer: Mapping[str, Any]) -> list[Mark]:
        """A line whose field was emptied is not in the answer: nothing stands there."""
        lines = [
            replace(line, caption=answer.get(_name(number), ""), score=None)
            for number, line in enumerate(self.before(doubtful))
        ]
        return [line for line in lines if line.caption]

    def outcome(self, doubtful: Sequence[Mapping[str, Any]], answer: Mapping[str, Any]) -> Outcome:
        rows: list[Sequence[Any]] = []
        for number, line in enumerate(self.before(doubtful)):
            now = answer.get(_name(number), "")
            change = "kept" if now == line.caption else "corrected" if now else "deleted"
            rows.append((line.caption, now, change))
        return ("READ", "CORRECTED", "CHANGE"), rows


def _name(number: int) -> str:
    return f"line-{number + 1}"
