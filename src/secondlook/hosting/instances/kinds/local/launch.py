"""From a container to something that can be started: libraries checked, artifacts fetched, files copied, command known."""

from __future__ import annotations

import shutil
from pathlib import Path

from secondlook.hosting.catalog import catalog_folders
from secondlook.hosting.container import Container
from secondlook.hosting.errors import NotPrepared
from secondlook.hosting.files.artifacts import Unavailable
from secondlook.hosting.files.model_files import require_libraries, unpacked_artifact
from secondlook.hosting.instances.kinds.local.confinement import Isolation
from secondlook.hosting.instances.kinds.local.copies import Copies
from secondlook.hosting.instances.kinds.local.process import Launch, runtime_command
from secondlook.hosting.instances.kinds.local.socket_directory import remove_left_over
from secondlook.hosting.runtimes.other_server import ALLOW_OUTBOUND, TOKEN_FILE, URL
from secondlook.outbound import Outbound


class Launcher:
    """Prepares containers with what this installation has."""

    def __init__(
        self,
        data: Path,
        mirror: Path | None,
        outbound: Outbound,
        allow_outbound: tuple[str, ...] = (),
        isolation: Isolation | None = None,
    ) -> None:
        self._data = data
        self._cache = data / "artifacts"
        self._copies = Copies(data / "models", catalog_folders(data))
        self._mirror = mirror
        self._outbound = outbound
        self._allow_outbound = allow_outbound
        self._isolation = isolation or Isolation(required=True, memory=None)

    def prepare(self, container: Container) -> Launch:
        """May take its time. Raises NotPrepared."""
        require_libraries(container.runtime, container.needs)
        confinement = self._isolation.confinement(self._data) if container.confined else None
        return Launch(
            runtime_command(container.runtime),
            {**container.environment, **self._other_server(container)},
            self._model_directory(container),
            confinement,
        )

    def _other_server(self, container: Container) -> dict[str, str]:
        """What a runtime is told that asks a server elsewhere, and no other."""
        if container.server_url is None:
            return {}
        told = {URL: container.server_url, ALLOW_OUTBOUND: ",".join(self._allow_outbound)}
        return {**told, TOKEN_FILE: container.token_file} if container.token_file else told

    def forget(self, container: Container) -> None:
        """Remove the copy of a container that is not started again; what came from the network is kept."""
        self._copies.remove(container.copy)

    def keep_only(self, containers: list[Container]) -> None:
        """Remove the copies of all others, and what killed servers left. Call it before any of them is prepared."""
        self._isolation.announce()
        remove_left_over()
        self._copies.keep_only({container.copy for container in containers})

    def _model_directory(self, container: Container) -> Path:
        try:
            if container.artifact is None:
                return self._copies.copied(container.product, container.copy)
            return unpacked_artifact(container.artifact, self._cache, self._mirror, self._outbound)
        except Unavailable as reason:
            raise NotPrepared(str(reason)) from reason
        except (OSError, shutil.Error) as error:
            raise NotPrepared(
                f"the files of the product {container.product} could not be copied: {error}"
            ) from error
