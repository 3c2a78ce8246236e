"""Why a page cannot be answered untouched."""

from __future__ import annotations

from secondlook.cli.errors import CommandError


class CannotAccept(CommandError):
    """Something on the page needs a person to decide; the message names it, and the way for a script."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} A script can give the answer itself: --answer FILE.")
