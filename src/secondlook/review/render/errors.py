"""Why a task did not render, or rendered to a page that nobody could answer, in the form in which A2I reports it: a code and
a text [lifecycle.md].
"""

from __future__ import annotations

TIMEOUT = "Timeout"
"""The template took longer than the wall clock allows."""
MEMORY_LIMIT = "MemoryLimit"
"""The template needed more memory than a child process may have."""
GRANT_LIMIT = "GrantLimit"
"""The template asked for more links than one page may have."""
INTERNAL_ERROR = "InternalError"
"""The child process ended, and not because of its limits."""
UNKNOWN_ELEMENT = "UnknownElement"
"""The page has a `crowd-` element that neither the bundle nor the page itself defines."""
MISSING_FORM = "MissingForm"
"""The page has no form, so there would be no Submit."""
FRAGMENT = "Fragment"
"""As MissingForm, but there is no element at all: such a text is good enough for a preview."""
REFRESH = "Refresh"
"""A `<meta>` that loads the page anew; it is left out."""
PAGE_POLICY = "PagePolicy"
"""A Content-Security-Policy of the page's own, which may keep from it what it needs."""
NO_SUBMIT = "NoSubmit"
"""Every submit control of the form, or the form itself, is disabled or hidden, and nothing on the page changes that."""
UNFILLABLE_FIELD = "UnfillableField"
"""Nothing that a worker could do makes a required field acceptable, so the form can never be submitted."""
LOST_ANSWER = "LostAnswer"
"""What a required field asks for can be no part of the answer."""

UNKNOWN_ATTRIBUTE = "UnknownAttribute"
"""An element has an attribute that it does not read, and that looks like one that it reads."""
UNREADABLE_ATTRIBUTE = "UnreadableAttribute"
"""An attribute that holds a list or an object holds none."""
UNNAMED_FIELD = "UnnamedField"
"""An element that answers has no name, so its answer has no key."""


class RenderFailed(Exception):
    """The template did not render; as a problem with `is_warning`, it renders, but something in it is hardly meant.

    A loop's FailureReason is `Task failed to render: [ {code}: '{message}' ].`; RenderUiTemplate answers `Code` and
    `Message`. `line` and `column` count from 1, None where no place in the template is at fault; where it helps, the
    message names the place too. `count` is the number of places that a problem stands for.
    """

    def __init__(
        self,
        code: str,
        message: str,
        line: int | None = None,
        column: int | None = None,
        *,
        is_warning: bool = False,
        count: int = 1,
    ) -> None:
        super().__init__(f"{'warning: ' if is_warning else ''}{code}: {message}")
        self.code = code
        self.message = message
        self.line = line
        self.column = column
        self.is_warning = is_warning
        self.count = count
