"""Why a server cannot start on its database, and what to do: for whoever starts it, so with what the driver said."""

from __future__ import annotations

from secondlook.store.address import shown
from secondlook.store.availability import DAMAGED, KEPT, Unavailable


class Unusable(Exception):
    """A database on which no server can start; the message names it, the reason, and what to do."""


_ADVICE = {
    KEPT: "End the other process that writes to it, then start again.",
    "its disk is full": "Make room on its disk, then start again.",
    "its disk fails": "See to its disk; the system's log says more.",
    "its file cannot be opened": "See that this account may open the file and make others beside it.",
    "its file cannot be written to": "See that this account may write to the file and its directory, and that its disk "
    "takes writes.",
    "its file is no SQLite database": "Put the right file there, from a backup, or move this one away.",
    DAMAGED: "Restore a backup with `secondlook restore`; docs/operating.md says what else can be tried.",
}
_REFUSED = "FATAL:"
"""How PostgreSQL begins its reasons for letting nobody in."""


def diagnosed(url: str, error: Unavailable) -> Unusable:
    """The same in words for whoever starts the server."""
    if _REFUSED in error.said:
        why, advice = "it refuses this server", "Correct user, password or name in --database."
    else:
        why = error.why
        advice = _ADVICE.get(why, "See that PostgreSQL runs and that --database names it.")
    said = f" ({error.said})" if error.said else ""
    return Unusable(f"The database {shown(url)} cannot be used: {why}{said}. {advice}")
