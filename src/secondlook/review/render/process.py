"""One rendering child, seen from the server."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from secondlook.review.render.child_client import ChildClient
from secondlook.review.render.errors import INTERNAL_ERROR, MEMORY_LIMIT, TIMEOUT, RenderFailed
from secondlook.review.render.limits import Limits
from secondlook.review.render.pipe_protocol import Closed, Pipes

T = TypeVar("T")

_START = 30.0
"""Seconds that a child may take to load the language, on a machine that is busy."""


class Idle(Exception):
    """The child had ended before it was asked: it had nothing to do, had grown large, or somebody ended it."""


class Child:
    """A started child, for one caller at a time. RenderFailed if it does not start."""

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
            raise RenderFailed(INTERNAL_ERROR, "A process that renders templates did not start.") from error

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def usable(self) -> bool:
        """Whether the child may be asked again. It may still end itself before that; then talking says Idle."""
        return self._process.returncode is None

    def talk(self, about: Callable[[ChildClient], T]) -> T:
        """What `about` answers. RenderFailed if the template is at fault; Idle if the child had ended."""
        if self._process.poll() is not None:
            self._clear_up()
            raise Idle
        try:
            return about(ChildClient(self._pipes, self._limits))
        except TimeoutError as error:
            self.kill()
            message = f"The template did not finish rendering within {self._limits.seconds:g} seconds."
            raise RenderFailed(TIMEOUT, message) from error
        except Closed as error:
            raise self._ended() from error
        except RenderFailed as failure:
            if failure.code == MEMORY_LIMIT:
                # A heap in tatters: it is cheaper to start another child than to wonder.
                self.kill()
            raise
        except BaseException:
            # The child still waits for an answer that will not come.
            self.kill()
            raise

    def stop(self) -> None:
        """End the child while another thread talks to it; that thread finds the pipe closed and clears up."""
        self._process.kill()

    def kill(self) -> None:
        """End the child and clear up."""
        self._process.kill()
        self._clear_up()

    def _clear_up(self) -> None:
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _ended(self) -> Exception:
        """Why the child closed its pipes."""
        self._clear_up()
        status = self._process.returncode
        if status == 0:
            return Idle()
        if status == -signal.SIGXCPU:
            return RenderFailed(TIMEOUT, "The template used more processor time than it may.")
        return RenderFailed(
            INTERNAL_ERROR, f"The process that rendered the template ended with status {status}."
        )
