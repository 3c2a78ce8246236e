"""How long frames take: what a browser says to a page that asks for every one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import CDPSession, Page

_START = """() => {
    const seen = window.frames_seen = [];
    let last;
    const tick = (now) => { if (last !== undefined) seen.push(now - last); last = now; window.ticking = requestAnimationFrame(tick); };
    window.ticking = requestAnimationFrame(tick);
}"""
_STOP = "(cancelAnimationFrame(window.ticking), window.frames_seen)"


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds from one frame to the next, in the middle and what 19 of 20 frames need at most; and the processor time of the page's
    main thread in each, which does not depend on what else the machine does."""

    p50: float
    p95: float
    work: float


def pace(page: Page, act: Callable[[Page], None]) -> Pace:
    """The pace of the page while something is done to it."""
    page.bring_to_front()
    page.evaluate(_START)
    with worked(page) as work:
        act(page)
    frames: list[float] = sorted(page.evaluate(_STOP))
    return Pace(median(frames) / 1000, frames[int(len(frames) * 0.95)] / 1000, work.seconds / len(frames))


@dataclass(slots=True)
class Work:
    """Seconds of processor time of a page's main thread."""

    seconds: float = 0.0


@contextmanager
def worked(page: Page) -> Iterator[Work]:
    """What the page works meanwhile, known at the end."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before, work = _since_start(session), Work()
    yield work
    work.seconds = _since_start(session) - before
    session.detach()


def _since_start(session: CDPSession) -> float:
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])
