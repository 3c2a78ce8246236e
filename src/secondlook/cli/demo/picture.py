"""Before and after, side by side: people would rather look than read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from secondlook.cli.demo.subject import Mark

PALETTE = (
    "#2ca02c",
    "#1f77b4",
    "#ff7f0e",
    "#d62728",
    "#9467bd",
    "#8c564b",
    "#e377c2",
    "#7f7f7f",
    "#bcbd22",
    "#17becf",
)
"""The colours of labels in the order of their first appearance, as the bounding-box tool has them [image-annotation.md]."""

SMALLEST = 640
"""Pixels; a smaller picture is drawn larger, so that captions stay legible."""

MARGIN, TITLE, CAPTION, LINE = 16, 22, 15, 3


def before_and_after(picture: Path, before: Sequence[Mark], after: Sequence[Mark], target: Path) -> None:
    """Write the PNG file `target`: the model's marks on the left, the person's on the right."""
    with Image.open(picture) as opened:
        photo = opened.convert("RGB")
    scale = max(1.0, SMALLEST / photo.width)
    photo = photo.resize((round(photo.width * scale), round(photo.height * scale)))
    head = TITLE + 2 * MARGIN
    sheet = Image.new("RGB", (2 * photo.width + 3 * MARGIN, photo.height + head + MARGIN), "white")
    colours = _colours([*before, *after])
    sides = (("The model", before, MARGIN), ("After a second look", after, 2 * MARGIN + photo.width))
    for title, marks, left in sides:
        ImageDraw.Draw(sheet).text((left, MARGIN), title, font=ImageFont.load_default(TITLE), fill="#222")
        sheet.paste(_marked(photo, marks, scale, colours), (left, head))
    target.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(target)


def _colours(marks: Sequence[Mark]) -> dict[str, str]:
    captions = dict.fromkeys(mark.caption for mark in marks)
    return {caption: PALETTE[place % len(PALETTE)] for place, caption in enumerate(captions)}


def _marked(photo: Image.Image, marks: Sequence[Mark], scale: float, colours: dict[str, str]) -> Image.Image:
    copy = photo.copy()
    draw, font = ImageDraw.Draw(copy), ImageFont.load_default(CAPTION)
    # The small ones last, so that their captions stay legible.
    for mark in sorted(marks, key=lambda box: -box.width * box.height):
        left, top = mark.left * scale, mark.top * scale
        right, bottom = left + mark.width * scale, top + mark.height * scale
        draw.rectangle((left, top, right, bottom), outline=colours[mark.caption], width=LINE)
        text = mark.caption if mark.score is None else f"{mark.caption} {mark.score:.2f}"
        place = max(left, 0), max(top - CAPTION - 6, 0)
        draw.rectangle(_padded(draw.textbbox(place, text, font=font)), fill=colours[mark.caption])
        draw.text(place, text, font=font, fill="white")
    return copy


def _padded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return left - 3, top - 3, right + 3, bottom + 3
