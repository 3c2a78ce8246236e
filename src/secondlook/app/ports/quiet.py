"""One line a minute of what strangers can cause as often as they like, with the number of those left out."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

EACH = 60.0
"""Seconds between two lines of the same kind."""

_MOST_KINDS = 1000


class OncePerMinute(logging.Filter):
    """Lets a message through if none of its kind (text before filling in, and what was raised where) came this minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._seen: dict[object, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        kind = (record.name, str(record.msg).partition("\n")[0], _raised(record))
        now = self._clock()
        since, left_out = self._seen.get(kind, (now - EACH, 0))
        if now - since < EACH:
            self._seen[kind] = (since, left_out + 1)
            return False
        if len(self._seen) >= _MOST_KINDS:
            self._seen.clear()
        self._seen[kind] = (now, 0)
        if left_out:
            record.msg = f"{record.getMessage()} (and {left_out} more like it)"
            record.args = ()
        return True


def install(*names: str) -> None:
    """Quiet these loggers."""
    for name in names:
        logger = logging.getLogger(name)
        if not any(isinstance(filter_, OncePerMinute) for filter_ in logger.filters):
            logger.addFilter(OncePerMinute())


def _raised(record: logging.LogRecord) -> object:
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    trace = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    return (type(error), trace.tb_frame.f_code, trace.tb_lineno) if trace else None
