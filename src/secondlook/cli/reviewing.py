"""The scripted reviewer at the server that a command talks to, and what goes wrong with one in the words of the command line."""

from __future__ import annotations

from urllib3.exceptions import HTTPError

from secondlook.cli.errors import explain
from secondlook.client.service import Service
from secondlook.reviewer import CannotAccept, Portal, ReviewerError


def portal_of(server: Service, email: str) -> Portal:
    """The session of the worker with this address."""
    return Portal(server.own, email, server.access.ca_bundle)


explain(HTTPError, lambda error: f"The portal did not answer: {error}")
explain(ReviewerError)
explain(CannotAccept, lambda error: f"{error} A script can give the answer itself: --answer FILE.")
