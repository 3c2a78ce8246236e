"""A server to which a stranger brings models that mean harm, and what there is of them on the machine."""

from __future__ import annotations

import ast
import contextlib
import textwrap
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from botocore.exceptions import ClientError

from tests import processes
from tests.own_models import SCIKIT, Maker, archive, create, linear
from tests.running import Server, eventually

NEIGHBOUR = "neighbour"

MEMORY = 512
"""MiB that one model may take."""


class Stranger(Maker):
    """Whose key may bring code. Beside what they bring runs an endpoint of somebody else."""

    def __init__(self, server: Server, sockets: Path) -> None:
        server.client("s3").create_bucket(Bucket="models")
        super().__init__(server, "models")
        self.sockets = sockets
        self.logs = server.client("logs")

    def settle(self) -> None:
        data = self.put(f"{NEIGHBOUR}/model.tar.gz", linear())
        create(self.sagemaker, NEIGHBOUR, {"Image": SCIKIT, "ModelDataUrl": data})
        self.wait(NEIGHBOUR)

    def neighbour_answers(self) -> bool:
        return self.ask(NEIGHBOUR, [[1, 2]]) == [21.0]

    def bring(self, name: str, script: str, requirements: str = "", **more: Any) -> None:
        """A model archive, up to CreateEndpoint; `environment` and `variant` are further members."""
        files = {"code/inference.py": script}
        files |= {"code/requirements.txt": requirements} if requirements else {}
        self.create(name, archive(**files), **more)

    def create(self, name: str, content: bytes, **more: Any) -> None:
        container = {
            "Image": SCIKIT,
            "ModelDataUrl": self.put(f"{name}/model.tar.gz", content),
            "Environment": more.get("environment", {}),
        }
        create(self.sagemaker, name, container, **more.get("variant", {}))

    def deploy(self, name: str, script: str, requirements: str = "", **more: Any) -> None:
        self.bring(name, script, requirements, **more)
        self.wait(name)

    def send(self, name: str, body: str) -> bytes:
        """What a model answers."""
        asked = {"ContentType": "text/x-python", "Body": textwrap.dedent(body).encode()}
        return self.runtime.invoke_endpoint(EndpointName=name, **asked)["Body"].read()

    def has_run(self, name: str, code: str) -> object:
        """What code sets `result` to that a model runs. Raises PermissionError where it raised anything."""
        said = ast.literal_eval(self.send(name, code).decode())
        if "error" in said:
            raise PermissionError(said["error"])
        return said["result"]

    def refuses(self, name: str, code: str) -> bool:
        """Whether the code raised an error in the model."""
        try:
            self.has_run(name, code)
        except PermissionError:
            return True
        return False

    def refused(self, name: str, body: str) -> str:
        """What the caller is told of a call that a model does not answer as it should."""
        with pytest.raises(ClientError) as error:
            self.send(name, body)
        answer = error.value.response
        assert answer["Error"]["Code"] == "ModelError"
        return str(answer["OriginalMessage"])

    def said(self, name: str) -> str:
        """The endpoint's log, as CloudWatch Logs gives it."""
        pages = self.logs.get_paginator("filter_log_events").paginate(
            logGroupName=f"/aws/sagemaker/Endpoints/{name}"
        )
        return "\n".join(event["message"] for page in pages for event in page["events"])

    def says(self, name: str, words: str) -> None:
        """Return once the log has these words."""
        eventually(lambda: words in self.said(name), 60)

    def status(self, name: str) -> str:
        return str(self.sagemaker.describe_endpoint(EndpointName=name)["EndpointStatus"])

    def endpoints(self, part: str) -> list[str]:
        found = self.sagemaker.list_endpoints(NameContains=part)["Endpoints"]
        return [each["EndpointName"] for each in found]

    def leaves(self, before: Counter[str]) -> None:
        """Return once there are no more traces than `before`; AssertionError names those that there are after a minute."""
        with contextlib.suppress(AssertionError):
            eventually(lambda: self.traces() <= before, 60)
        if left := self.traces() - before:
            lines = processes.command_lines(self._processes())
            raise AssertionError(f"left over: {dict(left)}; the processes are\n" + "\n".join(lines))

    def traces(self) -> Counter[str]:
        """The number of processes and of files of sockets, and the folders of models and of unfinished environments."""
        data = self.server.data
        folders = (
            data.glob("own-models/*"),
            data.glob("own-models/.*"),
            data.glob("environments/.*.making"),
        )
        return Counter(
            {
                "processes": len(self._processes()),
                "sockets": sum(1 for _ in self.sockets.rglob("*")),
                **{str(path): 1 for paths in folders for path in paths},
            }
        )

    def _processes(self) -> set[psutil.Process]:
        assert self.server.process is not None
        return processes.descendants_and_orphans(self.server.process.pid)


def size(folder: Path) -> int:
    """Bytes of its files; one that is renamed just now counts as none."""
    total = 0
    for file in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            total += file.stat().st_size
    return total


def outcome(call: Callable[[], object]) -> str:
    """The code of the error in which a call ended, or that it was answered."""
    try:
        call()
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "answered"
