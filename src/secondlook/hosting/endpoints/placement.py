"""Where the instances of a variant run: each kind of container has its kind of instance."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Self

from secondlook.hosting import contract
from secondlook.hosting.container import Container
from secondlook.hosting.files.deadline import Deadline
from secondlook.hosting.files.own_files import OwnFiles
from secondlook.hosting.instances.instance import Instance
from secondlook.hosting.instances.kinds.local import Isolation, Launcher, Limits, LocalInstance
from secondlook.hosting.instances.kinds.ray import Cluster, RayInstance, application
from secondlook.hosting.instances.kinds.remote import RemoteInstance
from secondlook.hosting.instances.serverless import Serverless
from secondlook.hosting.logs.log import Log
from secondlook.hosting.variant import VariantSettings
from secondlook.outbound import Outbound
from secondlook.settings import Settings
from secondlook.store.objects import Objects


class Placement:
    """Makes the instances that this server has of a variant."""

    def __init__(self, settings: Settings, outbound: Outbound, objects: Objects) -> None:
        limits = Limits(
            seconds=settings.environment_minutes * 60,
            size=settings.environment_gigabytes << 30,
            days=settings.environment_days,
        )
        isolation = Isolation(
            required=settings.model_isolation == "required", memory=(settings.model_memory or 0) << 20
        )
        self._launcher = Launcher(
            settings.data,
            settings.mirror,
            outbound,
            OwnFiles(settings.data / "own-models", objects),
            settings.allow_outbound,
            limits,
            isolation,
            allows_code=settings.allow_model_code,
        )
        self._cluster = Cluster(
            settings.ray_address, settings.ray_serve_url, settings.ray_token_file, outbound
        )
        self._logs = settings.data / "logs" / "endpoints"
        self._outbound = outbound
        self._idle = settings.serverless_idle_seconds
        self._others: list[Callable[[], Iterable[Container]]] = []

    def of(self, owners: str, containers: Callable[[], Iterable[Container]]) -> Self:
        """The same for others than endpoints: their logs lie in `logs/<owners>`, and what was kept of their `containers` is kept."""
        self._others.append(containers)
        placement = copy.copy(self)
        placement._logs = self._logs.parent / owners  # noqa: SLF001  (a copy of its own)
        return placement

    def numbers(self, variant: VariantSettings) -> range:
        """The numbers of its instances. What runs elsewhere is one, however many there are of it."""
        return range(1, variant.count + 1 if variant.container.runs_here else 2)

    def instance(
        self,
        endpoint: str,
        variant: VariantSettings,
        number: int,
        *,
        changed: Callable[[], None],
        wanted: Callable[[], bool],
    ) -> Instance:
        """An instance that has not been started. Raises OSError when this server can open no more files."""

        def made() -> Instance:
            return self._made(endpoint, variant, number, changed, wanted)

        if variant.serverless is None:
            return made()
        sleeps = variant.container.runs_here and not variant.serverless.get("ProvisionedConcurrency")
        return Serverless(made, variant.serverless["MaxConcurrency"], self._idle if sleeps else None)

    def _made(
        self,
        endpoint: str,
        variant: VariantSettings,
        number: int,
        changed: Callable[[], None],
        wanted: Callable[[], bool],
    ) -> Instance:
        container = variant.container
        log = Log(self._logs / endpoint / log_name(variant, number))
        startup = variant.startup_seconds
        if container.url is not None:
            return RemoteInstance(container.url, self._outbound, log, changed=changed, startup=startup)
        if container.runs_here:
            deadline = Deadline(variant.download_seconds)
            return LocalInstance(
                lambda: self._launcher.prepare(container, log, deadline),
                log,
                changed=changed,
                startup=startup,
                deadline=deadline,
            )
        return RayInstance(
            application(endpoint, variant),
            self._cluster,
            self._outbound,
            log,
            wanted=wanted,
            changed=changed,
            startup=startup
            + (variant.download or 0),  # the cluster fetches the files, and says nothing of it
        )

    def withdraw(self, endpoint: str, variant: VariantSettings) -> None:
        """Remove what all servers share of a variant whose endpoint is being deleted. Raises StartFailed."""
        if variant.container.kind == "ray":
            self._cluster.remove(application(endpoint, variant)["name"], contract.STOP_SECONDS)

    def forget(self, containers: Iterable[Container]) -> None:
        """Remove what was kept of containers whose instances are not started again."""
        for container in containers:
            self._launcher.forget(container)

    def interrupt(self) -> None:
        """The server is stopping: end what instances that are being started wait for."""
        self._launcher.interrupt()

    def sweep(self) -> None:
        """Remove what was kept for instances in common and no instance has used for long. Raises OSError."""
        self._launcher.sweep()

    def keep_only(self, containers: Iterable[Container]) -> None:
        """Remove what was kept of all others. Call it before instances are started."""
        others = [container for of_others in self._others for container in of_others()]
        self._launcher.keep_only([*containers, *others])


def log_name(variant: VariantSettings, number: int) -> str:
    """`<variant>-<number>.log`, and `<variant>-<number>.g<generation>.log` of what an update brought: no two write to one file."""
    generation = f".g{variant.generation}" if variant.generation else ""
    return f"{variant.name}-{number}{generation}.log"
