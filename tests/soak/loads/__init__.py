"""Everything that people and programs do, one kind a file."""

from __future__ import annotations

from collections.abc import Sequence

from tests.running import Server
from tests.soak.traffic import Load

from . import endpoints
from .asynchronous import Asynchronous
from .endpoints import Endpoints
from .objects import Objects
from .predictions import Predictions
from .reviews import Reviews
from .teams import Teams
from .updates import Updates
from .uploads import Uploads
from .webhooks import MoodyReceiver, Webhooks
from .worker import CAREFUL


def prepare(server: Server) -> None:
    """Before its first start."""
    endpoints.shelve(server)
    server.settings["allow_outbound"] = "127.0.0.0/8"
    temporary = server.data.with_suffix(".tmp")
    temporary.mkdir()
    server.extra["TMPDIR"] = str(temporary)


def everything(server: Server, name: str, receiver: MoodyReceiver) -> Sequence[Load]:
    """All loads at once, on a server that runs. Reviews come first, for the others' names and events."""
    reviews = Reviews(server, name, CAREFUL)
    return [
        reviews,
        Webhooks(server, receiver, reviews.events),
        Objects(server, f"{name}-objects"),
        Uploads(server, f"{name}-uploads"),
        Endpoints(server, f"{name}-model"),
        Updates(server, f"{name}-update"),
        Predictions(server, f"{name}-doubt"),
        Asynchronous(server, f"{name}-async"),
        Teams(server, name),
    ]
