"""A route: which handler answers what, and whom it is open to. Each page lists its own under the name ROUTES."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from starlette.responses import Response

from secondlook.pages.visit import Visit

Handler = Callable[[Visit], Response]


class Open(Enum):
    """Whom a route is open to."""

    TO_ALL = auto()
    TO_SIGNED_IN = auto()
    TO_ADMINS = auto()


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one path, in Starlette's notation; `{id:row}` is the id of a row, `{flow:name}` a name."""

    method: str
    path: str
    handler: Handler
    open: Open
