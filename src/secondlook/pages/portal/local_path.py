"""Where a visitor may be sent after signing in: paths of ours, never another site."""

from __future__ import annotations

import re

HOME = "/work"

_LOCAL = re.compile(r"/(?![/\\])[\x21-\x7e]*")


def local(path: str | None, otherwise: str = HOME) -> str:
    """The path if it leads to this server, else `otherwise`. Browsers read a backslash as a slash."""
    return path if path and _LOCAL.fullmatch(path) and "\\" not in path else otherwise
