"""An application of Ray Serve as an instance: it is put on the cluster where it is missing, and pinged through Serve's proxy.

Every server has one of each variant, and all mean the same application; it is removed when the endpoint is deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from secondlook.hosting import contract
from secondlook.hosting.errors import NotPrepared, StartFailed
from secondlook.hosting.instances.kinds.ray.cluster import Cluster
from secondlook.hosting.instances.pinged import PingedInstance
from secondlook.hosting.logs.log import Log
from secondlook.outbound import Outbound


class RayInstance(PingedInstance):
    """The replicas of one variant. `wanted` says whether its endpoint is there still, as the rows are at that moment."""

    kind = "ray"

    def __init__(
        self,
        application: Mapping[str, Any],
        cluster: Cluster,
        outbound: Outbound,
        log: Log,
        *,
        wanted: Callable[[], bool],
        changed: Callable[[], None] = lambda: None,
        startup: float = contract.STARTUP_SECONDS,
    ) -> None:
        url = cluster.serve_url + application["route_prefix"]
        super().__init__(url, outbound, log, changed=changed, startup=startup)
        self._application = application
        self._cluster = cluster
        self._wanted = wanted

    def prepare(self) -> None:
        """The rows are asked after the application was put: whoever deletes the endpoint changes them before removing it, so
        one of the two removes it last.
        """
        name = self._application["name"]
        if self._cluster.state(name) is None:
            self._cluster.deploy(self._application)
        if not self._wanted():
            self._cluster.remove(name, contract.STOP_SECONDS)
            raise NotPrepared("its endpoint is to run no more")
        state = self._cluster.state(name)
        if state is None or state.status != "RUNNING":
            status, reason = (state.status, state.reason) if state else ("gone again", "")
            kind = NotPrepared if status == "DEPLOY_FAILED" else StartFailed
            raise kind(f"the application {name} on Ray is {status}" + (f": {reason}" if reason else ""))
