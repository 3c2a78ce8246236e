"""The two duties that move endpoints on: `deploy-endpoint` settles Creating, `delete-endpoint` takes down what is Deleting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete

from secondlook import names
from secondlook.hosting.endpoints.endpoint import ROUTES, set_status
from secondlook.hosting.endpoints.fleet import Fleet, Key
from secondlook.hosting.errors import NotPrepared, StartFailed
from secondlook.hosting.instances.instance import Instance
from secondlook.store.outbox import Duty
from secondlook.store.session import Store
from secondlook.store.tables import endpoint
from secondlook.store.version import raise_version


class Deployment:
    """Does the duties with the fleet of this server; the other servers follow the row."""

    def __init__(self, store: Store, fleet: Fleet, now: Callable[[], datetime] = names.now) -> None:
        self._store = store
        self._fleet = fleet
        self._now = now

    def deploy(self, duty: Duty) -> None:
        """The duty `deploy-endpoint`: wait until every instance is ready, then InService, or Failed with the reason."""
        endpoint_id = duty.payload["endpoint_id"]
        self._fleet.reconcile()
        reason = _first_failure(self._fleet.of_endpoint(endpoint_id))
        if self._fleet.is_over:
            raise InterruptedError("the server is stopping; the endpoint is deployed when it runs again")
        with self._store.write() as cx:
            status = "Failed" if reason else "InService"
            set_status(cx, endpoint_id, status, self._now(), reason=reason, was="Creating")
        self._fleet.reconcile()

    def withdraw(self, duty: Duty) -> None:
        """The duty `delete-endpoint`: stop its instances, then forget it."""
        self._fleet.withdraw(duty.payload["endpoint_id"])
        with self._store.write() as cx:
            deleting = endpoint.c.id == duty.payload["endpoint_id"], endpoint.c.status == "Deleting"
            cx.execute(delete(endpoint).where(*deleting))
            raise_version(cx, ROUTES)
        self._fleet.reconcile()

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
                f"{reason}. See {instance.log_name} in the log directory of this endpoint."
            )
    return None
