"""How much a page loads for each kind of element: the scripts as they are served, packed with Brotli."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bench.figure import Figure
from bench.rounds import Rounds
from tests.bundle import BUILT

AIM = 200
"""Thousands of bytes of a page with one tool."""

ENTRY = "crowd-html-elements.js"


def figures(_: Rounds) -> Iterator[Figure]:
    chunks: dict[str, list[str]] = json.loads((BUILT / "bundle.json").read_text())["chunks"]
    entry = _packed(ENTRY)
    for tag, paths in chunks.items():
        page = entry + sum(map(_packed, paths))
        yield Figure(
            f"Scripts of a page with {tag}",
            f"{page:.1f} KB in {1 + len(paths)} files",
            f"a page without elements: {entry:.1f} KB",
            f"{page / entry:.2f}",
            f"≤ {AIM} KB",
            page <= AIM,
        )


def _packed(path: str) -> float:
    """Thousands of bytes; the build leaves each script packed beside it."""
    return (BUILT / f"{path}.br").stat().st_size / 1000
