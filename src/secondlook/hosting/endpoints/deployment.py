"""The duties that move endpoints on: `deploy-endpoint` settles Creating, `update-endpoint` Updating, `delete-endpoint` Deleting."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from secondlook import names
from secondlook.hosting.endpoints import traffic, update
from secondlook.hosting.endpoints.endpoint import ROUTES, set_status
from secondlook.hosting.endpoints.fleet import Fleet
from secondlook.hosting.endpoints.running import Key, Variants, arriving, left_behind, settled, variants_of
from secondlook.hosting.errors import NotPrepared, StartFailed
from secondlook.hosting.instances.instance import Instance
from secondlook.hosting.instances.serverless import would_answer
from secondlook.store.outbox import Duty, owe
from secondlook.store.session import Store
from secondlook.store.tables import endpoint
from secondlook.store.version import raise_version

RESTART_SECONDS = 15.0
"""So long an instance that is being looked at may be away, as a call would wait for it."""

WITHDRAW_AFTER = timedelta(minutes=2)
"""When what all servers share of variants that an update replaced is removed: by then each has seen the update, and its calls have ended."""


class Deployment:
    """Does the duties with the fleet of this server; the other servers follow the row."""

    def __init__(self, store: Store, fleet: Fleet, now: Callable[[], datetime] = names.now) -> None:
        self._store = store
        self._fleet = fleet
        self._now = now

    def deploy(self, duty: Duty) -> None:
        """The duty `deploy-endpoint`: wait until every instance is ready, then InService, or Failed with the reason."""
        endpoint_id = duty.payload["endpoint_id"]
        with self._store.read() as cx:
            row = cx.execute(select(endpoint).where(endpoint.c.id == endpoint_id)).one_or_none()
        if row is None or row.status != "Creating":
            return
        reason = self._failure(endpoint_id, settled(row))
        with self._store.write() as cx:
            status = "Failed" if reason else "InService"
            set_status(cx, endpoint_id, status, self._now(), reason=reason, was="Creating")
        self._fleet.reconcile()

    def update(self, duty: Duty) -> None:
        """The duty `update-endpoint`: once what is new answers, its calls go over, in the steps that the DeploymentConfig asks for.

        What does not come up, does not stay, or takes longer than it may, is taken away again.
        """
        with self._store.read() as cx:
            row = update.find(cx, duty.payload)
        if row is not None and row.status == "Updating":
            reason = self._failure(row.id, arriving(row)) or self._silence(row) or self._overdue(row)
            with self._store.write() as cx:
                if reason:
                    update.roll_back(cx, row, reason, self._now())
                else:
                    self._go_over(cx, row)
            self._fleet.reconcile()
            with self._store.read() as cx:
                row = update.find(cx, duty.payload)
        if row is not None and row.status == "RollingBack":
            self._fleet.take_back(row)
            with self._store.write() as cx:
                update.rolled_back(cx, row, self._now())
            self._fleet.reconcile()

    def withdraw(self, duty: Duty) -> None:
        """The duty `delete-endpoint`: stop its instances, then forget it."""
        self._fleet.withdraw(duty.payload["endpoint_id"])
        with self._store.write() as cx:
            deleting = endpoint.c.id == duty.payload["endpoint_id"], endpoint.c.status == "Deleting"
            cx.execute(delete(endpoint).where(*deleting))
            raise_version(cx, ROUTES)
        self._fleet.reconcile()

    def withdraw_variants(self, duty: Duty) -> None:
        """The duty `withdraw-variants`: remove what all servers shared of variants that an update replaced."""
        self._fleet.withdraw_shared(duty.queueing_key, variants_of(duty.payload["variants"]))

    def stuck(self, duty: Duty, reason: str) -> Callable[[Connection, datetime], None]:
        """What follows the last try of deploying or deleting: Failed with the reason, from where it can be deleted, or deleted again."""
        done, was = {
            "deploy-endpoint": ("deployed", "Creating"),
            "delete-endpoint": ("deleted", "Deleting"),
        }[duty.kind]

        def write(cx: Connection, at: datetime) -> None:
            why = f"The endpoint could not be {done}: {reason.rstrip('.')}."
            set_status(cx, duty.payload["endpoint_id"], "Failed", at, reason=why, was=was)

        return write

    def stuck_update(self, duty: Duty, reason: str) -> Callable[[Connection, datetime], None]:
        """What follows the last try of an update: the endpoint stays what it was, with the reason."""
        return lambda cx, at: update.give_up(cx, duty.payload, reason, at)

    def _failure(self, endpoint_id: int, variants: Variants) -> str | None:
        """Wait for the instances of these variants here; answers why the first of them that failed did."""
        self._fleet.reconcile()
        reason = _first_failure(self._fleet.of_variants(endpoint_id, variants))
        self._go_on_only_while_running()
        return reason

    def _go_on_only_while_running(self) -> None:
        if self._fleet.is_over:
            raise InterruptedError("the server is stopping; the endpoint is deployed when it runs again")

    def _silence(self, row: Row[Any]) -> str | None:
        """Which instance has ceased to answer since a part of the calls has gone to it."""
        if not row.next["share"]:
            return None
        for key, instance in self._fleet.of_variants(row.id, arriving(row)).items():
            deadline = time.monotonic() + RESTART_SECONDS
            while not would_answer(instance):
                self._go_on_only_while_running()
                if time.monotonic() > deadline:
                    return (
                        f"The primary container for production variant {key.variant} ceased to answer while it had "
                        f"{row.next['share']:.0%} of the calls. See {instance.log_name}, which `secondlook endpoints logs` prints."
                    )
                time.sleep(0.1)
        return None

    def _overdue(self, row: Row[Any]) -> str | None:
        limit = traffic.limit(row.next["deployment"])
        if limit is None or self._now() < datetime.fromisoformat(row.next["began"]) + limit:
            return None
        return (
            f"The update took longer than its MaximumExecutionTimeoutInSeconds of {limit.total_seconds():g}."
        )

    def _go_over(self, cx: Connection, row: Row[Any]) -> None:
        """The next step of the calls' way to the new variants, or the end of the old ones."""
        now, coming = self._now(), arriving(row)
        steps = traffic.steps(row.next["deployment"], sum(variant.count for variant in coming))
        if row.next["step"] < len(steps):
            update.go_on(cx, row, steps[row.next["step"]], now)
        elif update.settle(cx, row, now):
            shared = [
                variant.as_json()
                for variant in left_behind(settled(row), coming)
                if variant.container.kind == "ray"
            ]
            if shared:
                owe(
                    cx, "withdraw-variants", row.name, {"variants": shared}, due=now + WITHDRAW_AFTER, now=now
                )


def _first_failure(instances: Mapping[Key, Instance]) -> str | None:
    """Wait for these instances; answers why the first of them that failed did."""
    for key, instance in sorted(instances.items()):
        try:
            instance.ready()
        except NotPrepared as reason:
            return f"The primary container for production variant {key.variant} could not be started: {str(reason).rstrip('.')}."
        except StartFailed as reason:
            return (
                f"The primary container for production variant {key.variant} did not pass the ping health check: "
                f"{reason}. See {instance.log_name}, which `secondlook endpoints logs` prints."
            )
    return None
