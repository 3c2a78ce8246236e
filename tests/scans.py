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


def invoice() -> Image.Image:
    """Addresses, keys at the right, a table with empty cells, sums under each other, and sentences."""
    paper = Paper()
    paper.line((80, "Northern Lights plc"), (820, "INVOICE"), size=40, pitch=70)
    paper.line((80, "14 Harbour Road"), (820, "Invoice no.: 2026-0117"), size=24, pitch=36)
    paper.line((80, "EH6 6LT Leith"), (820, "Date: 27 November 2026"), size=24, pitch=36)
    paper.line((80, "VAT GB 123 4567 89"), (820, "Customer: 20442"), size=24, pitch=90)
    for row in INVOICED:
        cells = [(left, text) for left, text in zip((80, 180, 680, 820, 1020), row, strict=True) if text]
        paper.line(*cells, size=24, pitch=48)
    for label, amount in (("Subtotal", "475.70"), ("VAT 20 %", "95.14"), ("Total", "570.84")):
        paper.line((820, label), (1020, amount), size=24, pitch=40)
    paper.top += 40
    paper.line((80, "Please pay within 14 days, and mind the following: the account is new."), size=22)
    paper.line((80, "IBAN: GB29 NWBK 6016 1331 9268 19    BIC: NWBKGB2L"), size=22)
    return paper.picture


INVOICED = (
    ("Pos", "Description", "Qty", "Unit price", "Amount"),
    ("1", "Survey of the north pier", "1", "420.00", "420.00"),
    ("2", "Report, bound, three copies", "3", "12.50", "37.50"),
    ("3", "Travel", "", "", "18.20"),
)


def register() -> Image.Image:
    """Two columns of fields, one of them empty, a value of several lines, and one under its key."""
    paper = Paper()
    for row in (
        ("Surname:", "Okafor", "First name:", "Adaeze"),
        ("Street:", "14 Harbour Road", "Postcode:", "EH6 6LT"),
        ("Country:", "Scotland", "Passport no:", "533401988"),
        ("Allergies:", "", "Language:", "English"),
    ):
        cells = [(left, text) for left, text in zip((80, 300, 660, 900), row, strict=True) if text]
        paper.line(*cells, size=26, pitch=50)
    paper.line((80, "Address:"), (300, "3 Shore Street"), size=26, pitch=36)
    paper.line((300, "Leith"), size=26, pitch=36)
    paper.line((300, "Edinburgh"), size=26, pitch=60)
    paper.line((80, "Remarks:"), size=26, pitch=40)
    paper.line((80, "Needs a card in large print."), size=26)
    return paper.picture
