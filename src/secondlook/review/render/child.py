"""The process that renders templates: `python -m secondlook.review.render.child MEMORY SECONDS IDLE`.

It can read its stdin and write its stdout, and little else: no environment, no other descriptors, no files, and hard
limits on memory and time. The server kills it when the wall clock runs out; the limits here hold when nobody is left to do
that. It ends when the server does (end of file on stdin), and by itself after IDLE seconds without work.

It is not tied to its parent with PR_SET_PDEATHSIG: the kernel means the parent *thread*, and threads of a server come and go.
"""

from __future__ import annotations

import json
import resource
import sys
import time

from secondlook.review.liquid import Problem, RenderError, render
from secondlook.review.liquid.problem import INVALID_INPUT
from secondlook.review.render.failure import INTERNAL_ERROR, MEMORY_LIMIT
from secondlook.review.render.frames import Closed, Kind, Pipes


def main(memory: int, seconds: float, idle: float) -> None:
    """Render until the server goes or nothing is asked for. `memory` in bytes."""
    _confine(memory)
    pipes = Pipes(sys.stdin.fileno(), sys.stdout.fileno())
    pipes.send(Kind.READY, "")
    try:
        while True:
            _, template = pipes.receive(time.monotonic() + idle)
            _, task_input = pipes.receive()
            _allow(seconds)
            pipes.send(*_answer(pipes, template, task_input))
    except (Closed, TimeoutError):
        return


def _answer(pipes: Pipes, template: str, task_input: str) -> tuple[Kind, str]:
    try:
        return Kind.PAGE, render(template, _parse(task_input), _Grants(pipes))
    except RenderError as error:
        problem = error.problem
        return Kind.FAILED, _failed(problem.code, problem.message, problem.line, problem.column)
    except MemoryError:
        return Kind.FAILED, _failed(MEMORY_LIMIT, "", None, None)
    except Exception as error:  # noqa: BLE001  # a fault of the language must not look like a crash
        return Kind.FAILED, _failed(INTERNAL_ERROR, f"{type(error).__name__}: {error}", None, None)


def _failed(code: str, message: str, line: int | None, column: int | None) -> str:
    return json.dumps([code, message, line, column])


class _Grants:
    """Asks the server for a link; it has the key. The same object has the same link all over a page."""

    def __init__(self, pipes: Pipes) -> None:
        self._pipes = pipes
        self._links: dict[str, str] = {}

    def __call__(self, uri: str) -> str:
        link = self._links.get(uri)
        if link is None:
            self._pipes.send(Kind.GRANT, uri)
            kind, link = self._pipes.receive()
            if kind is Kind.REFUSED:
                raise RenderError(Problem(*json.loads(link)))
            self._links[uri] = link
        return link


def _parse(task_input: str) -> object:
    try:
        return json.loads(task_input, parse_constant=_no_constant, parse_float=_finite)
    except RecursionError as error:
        raise RenderError(Problem(INVALID_INPUT, "the task's input is nested too deeply")) from error
    except ValueError as error:
        raise RenderError(Problem(INVALID_INPUT, f"the task's input is not JSON: {error}")) from error


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a JSON value")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"the number {digits} is too large")
    return number


def _confine(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))


def _allow(seconds: float) -> None:
    """Let this process compute for `seconds` more, and a little, since the server's clock should strike first."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + seconds) + 2
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))
