"""Kind of duty → how it is done: the whole list, composed from the rooms that `secondlook.app` hands in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from secondlook import names
from secondlook.clock import mail, periodic, webhook
from secondlook.clock.loops import LoopDuties
from secondlook.clock.work import Work
from secondlook.names import Place
from secondlook.outbound import Outbound
from secondlook.review.grant import Sign
from secondlook.review.render import Renderer
from secondlook.settings import Settings
from secondlook.store.objects import Objects
from secondlook.store.session import Store
from secondlook.store.vault import Vault

DAILY = ("sweep-blobs", "tidy")


@dataclass(frozen=True, slots=True)
class Rooms:
    """What duties are done with. `issuer` names our sign-in in output.json [output-data.md].

    `link` makes the address in an invitation from its token. `endpoints` are the duties of hosting:
    `deploy-endpoint` and `delete-endpoint`.
    """

    settings: Settings
    place: Place
    store: Store
    objects: Objects
    renderer: Renderer
    outbound: Outbound
    vault: Vault
    sign: Sign
    issuer: str
    link: Callable[[str], str]
    endpoints: dict[str, Work] = field(default_factory=dict)
    now: Callable[[], datetime] = names.now


def works(rooms: Rooms) -> dict[str, Work]:
    """Every kind of duty that this server does."""
    loops = LoopDuties(
        store=rooms.store,
        place=rooms.place,
        objects=rooms.objects,
        renderer=rooms.renderer,
        sign=rooms.sign,
        base_url=rooms.settings.url,
        issuer=rooms.issuer,
        now=rooms.now,
    )
    letters = mail.letters(
        rooms.store,
        mail.mailer(rooms.settings),
        sender=rooms.settings.mail_from,
        unseal=rooms.vault.open,
        link=rooms.link,
        now=rooms.now,
    )
    return {
        **loops.works(),
        **rooms.endpoints,
        "deliver-webhook": webhook.delivery(rooms.store, rooms.outbound, rooms.vault.open, rooms.now),
        "send-mail": letters,
        "sweep-blobs": periodic.sweeping(rooms.objects, rooms.now),
        "tidy": periodic.tidying(rooms.store, rooms.now),
    }
