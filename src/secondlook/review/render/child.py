"""The process that renders templates: `python -m secondlook.review.render.child MEMORY SECONDS IDLE`.

It can read its stdin and write its stdout, and little else: no environment, no other pipes, no files, and hard limits on
memory and time. The server kills it when the wall clock runs out; the limits here hold when nobody is left to do that. It
ends when the server does (end of file on stdin), after IDLE seconds without work, and when it has grown large.

It is not tied to its parent with PR_SET_PDEATHSIG: the kernel means the parent *thread*, and a server's threads come and go.
"""

from __future__ import annotations

import json
import math
import resource
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from secondlook.review.liquid import RenderError, TemplateError, check, render
from secondlook.review.liquid.errors import INVALID_INPUT
from secondlook.review.render import judgement
from secondlook.review.render.errors import INTERNAL_ERROR, MEMORY_LIMIT
from secondlook.review.render.pipe_protocol import Closed, Kind, Pipes


def main(memory: int, seconds: float, idle: float) -> None:
    """Render until the server goes or asks for nothing. `memory` in bytes."""
    _confine(memory)
    pipes = Pipes(sys.stdin.fileno(), sys.stdout.fileno())
    pipes.send((Kind.READY, ""))
    try:
        # Parsed templates stay, and memory once used is not given back: a fresh process costs less than a large one.
        while _peak() < memory // 4:
            kind, template = pipes.receive(time.monotonic() + idle)
            _allow(seconds)
            pipes.send(*(_checked(template) if kind is Kind.CHECK else _rendered(kind, template, pipes)))
    except (Closed, TimeoutError):
        return


def _checked(template: str) -> list[tuple[Kind, str]]:
    return [_problems([*check(template), *judgement.of_template(template)])]


def _rendered(kind: Kind, template: str, pipes: Pipes) -> list[tuple[Kind, str]]:
    _, task_input = pipes.receive()
    try:
        page = render(template, _parse(task_input), _Grants(pipes))
        judged = [] if kind is Kind.TEMPLATE else [_problems(judgement.of_page(page, template))]
    except RenderError as error:
        problem = error.problem
    except MemoryError:
        problem = TemplateError(MEMORY_LIMIT, "")
    except Exception as error:  # noqa: BLE001  # a fault of ours must reach the requester, not look like a crash
        problem = TemplateError(INTERNAL_ERROR, f"{type(error).__name__}: {error}")
    else:
        return judged if kind is Kind.JUDGE else [(Kind.PAGE, page), *judged]
    return [(Kind.FAILED, json.dumps(_members(problem)))]


def _problems(problems: Iterable[TemplateError]) -> tuple[Kind, str]:
    """In the order of the template; what has no place comes last."""
    in_order = sorted(problems, key=lambda problem: (problem.line or math.inf, problem.column or 0))
    return Kind.PROBLEMS, json.dumps([_members(problem) for problem in in_order])


def _members(problem: TemplateError) -> tuple[str, str, int | None, int | None, bool, int]:
    return problem.code, problem.message, problem.line, problem.column, problem.is_warning, problem.count


class _Grants:
    """Asks the server for a link; it has the key. An object has the same link all over a page."""

    def __init__(self, pipes: Pipes) -> None:
        self._pipes = pipes
        self._links: dict[str, str] = {}

    def __call__(self, uri: str) -> str:
        link = self._links.get(uri)
        if link is None:
            self._pipes.send((Kind.GRANT, uri))
            kind, link = self._pipes.receive()
            if kind is Kind.REFUSED:
                raise RenderError(TemplateError(*json.loads(link)))
            self._links[uri] = link
        return link


def _parse(task_input: str) -> object:
    try:
        return json.loads(task_input, parse_constant=_no_constant, parse_float=_finite)
    except RecursionError as error:
        raise RenderError(TemplateError(INVALID_INPUT, "The task's input is nested too deeply.")) from error
    except ValueError as error:
        raise RenderError(TemplateError(INVALID_INPUT, f"The task's input is not JSON: {error}.")) from error


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON value")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{digits} is too large for a number")
    return number


def _confine(memory: int) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (OSError, ValueError):
        # macOS has no limit of address space; there the wall clock has to do.
        if sys.platform != "darwin":
            raise
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))


def _allow(seconds: float) -> None:
    """Let this process compute for `seconds` more, and a little, since the server's clock should strike first."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + seconds) + 2
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def _peak() -> int:
    """The most memory in bytes that this process has had."""
    try:
        # Linux's ru_maxrss outlives exec: in a child it begins with the most that the server has had.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split(None, 1)[0]) * 1024
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))
