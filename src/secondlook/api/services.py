"""What operations are handed: the folders below the doors, composed once by `app`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from secondlook import names
from secondlook.api.access_keys import AccessKeys
from secondlook.api.uses import Uses
from secondlook.hosting.catalog import Catalog
from secondlook.hosting.endpoints.fleet import Fleet
from secondlook.hosting.invocation.capture import Captures
from secondlook.hosting.packages import Packages
from secondlook.names import Place
from secondlook.outbound import Outbound
from secondlook.review.render import Renderer
from secondlook.review.render.grant import Sign
from secondlook.review.starting import StartableFlows
from secondlook.settings import Settings
from secondlook.store.objects import Objects
from secondlook.store.session import Store
from secondlook.store.vault import Vault
from secondlook.together.moderation.taxonomy import Taxonomy
from secondlook.together.predict_and_review import PredictAndReview
from secondlook.wire.bodies import Bodies


@dataclass(frozen=True, slots=True)
class Services:
    """What an operation may use. `now` is the server's present."""

    settings: Settings
    place: Place
    store: Store
    objects: Objects
    renderer: Renderer
    catalog: Catalog
    packages: Packages
    fleet: Fleet
    captures: Captures
    outbound: Outbound
    vault: Vault
    keys: AccessKeys
    startable_flows: StartableFlows
    reviews: PredictAndReview
    uses: Uses
    sign: Sign
    bodies: Bodies
    taxonomy: Taxonomy | None
    now: Callable[[], datetime] = names.now
