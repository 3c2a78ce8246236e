"""Why a task did not render, in the form in which A2I reports it: a code and a text [lifecycle.md]."""

from __future__ import annotations

TIMEOUT = "Timeout"
"""The template took longer than the wall clock allows."""
MEMORY_LIMIT = "MemoryLimit"
"""The template needed more memory than a child process may have."""
GRANT_LIMIT = "GrantLimit"
"""The template asked for more links than one page may have."""
INTERNAL_ERROR = "InternalError"
"""The child process ended, and not because of its limits."""


class RenderFailed(Exception):
    """The template did not render.

    A loop's FailureReason is `Task failed to render: [ {code}: '{message}' ].`; RenderUiTemplate answers `Code` and
    `Message`. `line` and `column` count from 1, None where no place in the template is at fault; where it helps, the
    message names the place too.
    """

    def __init__(self, code: str, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.line = line
        self.column = column
