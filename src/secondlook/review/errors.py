"""What the workshop of judgement refuses. Doors translate: `api` into AWS's error codes, `pages` into sentences."""

from __future__ import annotations


class ReviewError(Exception):
    """Something asked for cannot be done; the message names what, where and what would be right."""


class Invalid(ReviewError):
    """A value is wrong, or names something that does not exist where AWS says ValidationException."""


class NotFound(ReviewError):
    """The named resource does not exist."""


class InUse(ReviewError):
    """The name is taken, or the resource cannot change now."""


class LimitExceeded(ReviewError):
    """One more would be more than an account may have."""


class Conflict(ReviewError):
    """The same name with another content."""


class Outdated(ReviewError):
    """Something newer is kept already."""


class Unwritten(ReviewError):
    """Storage does not take an output."""


class Gone(ReviewError):
    """The worker's hold on a task has ended: expired, released, stopped or closed."""


class NotYours(ReviewError):
    """The worker has no right to this."""
