"""What a server says on stderr while it runs. Much of it quotes strangers: models, callers, servers elsewhere."""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from secondlook.cli.output import plain

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Plain(logging.Formatter):
    """An entry begins at the margin and nothing else does, so that nobody can forge one; and nothing in it steers a terminal."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (logging's name)
        return _indented(super().formatMessage(record))

    def formatException(self, ei: Raised) -> str:  # noqa: N802
        return "  " + _indented(super().formatException(ei))


def set_up() -> None:
    """From here on; what is no warning is not said."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(Plain())
    logging.getLogger().addHandler(handler)


def _indented(text: str) -> str:
    return plain(text).replace("\n", "\n  ")
