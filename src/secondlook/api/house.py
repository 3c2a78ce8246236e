"""What operations are handed: the rooms below, composed once by `app`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from secondlook.api.keys import Keys
from secondlook.hosting.fleet import Fleet
from secondlook.names import Place
from secondlook.review.render import Renderer
from secondlook.settings import Settings
from secondlook.store.objects import Objects
from secondlook.store.session import Store
from secondlook.store.vault import Vault

INTERNAL_BUCKET = "secondlook-internal"
"""Holds what the server itself must hand out by a signed link; never listed, never granted to a template."""


class Sign(Protocol):
    """Makes a link for GET of exactly one object, signed with the server's own key, good until `until`."""

    def __call__(self, bucket: str, key: str, until: datetime, base_url: str) -> str: ...


@dataclass(frozen=True, slots=True)
class House:
    """The rooms an operation may use."""

    settings: Settings
    place: Place
    store: Store
    objects: Objects
    renderer: Renderer
    fleet: Fleet
    vault: Vault
    keys: Keys
    sign: Sign
