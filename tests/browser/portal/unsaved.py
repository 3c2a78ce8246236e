"""Work that a browser has and the server has not."""

from __future__ import annotations

from playwright.sync_api import Page

from .conftest import Worker

WORDS = "half a cat"


def stored(page: Page) -> list[str]:
    """What this browser keeps of anybody's work."""
    copies: list[str] = page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('secondlook:work:'))"
    )
    return copies


def typed(worker: Worker, words: str = WORDS) -> None:
    """Typed a moment ago: this browser keeps it, the server does not have it yet."""
    worker.reply.fill(words)
    worker.page.wait_for_function(
        "(words) => Object.values(localStorage).some((text) => text.includes(words))", arg=words
    )
