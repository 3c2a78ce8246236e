"""One rendering child, seen from the server."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from secondlook.review.render.failure import (
    GRANT_LIMIT,
    INTERNAL_ERROR,
    MEMORY_LIMIT,
    TIMEOUT,
    RenderFailed,
)
from secondlook.review.render.frames import Closed, Kind, Pipes
from secondlook.review.render.limits import Limits

_START = 30.0
"""Seconds that a child may take to load the language, on a machine that is busy."""


class Idle(Exception):
    """The child had ended before it was asked anything, since it had nothing to do."""


class Child:
    """A started child. One caller at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        numbers = (str(limits.memory), str(limits.seconds), str(limits.idle))
        self._process = subprocess.Popen(  # noqa: S603  # our own module, our own numbers
            [sys.executable, "-I", "-m", "secondlook.review.render.child", *numbers],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={},
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._pipes = Pipes(self._process.stdout.fileno(), self._process.stdin.fileno())
        try:
            self._pipes.receive(time.monotonic() + _START)
        except (Closed, TimeoutError) as error:
            self.kill()
            raise RenderFailed(
                INTERNAL_ERROR, "A process to render templates in could not be started."
            ) from error

    def render(self, template: str, task_input: str, grant: Callable[[str], str]) -> str:
        """The page, or RenderFailed. Idle if the child had ended; whatever `grant` raises. See `usable` afterwards."""
        conversation = _Conversation(self._pipes, self._limits, grant)
        try:
            return conversation.hold(template, task_input)
        except TimeoutError as error:
            self.kill()
            message = f"The template did not finish rendering within {self._limits.seconds:g} seconds."
            raise RenderFailed(TIMEOUT, message) from error
        except Closed as error:
            raise self._ended() from error
        except BaseException as error:
            if not isinstance(error, RenderFailed) or error.code == MEMORY_LIMIT:
                # Mid-sentence, or with a heap in tatters: it is cheaper to start another than to wonder.
                self.kill()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def usable(self) -> bool:
        """Whether the child may be asked again. It may still end itself before that; then `render` says Idle."""
        return self._process.returncode is None

    def stop(self) -> None:
        """End the child while another thread talks to it; that thread finds the pipe closed and clears up."""
        self._process.kill()

    def kill(self) -> None:
        """End the child and clear up."""
        self._process.kill()
        self._reap()

    def _reap(self) -> None:
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _ended(self) -> Exception:
        """Why the child closed its pipes."""
        self._reap()
        status = self._process.returncode
        if status == 0:
            return Idle()
        if status == -signal.SIGXCPU:
            return RenderFailed(TIMEOUT, "The template used more processor time than it may.")
        return RenderFailed(
            INTERNAL_ERROR, f"The process that rendered the template ended with status {status}."
        )


class _Conversation:
    """One page: what is said between TEMPLATE and PAGE."""

    def __init__(self, pipes: Pipes, limits: Limits, grant: Callable[[str], str]) -> None:
        self._pipes = pipes
        self._limits = limits
        self._grant = grant
        self._granted = 0
        self._deadline = time.monotonic() + limits.seconds

    def hold(self, template: str, task_input: str) -> str:
        self._pipes.send(Kind.TEMPLATE, template, self._deadline)
        self._pipes.send(Kind.INPUT, task_input, self._deadline)
        while True:
            kind, text = self._pipes.receive(self._deadline)
            if kind is Kind.PAGE:
                return text
            if kind is Kind.FAILED:
                raise self._failed(*json.loads(text))
            self._pipes.send(*self._link(text), self._deadline)

    def _link(self, uri: str) -> tuple[Kind, str]:
        self._granted += 1
        if self._granted > self._limits.grants:
            message = f"The template asks for links to more than {self._limits.grants:,} objects."
            return Kind.REFUSED, json.dumps([GRANT_LIMIT, message])
        began = time.monotonic()
        try:
            return Kind.LINK, self._grant(uri)
        except RenderFailed as refusal:
            return Kind.REFUSED, json.dumps([refusal.code, refusal.message, refusal.line, refusal.column])
        finally:
            # Signing is the server's time, not the template's.
            self._deadline += time.monotonic() - began

    def _failed(self, code: str, message: str, line: int | None, column: int | None) -> RenderFailed:
        if code == MEMORY_LIMIT:
            message = f"The template needs more than {self._limits.memory // 2**20} MiB of memory."
        return RenderFailed(code, message, line, column)
