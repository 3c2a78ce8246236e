"""Where the instances of a variant run: each kind of container has its kind of instance."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from secondlook.hosting.container import Container
from secondlook.hosting.instance import Instance
from secondlook.hosting.instance_log import Log
from secondlook.hosting.instances.local import Launcher, LocalInstance
from secondlook.hosting.instances.remote import RemoteInstance
from secondlook.hosting.variant import VariantSettings
from secondlook.outbound import Outbound
from secondlook.settings import Settings


class Placement:
    """Makes the instances that this server has of a variant."""

    def __init__(self, settings: Settings, outbound: Outbound) -> None:
        self._launcher = Launcher(settings.data, settings.mirror, outbound)
        self._logs = settings.data / "logs" / "endpoints"
        self._outbound = outbound

    def numbers(self, variant: VariantSettings) -> range:
        """The numbers of its instances. A server elsewhere is one, however many it runs."""
        return range(1, 2 if variant.container.url else variant.count + 1)

    def instance(
        self, endpoint: str, variant: VariantSettings, number: int, changed: Callable[[], None]
    ) -> Instance:
        """An instance that has not been started. Raises OSError when this server can open no more files."""
        container = variant.container
        log = Log(self._logs / endpoint / f"{variant.name}-{number}.log")
        if container.url is not None:
            return RemoteInstance(
                container.url, self._outbound, log, changed=changed, startup=variant.startup_seconds
            )
        return LocalInstance(
            lambda: self._launcher.prepare(container), log, changed=changed, startup=variant.startup_seconds
        )

    def forget(self, containers: Iterable[Container]) -> None:
        """Remove what was kept of containers whose instances are not started again."""
        for container in containers:
            self._launcher.forget(container)

    def keep_only(self, containers: Iterable[Container]) -> None:
        """Remove what was kept of all others. Call it before instances are started."""
        self._launcher.keep_only(list(containers))
