"""From a container to something that can be started: artifacts fetched, files copied, libraries there, command known."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Event

from secondlook.hosting.catalog import catalog_folders
from secondlook.hosting.container import Container
from secondlook.hosting.errors import NotPrepared, Refused
from secondlook.hosting.files.deadline import Deadline
from secondlook.hosting.files.model_files import remove_unfinished, require_libraries, unpacked_artifact
from secondlook.hosting.files.own_files import OwnFiles
from secondlook.hosting.instances.kinds.local.confinement import Isolation
from secondlook.hosting.instances.kinds.local.copies import Copies
from secondlook.hosting.instances.kinds.local.environments import Environments, Limits, is_empty
from secondlook.hosting.instances.kinds.local.process import Launch, runtime_command
from secondlook.hosting.instances.kinds.local.socket_directory import remove_left_over
from secondlook.hosting.logs.log import Log
from secondlook.hosting.runtimes.inference_script import program
from secondlook.hosting.runtimes.other_server import ALLOW_OUTBOUND, TOKEN_FILE, URL
from secondlook.outbound import Outbound
from secondlook.store.disk import outwards

NOT_ALLOWED = (
    "this server runs no code or files of those who make models: it would with the setting allow_model_code "
    "(--allow-model-code, SECONDLOOK_ALLOW_MODEL_CODE)"
)
SCRIPT = "inference_script"
"""The runtime whose models bring code, and may bring requirements of it."""


class Launcher:
    """Prepares containers with what this installation has."""

    def __init__(
        self,
        data: Path,
        mirror: Path | None,
        outbound: Outbound,
        own_files: OwnFiles,
        allow_outbound: tuple[str, ...] = (),
        limits: Limits | None = None,
        isolation: Isolation | None = None,
        *,
        allows_code: bool = False,
    ) -> None:
        self._data = data
        self._own_files = own_files
        self._allows_code = allows_code
        self._cache = data / "artifacts"
        self._copies = Copies(data / "models", catalog_folders(data))
        self._environments = Environments(data / "environments", limits or Limits())
        self._mirror = mirror
        self._outbound = outbound
        self._allow_outbound = allow_outbound
        self._isolation = isolation or Isolation(required=True, memory=None)

    def prepare(self, container: Container, log: Log, deadline: Deadline) -> Launch:
        """May take its time, says in the log what it does, and gives up when it is stopped. Files have until `deadline` to be here,
        libraries a limit of their own. Raises Refused for what is not taken here, OutOfReach for what may be had later; NotPrepared.
        """
        if container.confined and not self._allows_code:
            raise Refused(NOT_ALLOWED)
        confinement = self._isolation.confinement(self._data) if container.confined else None
        if container.runtime != SCRIPT:  # else the model may bring what it needs
            require_libraries(container.runtime, container.needs)
        model_dir = self._model_directory(container, deadline)
        variables = {**container.environment, **self._other_server(container)}
        python = self._python(container, variables, model_dir, log, deadline.stopping)
        return Launch(runtime_command(container.runtime, python), variables, model_dir, confinement)

    def _other_server(self, container: Container) -> dict[str, str]:
        """What a runtime is told that asks a server elsewhere, and no other."""
        if container.server_url is None:
            return {}
        told = {URL: container.server_url, ALLOW_OUTBOUND: ",".join(self._allow_outbound)}
        return {**told, TOKEN_FILE: container.token_file} if container.token_file else told

    def forget(self, container: Container) -> None:
        """Remove the files of a container that is not started again; what products have from the network is kept."""
        if container.confined:
            self._own_files.forget(container)
        else:
            self._copies.remove(container.copy)
        self._environments.forget(container.copy)

    def interrupt(self) -> None:
        """The server is stopping: end what is being installed, and install nothing more."""
        self._environments.interrupt()

    def sweep(self) -> None:
        """Remove what came from the network for models that are not started any more. Raises OSError."""
        self._environments.sweep()

    def keep_only(self, containers: list[Container]) -> None:
        """Remove the files of all others, and what was left half done. Call it before any of them is prepared."""
        if self._allows_code:
            self._isolation.announce()
        remove_left_over()
        self._copies.keep_only({container.copy for container in containers})
        self._own_files.keep_only(container for container in containers if container.confined)
        remove_unfinished(self._cache)

    def _model_directory(self, container: Container, deadline: Deadline) -> Path:
        try:
            if container.confined:
                return self._own_files.folder(container, deadline)
            if container.artifact is None:
                return self._copies.copied(container.product, container.copy)
            return unpacked_artifact(container.artifact, self._cache, self._mirror, self._outbound, deadline)
        except OSError as error:
            raise NotPrepared(
                f"the files of the product {container.product} could not be copied: {outwards(error)}"
            ) from error

    def _python(
        self,
        container: Container,
        variables: Mapping[str, str],
        model_dir: Path,
        log: Log,
        stopping: Event,
    ) -> Path:
        """The interpreter that it runs by, which has the libraries that it needs. `variables` say which script it is."""
        requirements = requirements_file(container.runtime, variables, model_dir)
        if requirements is None or _names_nothing(requirements):
            require_libraries(container.runtime, container.needs)
            return Path(sys.executable)
        environment = self._environments.of(requirements, container.copy, log, stopping)
        if missing := environment.missing(container.needs):
            raise NotPrepared(
                f"the model needs {', '.join(missing)}, and its requirements.txt does not bring it: name it there"
            )
        return environment.python


def _names_nothing(requirements: Path) -> bool:
    """Such a file asks for no environment of its own: it is there to be filled in. What cannot be read is refused where it is read."""
    try:
        return is_empty(requirements)
    except (OSError, NotPrepared):
        return False


def requirements_file(runtime: str, variables: Mapping[str, str], model_dir: Path) -> Path | None:
    """`requirements.txt` beside the model's script, if there is one."""
    if runtime != SCRIPT:
        return None
    try:
        file = program.path(model_dir, variables).with_name(program.REQUIREMENTS)
    except SystemExit:
        return None  # there is no script: the runtime says so, in the log
    return file if file.exists() else None
