"""The scripted reviewer: one task, answered as given or as the page says untouched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin

from secondlook.reviewer.acceptance import Page, untouched
from secondlook.reviewer.errors import ReviewerError
from secondlook.reviewer.portal import Portal, Task


def answer(
    portal: Portal, number: int, content: Mapping[str, Any] | None, warn: Callable[[str], None]
) -> Task:
    """Submit `content`, or accept the page; the task that was answered.

    A task that cannot be answered is given back before ReviewerError is raised.
    """
    try:
        task = portal.task(number)
        portal.submit(number, content if content is not None else accepted(portal, task, warn))
    except ReviewerError:
        portal.release(number)
        raise
    return task


def accepted(portal: Portal, task: Task, warn: Callable[[str], None]) -> dict[str, Any]:
    """The answer of the task's page untouched. `warn` hears what may make it differ from a browser's."""
    if Page(task.html).has_scripts:
        warn(f"The page of {task.loop} has scripts of its own, which a scripted reviewer does not run.")
    return untouched(task.html, lambda src: portal.picture_size(urljoin(task.url, src)))
