"""The duties that move endpoints on: `deploy-endpoint` settles Creating, `update-endpoint` Updating, `delete-endpoint` Deleting.

Each is a look at the instances of this server and waits for none of them: what has not come to its end is owed again, for later. So an
endpoint that takes an hour to load, or to go, is in nobody's way [decision 60].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
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
from secondlook.store.outbox import UNDER_WAY, Duty, owe
from secondlook.store.session import Store
from secondlook.store.tables import endpoint
from secondlook.store.version import raise_version

RESTART_TIME = timedelta(seconds=15)
"""So long an instance that is being looked at may be away, as a call would wait for it."""

SOONEST, LATEST = timedelta(milliseconds=250), timedelta(seconds=5)
PATIENCE = 8
"""The next look comes after an eighth of the time that it has taken so far, within these bounds."""

WITHDRAW_AFTER = timedelta(minutes=2)
"""When what all servers share of variants that an update replaced is removed: by then each has seen the update, and its calls have ended."""


Later = Callable[[Connection, datetime], None]
"""The final write of a duty that has not come to its end: it is owed again."""


class Deployment:
    """Does the duties with the fleet of this server; the other servers follow the row."""

    def __init__(self, store: Store, fleet: Fleet, now: Callable[[], datetime] = names.now) -> None:
        self._store = store
        self._fleet = fleet
        self._now = now

    def deploy(self, duty: Duty) -> Later | None:
        """The duty `deploy-endpoint`: once every instance is ready, InService; once one has failed, Failed with the reason."""
        endpoint_id = duty.payload["endpoint_id"]
        with self._store.read() as cx:
            row = cx.execute(select(endpoint).where(endpoint.c.id == endpoint_id)).one_or_none()
        if row is None or row.status != "Creating":
            return None
        instances = self._instances(endpoint_id, settled(row))
        reason = self._failure(instances)
        if not reason and not _all_settled(instances):
            return _later(duty, row.created_at)
        with self._store.write() as cx:
            status = "Failed" if reason else "InService"
            set_status(cx, endpoint_id, status, self._now(), reason=reason, was="Creating")
        self._fleet.reconcile()
        return None

    def update(self, duty: Duty) -> Later | None:
        """The duty `update-endpoint`: once what is new answers, its calls go over, in the steps that the DeploymentConfig asks for.

        What does not come up, does not stay, or takes longer than it may, is taken away again.
        """
        with self._store.read() as cx:
            row = update.find(cx, duty.payload)
        if row is not None and row.status == "Updating":
            later = self._bring_up(duty, row)
            if later is not None:
                return later
            with self._store.read() as cx:
                row = update.find(cx, duty.payload)
        if row is not None and row.status == "RollingBack":
            if not self._fleet.take_back(row):
                return _later(duty, row.modified_at)
            with self._store.write() as cx:
                update.rolled_back(cx, row, self._now())
            self._fleet.reconcile()
        return None

    def _bring_up(self, duty: Duty, row: Row[Any]) -> Later | None:
        instances = self._instances(row.id, arriving(row))
        reason = self._failure(instances) or self._overdue(row)
        if not reason and not _all_settled(instances):
            return _later(duty, datetime.fromisoformat(row.next["began"]))
        if not reason and row.next["share"] and (silent := _silent(instances)):
            since = datetime.fromisoformat(duty.payload.get("silent_since") or self._now().isoformat())
            if self._now() - since < RESTART_TIME:
                payload = {**duty.payload, "silent_since": since.isoformat()}
                return _later(replace(duty, payload=payload), since)
            reason = _silence(row, *silent)
        with self._store.write() as cx:
            if reason:
                update.roll_back(cx, row, reason, self._now())
            else:
                self._go_over(cx, row)
        self._fleet.reconcile()
        return None

    def withdraw(self, duty: Duty) -> Later | None:
        """The duty `delete-endpoint`: once its instances are stopped, forget it."""
        endpoint_id = duty.payload["endpoint_id"]
        deleting = endpoint.c.id == endpoint_id, endpoint.c.status == "Deleting"
        with self._store.read() as cx:
            since = cx.scalar(select(endpoint.c.modified_at).where(*deleting))
        if not self._fleet.withdraw(endpoint_id):
            return _later(duty, since or self._now())
        with self._store.write() as cx:
            cx.execute(delete(endpoint).where(*deleting))
            raise_version(cx, ROUTES)
        self._fleet.reconcile()
        return None

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

    def _instances(self, endpoint_id: int, variants: Variants) -> Mapping[Key, Instance]:
        """Those of these variants here; started, if they were not. Raises LookupError where one cannot be."""
        self._fleet.reconcile()
        return self._fleet.of_variants(endpoint_id, variants)

    def _failure(self, instances: Mapping[Key, Instance]) -> str | None:
        """Why the first of them that has failed did."""
        reason = _first_failure(instances)
        if self._fleet.is_over:
            raise InterruptedError("the server is stopping; the endpoint is deployed when it runs again")
        return reason

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


def _later(duty: Duty, since: datetime) -> Later:
    """The duty is owed again, in a while that is the longer the longer it has taken `since` then."""

    def write(cx: Connection, at: datetime) -> None:
        pause = min(LATEST, max(SOONEST, (at - since) / PATIENCE))
        owe(cx, duty.kind, duty.queueing_key, duty.payload, due=at + pause, now=at, share=UNDER_WAY)

    return write


def _all_settled(instances: Mapping[Key, Instance]) -> bool:
    return all(instance.is_settled for instance in instances.values())


def _silent(instances: Mapping[Key, Instance]) -> tuple[Key, Instance] | None:
    """The first that does not answer."""
    return next(((key, each) for key, each in instances.items() if not would_answer(each)), None)


def _silence(row: Row[Any], key: Key, instance: Instance) -> str:
    return (
        f"The primary container for production variant {key.variant} ceased to answer while it had "
        f"{row.next['share']:.0%} of the calls. See {instance.log_name}, which `secondlook endpoints logs` prints."
    )


def _first_failure(instances: Mapping[Key, Instance]) -> str | None:
    """Why the first of these that has failed did; None also while some have not come so far."""
    for key, instance in sorted(instances.items()):
        if not instance.is_settled:
            continue
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
