"""A model process ends with the server that started it, also when that one is killed.

The server holds the writing end of the process's standard input; when the server dies, in whatever way, the kernel closes
it and the read below ends. It writes once, to ask a process that no signal of its reaches to come to an end. A second look at the parent's process id covers a
writing end that another child of the server happened to inherit.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading

LOOK_SECONDS = 1.0

END = b"end\n"
"""What is written to ask a process to end as after SIGTERM."""


def hold() -> None:
    """From now on, die with the parent. Call it before anything slow is imported or loaded."""
    threading.Thread(target=_watch, args=(os.getppid(),), name="lifeline", daemon=True).start()


def _watch(parent: int) -> None:
    line = sys.stdin.fileno()
    while os.getppid() == parent:
        readable, _, _ = select.select([line], [], [], LOOK_SECONDS)
        if readable:
            if not os.read(line, 4096):
                break
            os.kill(os.getpid(), signal.SIGTERM)
    # The model may be in the middle of native code: nothing here is worth an orderly end.
    os._exit(0)
