"""What the workshop of judgement refuses. Doors translate: `api` into AWS's error codes, `pages` into sentences."""

from __future__ import annotations


class Refusal(Exception):
    """Something asked for cannot be done; the message names what, where and what would be right."""


class Invalid(Refusal):
    """A value is wrong, or names something that does not exist where AWS says ValidationException."""


class NotFound(Refusal):
    """The named resource does not exist."""


class InUse(Refusal):
    """The name is taken, or the resource cannot change now."""


class LimitExceeded(Refusal):
    """One more would be more than an account may have."""


class Conflict(Refusal):
    """The same name with another content."""


class Outdated(Refusal):
    """Something newer is kept already."""


class Unwritten(Refusal):
    """Storage does not take an output."""


class Gone(Refusal):
    """The worker's hold on a task has ended: expired, released, stopped or closed."""


class NotYours(Refusal):
    """The worker has no right to this."""
