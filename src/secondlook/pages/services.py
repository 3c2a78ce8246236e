"""What the door for people is handed by `secondlook.app`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from secondlook import names
from secondlook.hosting.catalog import Catalog
from secondlook.hosting.invocation.routes import Routes
from secondlook.names import Place
from secondlook.pages.throttle import Throttle
from secondlook.review.render import Renderer
from secondlook.review.render.grant import Sign
from secondlook.settings import Settings
from secondlook.store.objects import Objects
from secondlook.store.session import Store
from secondlook.store.vault import Vault
from secondlook.wire.bodies import Bodies


@dataclass(frozen=True, slots=True)
class Services:
    """What handlers of pages use of the server. `now` is its present."""

    settings: Settings
    place: Place
    store: Store
    renderer: Renderer
    vault: Vault
    objects: Objects
    sign: Sign
    routes: Routes
    catalog: Catalog = field(default_factory=Catalog)
    bodies: Bodies = field(default_factory=Bodies)
    throttle: Throttle = field(default_factory=Throttle)
    now: Callable[[], datetime] = names.now
