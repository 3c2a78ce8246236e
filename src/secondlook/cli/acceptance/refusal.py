"""Why a page cannot be answered untouched."""

from __future__ import annotations

from secondlook.cli.trouble import Trouble


class CannotAccept(Trouble):
    """An element needs a person to decide; the message names it."""
