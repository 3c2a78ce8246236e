"""Why a page cannot be answered untouched."""

from __future__ import annotations

from secondlook.cli.errors import CommandError


class CannotAccept(CommandError):
    """An element needs a person to decide; the message names it."""
