"""How long frames take: what a browser says to a page that asks for every one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Page

_START = """() => {
    const seen = window.frames_seen = [];
    let last;
    const tick = (now) => { if (last !== undefined) seen.push(now - last); last = now; window.ticking = requestAnimationFrame(tick); };
    window.ticking = requestAnimationFrame(tick);
}"""
_STOP = "(cancelAnimationFrame(window.ticking), window.frames_seen)"


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds from one frame to the next: in the middle, and those that 19 of 20 frames need at most."""

    p50: float
    p95: float


def pace(page: Page, act: Callable[[Page], None]) -> Pace:
    """The pace of the page while something is done to it."""
    page.bring_to_front()
    page.evaluate(_START)
    act(page)
    frames: list[float] = sorted(page.evaluate(_STOP))
    return Pace(median(frames) / 1000, frames[int(len(frames) * 0.95)] / 1000)
