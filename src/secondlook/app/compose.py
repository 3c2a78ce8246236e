"""Composes a server: each part is made here and handed to those that need it, and nowhere else."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from starlette.types import ASGIApp

from secondlook import pages
from secondlook.api.access_keys import AccessKeys
from secondlook.api.gateway import Gateway
from secondlook.api.services import Services
from secondlook.api.uses import Uses
from secondlook.app.doors import Doors
from secondlook.app.first_start import Installation
from secondlook.app.links import Links
from secondlook.app.proxies import Proxies
from secondlook.clock import duties
from secondlook.clock.handler import Handler
from secondlook.clock.handlers.answers import Answers
from secondlook.clock.handlers.async_invocations import AsyncInvocations
from secondlook.clock.heartbeat import Heartbeat
from secondlook.clock.periodic import owe_daily
from secondlook.clock.run import Clock
from secondlook.hosting.asynchronous.invocation import INVOKE
from secondlook.hosting.catalog import Catalog, catalog_folders
from secondlook.hosting.endpoints.deployment import Deployment
from secondlook.hosting.endpoints.earlier_rows import complete
from secondlook.hosting.endpoints.fleet import Fleet
from secondlook.hosting.endpoints.placement import Placement
from secondlook.hosting.images import Images
from secondlook.hosting.invocation.capture import Captures
from secondlook.hosting.invocation.own_loop import OwnLoop
from secondlook.hosting.logs.retention import Retention
from secondlook.hosting.logs.streams import Logs
from secondlook.hosting.packages import Packages, Products, Registered
from secondlook.hosting.transform import job as transform_job
from secondlook.hosting.transform.jobs import TransformJobs
from secondlook.names import Place
from secondlook.outbound import Outbound
from secondlook.review.decisions.rights import may_use
from secondlook.review.render import Renderer
from secondlook.review.starting import StartableFlows
from secondlook.settings import SettingError, Settings, flag
from secondlook.store.objects import Objects
from secondlook.store.session import Store
from secondlook.store.vault import Vault
from secondlook.together.moderation.taxonomy import Taxonomy
from secondlook.together.predict_and_review import PredictAndReview
from secondlook.together.transform_review import TransformReview
from secondlook.wire.bodies import Bodies
from secondlook.wire.hosts import Hosts


@dataclass(slots=True)
class Server:
    """A composed server: `application` for the ports; entered, its clock and its models run."""

    application: ASGIApp
    proxies: Proxies
    store: Store
    renderer: Renderer
    catalog: Catalog
    fleet: Fleet
    captures: Captures
    transform_jobs: TransformJobs
    clock: Clock
    heartbeat: Heartbeat
    uses: Uses
    loop: OwnLoop
    log_retention: Retention
    _stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def __enter__(self) -> Self:
        self._stack.callback(self.renderer.close)
        self.uses.start()
        self._stack.callback(self.uses.stop)
        self.heartbeat.start()
        self._stack.callback(self.heartbeat.stop)
        with self.store.write() as cx:
            complete(cx, self.catalog)
        self.log_retention.start()
        self._stack.callback(self.log_retention.stop)
        self.captures.start()
        self._stack.callback(self.captures.stop)
        self.fleet.start()
        self._stack.callback(self.fleet.stop)
        self.loop.start()
        self._stack.callback(self.loop.stop)
        with self.store.write() as cx:
            owe_daily(cx, duties.DAILY, self.store.present())
        self.clock.start()
        self._stack.callback(self.clock.stop)
        self._stack.callback(self.transform_jobs.stop)
        self._stack.callback(self.fleet.interrupt)  # first of all: a deployment may wait for an installation
        return self

    def look(self) -> None:
        """Whoever has moved time (`Store.clock`) calls it: see what is due now."""
        self.heartbeat.beat()
        self.clock.look()

    def waits(self, kind: str, share: str) -> bool:
        """Whether duties of a kind and share cannot be done just now: calls of an endpoint none of whose instances answers."""
        return kind == INVOKE and self.fleet.large_invoker.concurrency(int(share)) == 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


def compose(
    settings: Settings,
    store: Store,
    vault: Vault,
    objects: Objects,
    installation: Installation,
    server_id: str,
) -> Server:
    """Compose a server. Nothing runs yet."""
    place = Place(settings.region, settings.account)
    proxies = Proxies(settings.trusted_proxy)
    bodies = Bodies()
    now = store.present
    sign = Links(installation.link_key, settings.region, now)
    renderer = Renderer()
    outbound = Outbound(settings.allow_outbound, {settings.port, settings.tls_port})
    catalog = Catalog(catalog_folders(settings.data))
    catalog.skipped()  # the first look says in the log what is wrong with which product
    runs = images(settings)
    packages = Packages(place, Registered(place, catalog, runs), Products(catalog, place.region), images=runs)
    captures = Captures(settings.data / "captures", objects, now)
    placement = Placement(settings, outbound, objects)
    fleet = Fleet(store, place, placement, captures)
    deployment = Deployment(store, fleet, now)
    reviews = PredictAndReview(store, place, objects, installation.coin_key)
    transform_jobs = TransformJobs(
        store,
        objects,
        placement,
        outbound,
        settings.data / "logs" / "transform-jobs",
        may_use,
        now,
        TransformReview(store, place, reviews, now).judge_of,
    )
    uses = Uses(store)
    loop = OwnLoop("asynchronous calls")
    answers = Answers(place, objects, fleet.large_invoker, loop, reviews, now)
    asynchronous = AsyncInvocations(store, place, objects, answers, lambda: fleet.is_over, now)
    programs = Gateway(
        Services(
            settings=settings,
            place=place,
            store=store,
            objects=objects,
            renderer=renderer,
            catalog=catalog,
            packages=packages,
            fleet=fleet,
            captures=captures,
            outbound=outbound,
            vault=vault,
            keys=AccessKeys(store, vault),
            startable_flows=StartableFlows(store, place),
            reviews=reviews,
            uses=uses,
            sign=sign,
            bodies=bodies,
            now=now,
            taxonomy=taxonomy(settings),
        )
    )
    people = pages.app(
        pages.Services(
            settings=settings,
            place=place,
            store=store,
            renderer=renderer,
            vault=vault,
            objects=objects,
            sign=sign,
            routes=fleet.routes,
            catalog=catalog,
            bodies=bodies,
            now=now,
        )
    )
    handlers = duties.handlers(
        duties.Services(
            settings=settings,
            place=place,
            store=store,
            objects=objects,
            renderer=renderer,
            outbound=outbound,
            vault=vault,
            sign=sign,
            issuer=settings.url,
            link=lambda token: f"{settings.url}/welcome/{token}",
            endpoints={
                "deploy-endpoint": Handler(deployment.deploy, concurrency=4, on_give_up=deployment.stuck),
                "update-endpoint": Handler(
                    deployment.update, concurrency=4, on_give_up=deployment.stuck_update
                ),
                "delete-endpoint": Handler(deployment.withdraw, concurrency=4, on_give_up=deployment.stuck),
                "withdraw-variants": Handler(deployment.withdraw_variants),
                transform_job.RUN: Handler(
                    transform_jobs.run, concurrency=2, on_give_up=transform_jobs.stuck
                ),
                **asynchronous.handlers(),
            },
            sweep_environments=placement.sweep,
            now=now,
        )
    )
    return Server(
        application=Doors(programs, people, proxies, Hosts(settings), pages.owns),
        proxies=proxies,
        store=store,
        renderer=renderer,
        catalog=catalog,
        fleet=fleet,
        captures=captures,
        transform_jobs=transform_jobs,
        clock=Clock(store, server_id, handlers),
        heartbeat=Heartbeat(store, server_id, settings.advertise or settings.url),
        uses=uses,
        loop=loop,
        log_retention=Retention(store, Logs(settings.data / "logs"), settings.log_days, now),
    )


def images(settings: Settings) -> Images:
    """What runs in place of images; SettingError for a mapping to a runtime that there is none of."""
    try:
        return Images(settings.image, Hosts(settings))
    except ValueError as error:
        raise SettingError(f"{flag('image')} {error}") from error


def taxonomy(settings: Settings) -> Taxonomy | None:
    """What the labels of the moderation endpoint mean; SettingError if the file cannot be used."""
    if settings.moderation_labels is None:
        return None
    try:
        return Taxonomy.read(settings.moderation_labels.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingError(f"{flag('moderation_labels')} {settings.moderation_labels}: {error}") from error
