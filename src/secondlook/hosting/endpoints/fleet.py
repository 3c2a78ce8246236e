"""The fleet: the instances that this server has of every endpoint, brought in line with the endpoints' rows.

Rows say what should run; `reconcile` starts what is missing and retires what is no longer wanted, and may be called at
any time. So after a restart, endpoints in service are in service again without a call. Each server has instances of its
own, so none has to know of another's. Calls go to what has been brought up here: whatever an update brings, a server answers
with what it had until all of its own new instances answer.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.exc import SQLAlchemyError

from secondlook.hosting.container import Container
from secondlook.hosting.endpoints import concurrency
from secondlook.hosting.endpoints.endpoint import ROUTES, with_flow
from secondlook.hosting.endpoints.placement import Placement
from secondlook.hosting.endpoints.retirement import GRACE, Member, Retirement, stop_all
from secondlook.hosting.endpoints.running import (
    RUNS,
    Key,
    Variants,
    Wanted,
    arriving,
    every,
    keys,
    left_behind,
    settled,
    variants_of,
)
from secondlook.hosting.instances.instance import Instance
from secondlook.hosting.instances.serverless import would_answer
from secondlook.hosting.invocation import routes
from secondlook.hosting.invocation.capture import CaptureConfig, Captures
from secondlook.hosting.invocation.invoke import Invoker
from secondlook.hosting.invocation.large import LargeInvoker
from secondlook.hosting.variant import VariantSettings
from secondlook.names import Place
from secondlook.store.availability import Unavailable
from secondlook.store.disk import outwards
from secondlook.store.session import Store
from secondlook.store.tables import endpoint
from secondlook.store.version import version

log = logging.getLogger(__name__)

Config = Mapping[str, Any] | None
"""A column of an endpoint's row, or of its `next`."""

TICK = 5.0
"""Seconds between looks at the version of the routes."""


class Fleet:
    """Owns the instances of this server. `invoker` calls them, `large_invoker` those of asynchronous endpoints, in a loop of its own."""

    def __init__(
        self, store: Store, place: Place, placement: Placement, captures: Captures | None = None
    ) -> None:
        self._store = store
        self._place = place
        self._placement = placement
        self._members: dict[Key, Member] = {}
        self._unstarted: dict[Key, str] = {}
        self._serving: dict[int, Variants] = {}  # by endpoint: what its calls go to here
        self._behind = False  # what instances of this server answer decides where calls go
        self._seen = -1
        self._lock = threading.RLock()
        self._over = threading.Event()
        self._look_now = threading.Event()
        self._thread = threading.Thread(target=self._tick, name="fleet", daemon=True)
        self.routes = routes.Routes(place)
        self.invoker = Invoker(self.routes, place, self.refresh, captures=captures)
        self.large_invoker = LargeInvoker(self.routes, place, self.refresh, captures=captures)
        self._retirement = Retirement(self.routes.calls, self._over, self._forget)

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

    def interrupt(self) -> None:
        """The server is stopping: nothing more is started, and what is being installed for a start is ended."""
        self._over.set()
        self._placement.interrupt()

    def stop(self) -> None:
        """Stop every instance of this server; the rows stay, so that the next start brings them back."""
        self._over.set()
        self._look_now.set()
        self._thread.join()
        with self._lock:
            self.routes.replace({})
            stop_all((member.instance for member in self._members.values()), GRACE)
            self._members.clear()
        self._retirement.join()

    def instances(self) -> list[Instance]:
        """Those that run here, or are being started."""
        with self._lock:
            return [member.instance for member in self._members.values()]

    def of_variants(self, endpoint_id: int, variants: Variants) -> dict[Key, Instance]:
        """The instances of these variants. Raises LookupError, saying why one could not even be started."""
        with self._lock:
            wanted = keys(endpoint_id, variants, self._numbers)
            for key in wanted:
                if key in self._unstarted:
                    raise LookupError(
                        f"instance {key.number} of variant {key.variant} could not be started: {self._unstarted[key]}"
                    )
            return {key: self._members[key].instance for key in wanted if key in self._members}

    def reconcile(self) -> None:
        """Bring the instances in line with the rows, and the routes in line with the instances."""
        with self._lock:
            retired = self._reconcile()
            for endpoint_id in {key.endpoint_id for key in retired}:
                members = [member for key, member in retired.items() if key.endpoint_id == endpoint_id]
                self._retirement.begin(endpoint_id, members)

    def refresh(self) -> None:
        """Reconcile if the rows have changed since it was done last."""
        with self._store.read() as cx:
            current = version(cx, ROUTES)
        with self._lock:
            if current != self._seen:
                self.reconcile()

    def withdraw(self, endpoint_id: int) -> bool:
        """Reconcile; whether what is no longer wanted is gone, with all that an endpoint being deleted has anywhere.

        Waits for nothing that runs here. Raises StartFailed where something cannot be removed elsewhere.
        """
        self.reconcile()
        if not self._retirement.hurry(endpoint_id):
            return False
        for row in self._rows(endpoint.c.id == endpoint_id, endpoint.c.status == "Deleting"):
            self.withdraw_shared(row.name, every(row))
        return True

    def take_back(self, row: Row[Any]) -> bool:
        """Whether what an update had brought up is gone; as `withdraw`."""
        self.reconcile()
        if not self._retirement.hurry(row.id):
            return False
        self.withdraw_shared(row.name, left_behind(variants_of(row.next["variants"]), settled(row)))
        return True

    def withdraw_shared(self, name: str, variants: Variants) -> None:
        """Remove what all servers share of variants that have left the endpoint called `name`. Raises StartFailed."""
        for variant in variants:
            self._placement.withdraw(name, variant)

    def _reconcile(self) -> dict[Key, Member]:
        """Answers what has to be retired: nobody is sent there any more."""
        if self._over.is_set():
            return {}
        current, endpoints = self._look()
        wanted = self._wanted(endpoints)
        self._start_missing(wanted)
        self._behind = False
        self._serving = {row.id: self._served(row) for row in endpoints if row.status in RUNS}
        serving = [keys(number, variants, self._numbers) for number, variants in self._serving.items()]
        kept = wanted.keys() | {key for each in serving for key in each}
        retired = {key: self._members.pop(key) for key in self._members.keys() - kept}
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

    def _is_wanted(self, key: Key) -> bool:
        """Whether an instance should run, as the rows are now, not as they were at the last look."""
        return key in self._wanted(self._rows(endpoint.c.id == key.endpoint_id))

    def _wanted(self, endpoints: Iterable[Row[Any]]) -> dict[Key, Wanted]:
        return {
            key: Wanted(row.name, variant)
            for row in endpoints
            for key, variant in keys(row.id, (*settled(row), *arriving(row)), self._numbers).items()
        }

    def _numbers(self, variant: VariantSettings) -> range:
        return self._placement.numbers(variant)

    def _served(self, row: Row[Any]) -> Variants:
        """What the endpoint's calls go to on this server: what it was, until all that is new to it answers."""
        today = settled(row)
        before = keys(row.id, self._serving.get(row.id, today), self._numbers)
        new = keys(row.id, today, self._numbers).keys() - before.keys()
        if all(map(self._answers, new)) or not any(map(self._answers, before)):
            return today
        self._behind = True
        return self._serving[row.id]

    def _answers(self, key: Key) -> bool:
        member = self._members.get(key)
        return member is not None and would_answer(member.instance)

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
            changed=self._changed,
            wanted=lambda: self._is_wanted(key),
        )
        instance.start()
        return Member(instance, wanted.variant.container)

    def _changed(self) -> None:
        """An instance began to answer, or ceased to. Called from any thread."""
        self.routes.wake()
        if self._behind:
            self._look_now.set()

    def _route(self, row: Row[Any]) -> routes.Route:
        coming = arriving(row)
        share = row.next["share"] if coming else 0.0
        if share:
            self._behind = True
            share *= all(map(self._answers, keys(row.id, coming, self._numbers)))
        return routes.Route(
            row.status,
            self._route_variants(row.id, self._serving.get(row.id, ()), row.asynchronous, row.capture),
            row.flow,
            endpoint_id=row.id,
            is_asynchronous=bool(row.asynchronous),
            arriving=self._route_variants(
                row.id, coming, row.next and row.next["asynchronous"], row.next and row.next["capture"]
            ),
            share=share,
        )

    def _route_variants(
        self, endpoint_id: int, variants: Variants, asynchronous: Config, capture: Config
    ) -> tuple[routes.Variant, ...]:
        return tuple(
            routes.Variant(
                variant.name,
                variant.weight,
                self._instances(endpoint_id, variant),
                variant.count,
                variant.container.model_version,
                concurrency.per_instance(asynchronous, variant.container),
                CaptureConfig.of(capture),
            )
            for variant in variants
        )

    def _instances(self, endpoint_id: int, variant: VariantSettings) -> tuple[Instance, ...]:
        wanted = keys(endpoint_id, (variant,), self._numbers)
        return tuple(self._members[key].instance for key in wanted if key in self._members)

    def _forget(self, containers: Iterable[Container]) -> None:
        """Remove what was kept of containers but of those that other instances are of."""
        with self._lock:
            kept = {member.container.copy for member in self._members.values()}
        self._placement.forget(container for container in containers if container.copy not in kept)

    def _tick(self) -> None:
        while not self._over.is_set():
            self._look_now.wait(TICK)
            self._look_now.clear()
            if self._over.is_set():
                return
            try:
                (self.reconcile if self._unstarted or self._behind else self.refresh)()
            except (SQLAlchemyError, Unavailable) as error:
                log.warning("the fleet could not look at its instances: %s", error)
            except Exception:
                # Whatever it was, the fleet must be there when it is over.
                log.exception("the fleet could not look at its instances; next try in %g seconds", TICK)
