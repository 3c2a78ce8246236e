"""One request of one visitor, as handlers see it: values, no framework.

Handlers are plain functions on a thread; whatever is asynchronous (reading the body) is over before they run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from secondlook.pages.hosts import Arrival
from secondlook.pages.services import Services
from secondlook.review.people import Person, Session


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, read whole."""

    services: Services
    arrival: Arrival
    method: str
    path: str
    path_params: Mapping[str, Any]  # what the route matched
    query: Mapping[str, str]
    headers: Mapping[str, str]  # names in lower case
    form: Mapping[str, str]  # fields of a posted form
    json: Mapping[str, Any] | None  # the object of a posted JSON document
    now: datetime
    token: str | None  # of the session cookie
    session: Session | None

    @property
    def person(self) -> Person:
        """Who is signed in; routes that use it are not open to anyone else."""
        assert self.session is not None
        return self.session.person

    @property
    def wants_json(self) -> bool:
        return wants_json(self.headers)

    def field(self, name: str) -> str:
        """A field of the form without surrounding space, empty if it was not sent."""
        return self.form.get(name, "").strip()


def wants_json(headers: Mapping[str, str]) -> bool:
    """Is a script of ours asking, and not a person's browser?"""
    return "application/json" in headers.get("accept", "")
