"""Scanned pages for tests: forms and tables as a program prints them and a cheap scanner sees them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT = 1240, 1754
"""A4 at 150 dots per inch."""

FIELDS: Mapping[str, str] = {
    "Full name:": "Okafor Adaeze",
    "Mail address:": "14 Harbour Road, Leith",
    "Date of birth:": "1987-04-12",
    "Phone number:": "+44 131 496 0123",
    "E-mail:": "adaeze@example.org",
    "Member since:": "2019",
    "Branch:": "Central library",
    "Occupation:": "Surveyor",
    "Fee paid:": "12.50",
    "Issued by:": "Morag Lindsay",
}

TABLE: Sequence[Sequence[str]] = (
    ("Item", "Quantity", "Price", "Total"),
    ("Large print atlas", "2", "14.50", "29.00"),
    ("Map of the coast", "1", "8.00", "8.00"),
    ("Globe", "3", "21.00", "63.00"),
)


@dataclass(frozen=True)
class Scanner:
    """`skew` in degrees, against the clock; `noise` is the spread of a tone, of 255; `blur` in pixels."""

    skew: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    quality: int = 92

    def scan(self, paper: Image.Image) -> bytes:
        """A JPEG of it."""
        seen = paper.rotate(self.skew, Image.Resampling.BICUBIC, fillcolor="white")
        if self.blur:
            seen = seen.filter(ImageFilter.GaussianBlur(self.blur))
        if self.noise:
            clean = np.asarray(seen, np.float32)
            tones = clean + np.random.default_rng(7).normal(0, self.noise, clean.shape)
            seen = Image.fromarray(np.clip(tones, 0, 255).astype(np.uint8))
        return saved(seen, "JPEG", quality=self.quality)


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


class Paper:
    """A page that is written from the top."""

    def __init__(self) -> None:
        self.picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
        self.top = 60
        self._pen = ImageDraw.Draw(self.picture)

    def line(self, *texts: tuple[int, str], size: int = 28, pitch: int = 62) -> None:
        """Texts in one row, each from its left edge on."""
        for left, text in texts:
            self._pen.text((left, self.top), text, font=ImageFont.load_default(size), fill="black")
        self.top += pitch


def form(fields: Mapping[str, str] = FIELDS, table: Sequence[Sequence[str]] = TABLE) -> Image.Image:
    """An application: a title, fields beside their keys, a box to tick, labels over their values, a table."""
    paper = Paper()
    paper.line((80, "Application for a library card"), size=44, pitch=120)
    for key, value in fields.items():
        paper.line((80, key), (420, value))
    paper.line((80, "Reference: LC-2026-0042"))
    paper.line((80, "[x] Adult    [ ] Child"), pitch=84)
    paper.line((80, "Employer"), (640, "Job title"), size=22, pitch=34)
    paper.line((80, "Northern Lights plc"), (640, "Assistant"), pitch=96)
    for row in table:
        paper.line(*zip((80, 520, 760, 980), row, strict=True), size=26, pitch=54)
    return paper.picture
