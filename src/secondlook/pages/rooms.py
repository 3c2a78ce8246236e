"""What the door for people is handed by `secondlook.app`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from secondlook.names import Place
from secondlook.pages.throttle import Throttle
from secondlook.review.render import Renderer
from secondlook.settings import Settings
from secondlook.store.session import Store
from secondlook.store.vault import Vault


class Sign(Protocol):
    """Makes a link for GET of exactly one object, signed with the server's own key, good until `until`."""

    def __call__(self, bucket: str, key: str, until: datetime, base_url: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms that pages lead to."""

    settings: Settings
    place: Place
    store: Store
    renderer: Renderer
    vault: Vault
    sign: Sign
    throttle: Throttle = field(default_factory=Throttle)
