"""Who writes to the database, as the journal names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["AccessKey", "Person", "Visitor", "Server", "Terminal"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and from which address.

    A program is its access key, who is signed in a person, who is not a visitor. The server acts by itself when what it owes
    is due; at the terminal stands whoever can read the data directory.
    """

    kind: Kind
    person_id: int | None = None
    access_key: str | None = None
    origin: str | None = None


SERVER = Actor("Server")

TERMINAL = Actor("Terminal")
