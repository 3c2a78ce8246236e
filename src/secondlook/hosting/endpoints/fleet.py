"""The fleet: the instances that this server has of every endpoint, brought in line with the endpoints' rows.

Rows say what should run; `reconcile` starts what is missing and stops what is no longer wanted, and may be called at
any time. So after a restart, endpoints in service are in service again without a call. Each server has instances of its
own, so none has to know of another's.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.exc import SQLAlchemyError

from secondlook.hosting import contract
from secondlook.hosting.container import Container
from secondlook.hosting.endpoints.endpoint import ROUTES, with_flow
from secondlook.hosting.endpoints.placement import Placement
from secondlook.hosting.instances.instance import Instance
from secondlook.hosting.invocation import routes
from secondlook.hosting.invocation.capture import CaptureConfig, Captures
from secondlook.hosting.invocation.invoke import Invoker
from secondlook.hosting.variant import VariantSettings
from secondlook.names import Place
from secondlook.store.availability import Unavailable
from secondlook.store.disk import outwards
from secondlook.store.session import Store
from secondlook.store.tables import endpoint
from secondlook.store.version import version

log = logging.getLogger(__name__)

RUNS = ("Creating", "Updating", "InService")
"""Statuses of endpoints whose instances should run."""

TICK = 5.0
"""Seconds between looks at the version of the routes."""

GRACE = 5.0
"""Seconds that model processes get to end when the server itself ends."""


class Key(NamedTuple):
    """Which instance of which endpoint."""

    endpoint_id: int
    variant: str
    number: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """An instance that should run."""

    endpoint: str  # its name
    variant: VariantSettings


@dataclass(frozen=True, slots=True)
class Member:
    """An instance that runs, or is being started."""

    instance: Instance
    container: Container


class Fleet:
    """Owns the instances of this server. `invoker` calls them."""

    def __init__(
        self, store: Store, place: Place, placement: Placement, captures: Captures | None = None
    ) -> None:
        self._store = store
        self._place = place
        self._placement = placement
        self._members: dict[Key, Member] = {}
        self._unstarted: dict[Key, str] = {}
        self._seen = -1
        self._lock = threading.RLock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, name="fleet", daemon=True)
        self.routes = routes.Routes(place)
        self.invoker = Invoker(self.routes, place, self.refresh, captures=captures)

    @property
    def is_over(self) -> bool:
        """Whether the server is stopping."""
        return self._over.is_set()

    def start(self) -> None:
        """Start what should run; returns without waiting for it to be ready."""
        _, endpoints = self._look()
        self._placement.keep_only(wanted.variant.container for wanted in self._wanted(endpoints).values())
        self.reconcile()
        self._thread.start()

    def stop(self) -> None:
        """Stop every instance of this server; the rows stay, so that the next start brings them back."""
        self._over.set()
        self._thread.join()
        with self._lock:
            self.routes.replace({})
            _stop_all((member.instance for member in self._members.values()), GRACE)
            self._members.clear()

    def instances(self) -> list[Instance]:
        """Those that run here, or are being started."""
        with self._lock:
            return [member.instance for member in self._members.values()]

    def of_endpoint(self, endpoint_id: int) -> dict[Key, Instance]:
        """The instances of an endpoint. Raises LookupError, saying why one could not even be started."""
        with self._lock:
            for key, reason in self._unstarted.items():
                if key.endpoint_id == endpoint_id:
                    raise LookupError(
                        f"instance {key.number} of variant {key.variant} could not be started: {reason}"
                    )
            return {
                key: member.instance
                for key, member in self._members.items()
                if key.endpoint_id == endpoint_id
            }

    def reconcile(self) -> None:
        """Bring the instances in line with the rows, and the routes in line with the instances."""
        retired = self._reconcile()
        if retired:
            threading.Thread(target=self._retire, args=(retired,)).start()

    def refresh(self) -> None:
        """Reconcile if the rows have changed since it was done last."""
        with self._store.read() as cx:
            current = version(cx, ROUTES)
        with self._lock:
            if current != self._seen:
                self.reconcile()

    def withdraw(self, endpoint_id: int) -> None:
        """Reconcile, and wait until what is no longer wanted is gone, with all that an endpoint being deleted has anywhere.

        Raises StartFailed where that cannot be removed.
        """
        self._retire(self._reconcile())
        for row in self._rows(endpoint.c.id == endpoint_id, endpoint.c.status == "Deleting"):
            for variant in map(VariantSettings.from_json, row.variants):
                self._placement.withdraw(row.name, variant)

    def _reconcile(self) -> list[Member]:
        """Answers what has to be stopped: nobody is sent there any more."""
        with self._lock:
            if self._over.is_set():
                return []
            current, endpoints = self._look()
            wanted = self._wanted(endpoints)
            self._start_missing(wanted)
            retired = [self._members.pop(key) for key in self._members.keys() - wanted.keys()]
            self.routes.replace({row.name: self._route(row) for row in endpoints})
            self._seen = current
        return retired

    def _look(self) -> tuple[int, list[Row[Any]]]:
        """The version of the routes, and all endpoints."""
        with self._store.read() as cx:
            return version(cx, ROUTES), list(cx.execute(with_flow(self._place)))

    def _rows(self, *conditions: ColumnElement[bool]) -> list[Row[Any]]:
        with self._store.read() as cx:
            return list(cx.execute(select(endpoint).where(*conditions)))

    def _runs(self, endpoint_id: int) -> bool:
        """Whether an endpoint's instances should run, as the rows are now, not as they were at the last look."""
        return bool(self._rows(endpoint.c.id == endpoint_id, endpoint.c.status.in_(RUNS)))

    def _wanted(self, endpoints: Iterable[Row[Any]]) -> dict[Key, Wanted]:
        return {
            Key(row.id, variant.name, number): Wanted(row.name, variant)
            for row in endpoints
            if row.status in RUNS
            for variant in map(VariantSettings.from_json, row.variants)
            for number in self._placement.numbers(variant)
        }

    def _start_missing(self, wanted: Mapping[Key, Wanted]) -> None:
        """Start the instances that do not run. What keeps one from it keeps no other, and `_tick` tries it again."""
        unstarted = {}
        for key in wanted.keys() - self._members.keys():
            try:
                self._members[key] = self._started(key, wanted[key])
            except Exception as error:  # noqa: BLE001  (whatever it was, the other endpoints need their instances and routes)
                unstarted[key] = outwards(error)
                if key not in self._unstarted:
                    log.warning(
                        "an instance of endpoint %s could not be started: %s; it is tried again every %g seconds",
                        wanted[key].endpoint,
                        unstarted[key],
                        TICK,
                    )
        self._unstarted = unstarted

    def _started(self, key: Key, wanted: Wanted) -> Member:
        instance = self._placement.instance(
            wanted.endpoint,
            wanted.variant,
            key.number,
            changed=self.routes.wake,
            wanted=lambda: self._runs(key.endpoint_id),
        )
        instance.start()
        return Member(instance, wanted.variant.container)

    def _route(self, row: Row[Any]) -> routes.Route:
        return routes.Route(
            row.status,
            tuple(
                routes.Variant(
                    variant["VariantName"],
                    variant["Weight"],
                    self._instances(row.id, variant["VariantName"]),
                    variant["InstanceCount"],
                    Container.from_json(variant["Container"]).model_version,
                )
                for variant in row.variants
            ),
            row.flow,
            capture=CaptureConfig.of(row.capture),
        )

    def _instances(self, endpoint_id: int, variant: str) -> tuple[Instance, ...]:
        return tuple(
            member.instance
            for key, member in self._members.items()
            if key.endpoint_id == endpoint_id and key.variant == variant
        )

    def _retire(self, members: list[Member]) -> None:
        _stop_all((member.instance for member in members), contract.STOP_SECONDS)
        self._placement.forget(member.container for member in members)

    def _tick(self) -> None:
        while not self._over.wait(TICK):
            try:
                (self.reconcile if self._unstarted else self.refresh)()
            except (SQLAlchemyError, Unavailable) as error:
                log.warning("the fleet could not look at its instances: %s", error)
            except Exception:
                # Whatever it was, the fleet must be there when it is over.
                log.exception("the fleet could not look at its instances; next try in %g seconds", TICK)


def _stop_all(instances: Iterable[Instance], grace: float) -> None:
    """Side by side: the time it takes is that of the slowest."""
    running = list(instances)
    if running:
        with ThreadPoolExecutor(len(running), "stop") as pool:
            list(pool.map(lambda instance: instance.stop(grace), running))
