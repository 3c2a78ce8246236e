"""What runs on the cluster: one replica serves one model, by the same runtime that a process of the server's would run.

Needs `secondlook[models]` and `ray[serve]` in the cluster's environment. SECONDLOOK_DATA, SECONDLOOK_MIRROR and
SECONDLOOK_ALLOW_OUTBOUND mean there what they mean to the server.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from ray import serve
from starlette.requests import Request
from starlette.responses import Response

from secondlook.hosting import contract
from secondlook.hosting.catalog import Artifact
from secondlook.hosting.files.model_files import require_libraries, unpacked_artifact
from secondlook.hosting.instances.kinds.ray.application import DEPLOYMENT
from secondlook.hosting.instances.kinds.ray.response import answered
from secondlook.hosting.runtimes.overrun import Overrun, allowed
from secondlook.hosting.runtimes.serving import ModelServer
from secondlook.hosting.runtimes.workers import workers_of
from secondlook.outbound import Outbound
from secondlook.settings import Settings


class Replica:
    """A deployment of Ray Serve. The process is the replica's own, so its environment is the model's."""

    def __init__(
        self,
        runtime: str,
        environment: Mapping[str, str],
        needs: list[str],
        artifact: Mapping[str, Any] | None,
    ) -> None:
        require_libraries(runtime, needs)
        model_dir = _model_dir(Artifact(**artifact) if artifact else None)
        os.environ.update({**environment, contract.MODEL_DIRECTORY: str(model_dir)})
        overrun = Overrun(allowed(os.environ), allowed(os.environ, contract.CALL_SECONDS_MOST))
        pool = ThreadPoolExecutor(workers_of(os.environ), "predict")
        self._server = ModelServer(_load(runtime), pool, overrun)
        overrun.watch()

    async def __call__(self, request: Request) -> Response:
        """Answer a request below the application's route."""
        scope = {**request.scope, "path": request.scope["path"].removeprefix(request.scope["root_path"])}
        return await answered(self._server, scope, request.receive)


def application(args: Mapping[str, Any]) -> Any:
    """What Ray Serve builds of the config's `args`."""
    return serve.deployment(Replica, name=DEPLOYMENT).bind(**args)


def _model_dir(artifact: Artifact | None) -> Path:
    """With the model's files; without an artifact an empty one."""
    settings = Settings.load()
    if artifact is None:
        return Path(mkdtemp(prefix="secondlook-model-"))
    outbound = Outbound(settings.allow_outbound)
    return unpacked_artifact(artifact, settings.data / "artifacts", settings.mirror, outbound)


def _load(runtime: str) -> Any:
    """A runtime that cannot serve the model exits with the reason; here that would end the replica without a word."""
    try:
        return import_module(f"secondlook.hosting.runtimes.{runtime}.__main__").load()
    except SystemExit as reason:
        raise RuntimeError(str(reason)) from reason
