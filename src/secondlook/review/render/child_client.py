"""What the server says to a child about one template, and what it answers while it listens."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import NamedTuple

from secondlook.review.render.errors import GRANT_LIMIT, MEMORY_LIMIT, RenderFailed
from secondlook.review.render.limits import Limits
from secondlook.review.render.pipe_protocol import Kind, Pipes

Grant = Callable[[str], str]


class Preview(NamedTuple):
    """A rendered page, and the problems that keep people from answering it."""

    page: str
    problems: list[RenderFailed]


class ChildClient:
    """One request to a child. TimeoutError when the wall clock runs out, Closed when the child ends."""

    def __init__(self, pipes: Pipes, limits: Limits) -> None:
        self._pipes = pipes
        self._limits = limits
        self._granted = 0
        self._deadline = time.monotonic() + limits.seconds

    def render(self, template: str, task_input: str, grant: Grant) -> str:
        """The page. RenderFailed if the template fails; whatever else `grant` raises."""
        return self._ask(Kind.TEMPLATE, template, task_input, grant)

    def preview(self, template: str, task_input: str, grant: Grant) -> Preview:
        """The page, and why people could not answer it; raises as `render`."""
        page = self._ask(Kind.PREVIEW, template, task_input, grant)
        return Preview(page, self._problems())

    def judge(self, template: str, task_input: str, grant: Grant) -> list[RenderFailed]:
        """Why people could not answer the page; raises as `render`."""
        return self._failures(self._ask(Kind.JUDGE, template, task_input, grant))

    def check(self, template: str) -> list[RenderFailed]:
        self._pipes.send((Kind.CHECK, template), deadline=self._deadline)
        return self._problems()

    def _ask(self, kind: Kind, template: str, task_input: str, grant: Grant) -> str:
        """What the child answers first; its questions on the way are answered by `grant`."""
        self._pipes.send((kind, template), (Kind.INPUT, task_input), deadline=self._deadline)
        while True:
            answer, text = self._pipes.receive(self._deadline)
            if answer is Kind.FAILED:
                raise self._failure(*json.loads(text))
            if answer is not Kind.GRANT:
                return text
            self._pipes.send(self._answer(text, grant), deadline=self._deadline)

    def _problems(self) -> list[RenderFailed]:
        _, problems = self._pipes.receive(self._deadline)
        return self._failures(problems)

    def _failures(self, problems: str) -> list[RenderFailed]:
        return [self._failure(*problem) for problem in json.loads(problems)]

    def _answer(self, uri: str, grant: Grant) -> tuple[Kind, str]:
        self._granted += 1
        if self._granted > self._limits.grants:
            message = f"The template asks for links to more than {self._limits.grants:,} objects."
            return Kind.REFUSED, json.dumps([GRANT_LIMIT, message])
        began = time.monotonic()
        try:
            return Kind.LINK, grant(uri)
        except RenderFailed as error:
            return Kind.REFUSED, json.dumps([error.code, error.message, error.line, error.column])
        finally:
            # Signing is the server's time, not the template's.
            self._deadline += time.monotonic() - began

    def _failure(
        self, code: str, message: str, line: int | None, column: int | None, is_warning: bool, count: int
    ) -> RenderFailed:
        if code == MEMORY_LIMIT:
            message = f"The template needs more than {self._limits.memory // 2**20} MiB of memory."
        return RenderFailed(code, message, line, column, is_warning=is_warning, count=count)
