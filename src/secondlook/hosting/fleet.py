"""The fleet: the model processes of this server, brought in line with the instance rows that it owns.

Rows say what should run; `reconcile` starts what is missing and stops what is no longer wanted, and may be called at
any time. So after a restart, endpoints in service are in service again without a call. Two duties move endpoints on:
`deploy` waits for the first ping and settles Creating, `withdraw` takes down what is Deleting.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from secondlook import names
from secondlook.hosting import contract
from secondlook.hosting.catalog import Catalog
from secondlook.hosting.container import Container
from secondlook.hosting.endpoint import ROUTES, set_status
from secondlook.hosting.invoke import Invoker
from secondlook.hosting.launch import launcher
from secondlook.hosting.local import LocalProcess, NotPrepared, StartFailed
from secondlook.hosting.log import Log
from secondlook.hosting.routes import Route, Routes, Variant
from secondlook.names import Place
from secondlook.outbound import Outbound
from secondlook.settings import Settings
from secondlook.store.availability import Unavailable
from secondlook.store.disk import outwards
from secondlook.store.outbox import Duty
from secondlook.store.session import Store
from secondlook.store.tables import endpoint, instance
from secondlook.store.version import raise_version, version

log = logging.getLogger(__name__)

RUNS = ("Creating", "Updating", "InService")
"""Statuses of endpoints whose instances should run."""

LEASE = timedelta(seconds=30)
TICK = 5.0
"""Seconds between looks at the version of the routes; leases are prolonged well before they end."""

GRACE = 5.0
"""Seconds that model processes get to end when the server itself ends."""


@dataclass(frozen=True, slots=True)
class Member:
    """One instance that runs here."""

    endpoint_id: int
    variant: str
    process: LocalProcess


class Fleet:
    """Owns the model processes of this server. `invoker` calls them."""

    def __init__(
        self,
        store: Store,
        place: Place,
        catalog: Catalog,
        outbound: Outbound,
        settings: Settings,
        server_id: str,
        now: Callable[[], datetime] = names.now,
    ) -> None:
        self._store = store
        self._server_id = server_id
        self._now = now
        self._launch = launcher(catalog, settings.data / "artifacts", settings.mirror, outbound)
        self._logs = settings.data / "logs" / "endpoints"
        self._members: dict[int, Member] = {}
        self._unstarted: dict[int, str] = {}
        self._seen = -1
        self._lock = threading.RLock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, name="fleet", daemon=True)
        self.routes = Routes(place)
        self.invoker = Invoker(self.routes, place, self.refresh)

    def start(self) -> None:
        """Start what should run; returns without waiting for it to be ready."""
        self.reconcile()
        self._thread.start()

    def stop(self) -> None:
        """Stop every process of this server; the rows stay, so that the next start brings them back."""
        self._over.set()
        self._thread.join()
        with self._lock:
            self.routes.replace({})
            _stop_all((one.process for one in self._members.values()), GRACE)
            self._members.clear()

    def processes(self) -> list[LocalProcess]:
        """Those that run here, or are being started."""
        with self._lock:
            return [one.process for one in self._members.values()]

    def reconcile(self) -> None:
        """Bring the processes in line with the rows, and the routes in line with the processes."""
        with self._lock:
            if self._over.is_set():
                return
            current, wanted, endpoints = self._look()
            self._start_missing(wanted, {row.id: row for row in endpoints})
            gone = [self._members.pop(id_) for id_ in self._members.keys() - {row.id for row in wanted}]
            self.routes.replace(self._routes(endpoints))
            self._seen = current
        if gone:
            threading.Thread(
                target=_stop_all, args=([one.process for one in gone], contract.STOP_SECONDS)
            ).start()

    def refresh(self) -> None:
        """Reconcile if the rows have changed since it was done last."""
        with self._store.read() as cx:
            current = version(cx, ROUTES)
        with self._lock:
            if current != self._seen:
                self.reconcile()

    def deploy(self, duty: Duty) -> None:
        """The duty `deploy-endpoint`: wait until every instance is ready, then InService, or Failed with the reason."""
        endpoint_id = duty.payload["endpoint_id"]
        self.reconcile()
        members = self._members_of(endpoint_id)
        reason = self._first_failure(members)
        if self._over.is_set():
            raise InterruptedError("the server is stopping; the endpoint is deployed when it runs again")
        with self._store.write() as cx:
            status = "Failed" if reason else "InService"
            set_status(cx, endpoint_id, status, self._now(), reason=reason, was="Creating")
        self.reconcile()

    def withdraw(self, duty: Duty) -> None:
        """The duty `delete-endpoint`: stop its processes, then forget it."""
        endpoint_id = duty.payload["endpoint_id"]
        with self._lock:
            mine = [id_ for id_, one in self._members.items() if one.endpoint_id == endpoint_id]
            processes = [self._members.pop(id_).process for id_ in mine]
        self.reconcile()
        _stop_all(processes, contract.STOP_SECONDS)
        with self._store.write() as cx:
            cx.execute(delete(endpoint).where(endpoint.c.id == endpoint_id, endpoint.c.status == "Deleting"))
            raise_version(cx, ROUTES)
        self.reconcile()

    def stuck(self, duty: Duty, reason: str) -> Callable[[Connection, datetime], None]:
        """What follows the last try of either duty: Failed with the reason, from where it can be deleted, or deleted again."""
        done, was = {
            "deploy-endpoint": ("deployed", "Creating"),
            "delete-endpoint": ("deleted", "Deleting"),
        }[duty.kind]

        def write(cx: Connection, at: datetime) -> None:
            why = f"The endpoint could not be {done}: {reason.rstrip('.')}."
            set_status(cx, duty.payload["endpoint_id"], "Failed", at, reason=why, was=was)

        return write

    def _look(self) -> tuple[int, list[Row[Any]], list[Row[Any]]]:
        """The version of the routes, the instances that this server should run, and all endpoints."""
        with self._store.read() as cx:
            seen = version(cx, ROUTES)
            endpoints = list(cx.execute(select(endpoint)))
            running = cx.execute(
                select(instance.c.id)
                .join(endpoint)
                .where(endpoint.c.status.in_(RUNS), instance.c.kind == "local")
            )
            ids = list(running.scalars())
        if not ids:
            return seen, [], endpoints
        with self._store.write() as cx:
            return seen, _claim(cx, ids, self._server_id, self._store.now(cx)), endpoints

    def _start_missing(self, wanted: Iterable[Row[Any]], endpoints: Mapping[int, Row[Any]]) -> None:
        """Start the instances that do not run. What keeps one from it keeps no other, and `_tick` tries it again."""
        unstarted = {}
        for row in wanted:
            if row.id in self._members or row.endpoint_id not in endpoints:
                continue
            of = endpoints[row.endpoint_id]
            try:
                self._add(row, of)
            except Exception as error:  # noqa: BLE001  (whatever it was, the other endpoints need their processes and routes)
                unstarted[row.id] = why = outwards(error)
                if row.id not in self._unstarted:
                    log.warning(
                        "an instance of endpoint %s could not be started: %s; it is tried again every %g seconds",
                        of.name,
                        why,
                        TICK,
                    )
        self._unstarted = unstarted

    def _add(self, row: Row[Any], of: Row[Any]) -> None:
        """Start one instance of an endpoint."""
        variant = next(one for one in of.variants if one["VariantName"] == row.variant)
        container = Container.from_json(variant["Container"])
        process = LocalProcess(
            lambda: self._launch(container),
            Log(self._logs / of.name / f"{row.variant}-{row.number}.log"),
            changed=lambda: self._changed(row.id),
            startup=variant["StartupSeconds"] or contract.STARTUP_SECONDS,
            persistent=of.status == "InService",
        )
        self._members[row.id] = Member(row.endpoint_id, row.variant, process)
        try:
            process.start()
        except RuntimeError:  # there are as many threads as there can be
            del self._members[row.id]
            process.stop(0)
            raise

    def _changed(self, instance_id: int) -> None:
        """An instance has come or gone: note where it is, and wake the calls that wait for it."""
        self.routes.wake()
        member = self._members.get(instance_id)
        address = member.process.address if member else None
        if self._over.is_set() or member is None:
            return
        values = {
            "address": f"http://{address[0]}:{address[1]}" if address else None,
            "started_at": self._now() if address else None,
        }
        try:
            with self._store.write() as cx:
                cx.execute(update(instance).where(instance.c.id == instance_id).values(values))
        except (SQLAlchemyError, Unavailable) as error:
            log.warning("where instance %d runs could not be noted: %s", instance_id, error)

    def _members_of(self, endpoint_id: int) -> list[Member]:
        """The endpoint's instances, all of which must run here; LookupError says why one does not."""
        with self._lock:
            members = [one for one in self._members.values() if one.endpoint_id == endpoint_id]
        running = (
            select(instance.c.id)
            .join(endpoint)
            .where(endpoint.c.id == endpoint_id, endpoint.c.status.in_(RUNS))
        )
        with self._store.read() as cx:
            expected = cx.scalars(running).all()
        reason = next((self._unstarted[id_] for id_ in expected if id_ in self._unstarted), None)
        why = f"could not be started: {reason}" if reason else "are held by another server"
        if len(members) < len(expected):
            raise LookupError(f"{len(expected) - len(members)} of {len(expected)} instances {why}")
        return members

    def _first_failure(self, members: list[Member]) -> str | None:
        """Wait for these instances; answers why the first of them that failed did."""
        for one in members:
            try:
                one.process.wait_ready()
            except NotPrepared as reason:
                return f"The primary container for production variant {one.variant} could not be started: {str(reason).rstrip('.')}."
            except StartFailed as reason:
                return (
                    f"The primary container for production variant {one.variant} did not pass the ping health check: "
                    f"{reason}. See {one.process.log.path.name} in the log directory of this endpoint."
                )
        return None

    def _routes(self, endpoints: Iterable[Row[Any]]) -> dict[str, Route]:
        return {
            row.name: Route(
                row.status,
                tuple(
                    Variant(one["VariantName"], one["Weight"], self._instances(row.id, one["VariantName"]))
                    for one in row.variants
                ),
            )
            for row in endpoints
        }

    def _instances(self, endpoint_id: int, variant: str) -> tuple[LocalProcess, ...]:
        return tuple(
            one.process
            for one in self._members.values()
            if one.endpoint_id == endpoint_id and one.variant == variant
        )

    def _tick(self) -> None:
        while not self._over.wait(TICK):
            try:
                if self._members:
                    self._prolong()
                (self.reconcile if self._unstarted else self.refresh)()
            except (SQLAlchemyError, Unavailable) as error:
                log.warning("the fleet could not look at its instances: %s", error)
            except Exception:
                # Whatever it was, the fleet must be there when it is over.
                log.exception("the fleet could not look at its instances; next try in %g seconds", TICK)

    def _prolong(self) -> None:
        with self._store.write() as cx:
            now = self._store.now(cx)
            cx.execute(
                update(instance)
                .where(instance.c.owner == self._server_id, instance.c.lease_until < now + LEASE / 2)
                .values(lease_until=now + LEASE)
            )


def _claim(cx: Connection, ids: list[int], owner: str, now: datetime) -> list[Row[Any]]:
    """Take the instances that nobody holds; a server's own from before its restart are its own."""
    free = or_(instance.c.owner.is_(None), instance.c.owner == owner, instance.c.lease_until <= now)
    return list(
        cx.execute(
            update(instance)
            .where(instance.c.id.in_(ids), free)
            .values(owner=owner, lease_until=now + LEASE)
            .returning(instance.c.id, instance.c.endpoint_id, instance.c.variant, instance.c.number)
        )
    )


def _stop_all(processes: Iterable[LocalProcess], grace: float) -> None:
    """Side by side: the time it takes is that of the slowest."""
    todo = list(processes)
    if todo:
        with ThreadPoolExecutor(len(todo), "stop") as pool:
            list(pool.map(lambda one: one.stop(grace), todo))
