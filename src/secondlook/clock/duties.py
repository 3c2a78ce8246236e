"""Kind of duty → how it is done: the whole list, composed from the services that `secondlook.app` hands in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from secondlook import names
from secondlook.clock import delivery, mail, periodic
from secondlook.clock.channels.webhook import Webhooks
from secondlook.clock.handler import Handler
from secondlook.clock.handlers import endpoint_events
from secondlook.clock.handlers.loops import LoopDuties
from secondlook.clock.handlers.render_checks import RenderChecks
from secondlook.names import Place
from secondlook.outbound import Outbound
from secondlook.review.render import Renderer
from secondlook.review.render.grant import Sign
from secondlook.settings import Settings
from secondlook.store.objects import Objects
from secondlook.store.session import Store
from secondlook.store.vault import Vault

DAILY = ("sweep-blobs", "sweep-environments", "tidy")


@dataclass(frozen=True, slots=True)
class Services:
    """What duties are done with. `issuer` names our sign-in in output.json [output-data.md].

    `link` makes the address in an invitation from its token. `endpoints` are the duties of hosting:
    `deploy-endpoint`, `update-endpoint` and their like, `sweep_environments` is that of `sweep-environments`. `now` is the server's
    present; receivers of webhooks and the file system
    have clocks of their own, so what they compare is dated by this machine's (decision 40).
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
    endpoints: dict[str, Handler] = field(default_factory=dict)
    sweep_environments: Callable[[], None] = lambda: None
    now: Callable[[], datetime] = names.now


def handlers(services: Services) -> dict[str, Handler]:
    """Every kind of duty that this server does."""
    checks = RenderChecks(
        store=services.store,
        place=services.place,
        objects=services.objects,
        renderer=services.renderer,
        sign=services.sign,
        base_url=services.settings.url,
        now=services.now,
    )
    loops = LoopDuties(
        store=services.store,
        place=services.place,
        objects=services.objects,
        issuer=services.issuer,
        now=services.now,
    )
    send_mail = mail.sending(
        services.store,
        mail.mailer(services.settings),
        sender=services.settings.mail_from,
        unseal=services.vault.open,
        link=services.link,
        now=services.now,
    )
    channels = {"webhook": Webhooks(services.outbound, services.vault.open)}
    return {
        **checks.handlers(),
        **loops.handlers(),
        **services.endpoints,
        **endpoint_events.handlers(services.place),
        **delivery.handlers(services.store, channels, names.now),
        "send-mail": send_mail,
        "sweep-blobs": periodic.sweeping(services.objects, names.now),
        "sweep-environments": periodic.daily(services.sweep_environments),
        "tidy": periodic.tidying(
            services.store,
            services.now,
            services.settings.journal_days,
            services.settings.prediction_days,
        ),
    }
