"""What keeps a scripted reviewer from going on."""

from __future__ import annotations


class ReviewerError(Exception):
    """The message says what, and where."""


class PortalError(ReviewerError):
    """The portal said no; `status` is HTTP's."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"The portal refused: {message}")
        self.status = status


class CannotAccept(ReviewerError):
    """Something on the page needs a person to decide; the message names it."""
