"""The renderer: a few children, shared by all threads of the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from secondlook.review.render.child_client import Preview
from secondlook.review.render.errors import INTERNAL_ERROR, RenderFailed
from secondlook.review.render.limits import Limits
from secondlook.review.render.pool import Pool
from secondlook.review.render.recent import Recent

REMEMBERED = 500
"""Templates whose problems are kept in memory: more than a console shows."""


class Renderer:
    """Renders worker task templates in limited processes. Thread-safe.

        with Renderer(workers=2) as renderer:
            page = renderer.render("<p>{{ task.input.text }}</p>", '{"text": "a < b"}', grant=sign)

    A child is started when a page is asked for and none is free, up to `workers`; then callers wait. So a template
    that burns its five seconds costs one child, not the server; and of several children one is kept for pages that a
    worker waits for: `preview`, `judge` and `check` leave it alone.
    """

    def __init__(
        self,
        workers: int = 3,
        *,
        memory: int = 512 * 2**20,
        seconds: float = 5.0,
        grants: int = 10_000,
        idle: float = 300.0,
    ) -> None:
        """`memory` in bytes of address space per child; `seconds`, `grants` and `idle` as in `Limits`."""
        self._pool = Pool(workers, Limits(memory, seconds, grants, idle))
        self._checked = Recent(REMEMBERED)

    def render(self, template: str, task_input: str, grant: Callable[[str], str]) -> str:
        """The HTML of `template`, with the JSON text `task_input` as `task.input`.

        `grant` is called with `s3://bucket/key`, here in the server, and answers a link; the RenderFailed it may raise
        becomes the template's failure, anything else passes through. Raises RenderFailed.
        """
        with self._pool.slot() as slot:
            return slot.ask(lambda client: client.render(template, task_input, grant))

    def preview(self, template: str, task_input: str, grant: Callable[[str], str]) -> Preview:
        """As `render`, with the problems that keep people from answering the page. Raises RenderFailed."""
        with self._pool.slot(background=True) as slot:
            return slot.ask(lambda client: client.preview(template, task_input, grant))

    def judge(self, template: str, task_input: str, grant: Callable[[str], str]) -> Sequence[RenderFailed]:
        """As `preview`, without the page."""
        with self._pool.slot(background=True) as slot:
            return slot.ask(lambda client: client.judge(template, task_input, grant))

    def check(self, template: str) -> Sequence[RenderFailed]:
        """What is wrong with `template` before it meets any input: its first syntax error, or its unknown filters and, as
        warnings, variables; elements that do not exist; no form. So is one that takes too long to read.
        """
        problems = self._checked.get(template)
        if problems is None:
            problems = self._check(template)
            if all(problem.code != INTERNAL_ERROR for problem in problems):
                self._checked.put(template, problems)
        return problems

    def _check(self, template: str) -> Sequence[RenderFailed]:
        try:
            with self._pool.slot(background=True) as slot:
                return slot.ask(lambda client: client.check(template))
        except RenderFailed as failure:
            return [failure]

    def close(self) -> None:
        """End all children. Pages in the making fail, and so does whoever asks for another."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
