"""The applications of a Ray cluster, through the REST API of its dashboard.

`PUT /api/serve/applications/` replaces all of them, and knows no condition. So what is put is what was read with one
application more or less, and it is looked at afterwards: another server may have put what it had read before.

Source: https://docs.ray.io/en/latest/serve/api/#serve-rest-api.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from secondlook.hosting.errors import NotPrepared, StartFailed
from secondlook.outbound import Answer, Limits, NotAllowed, Outbound, OutboundError

APPLICATIONS = "/api/serve/applications/"

LIMITS = Limits(connect=5, total=30, size=1 << 24)

TRIES = 5
LOOK_SECONDS = 0.2
"""Between looks at an application that is being removed."""

SETTINGS = ("proxy_location", "http_options", "grpc_options", "target_capacity", "controller_options")
"""What a PUT says of Serve itself, beside the applications: as it was read."""

Config = Mapping[str, Any]
Details = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """An application as it is: its status in Ray's words, and why."""

    status: str
    reason: str


class Cluster:
    """`address` is the dashboard's URL, `serve_url` that of Serve's proxy. Safe to use from several threads.

    Every method raises NotPrepared where the cluster may not be reached or refuses what it is asked, StartFailed where it
    does not answer.
    """

    def __init__(self, address: str, serve_url: str, token_file: Path | None, outbound: Outbound) -> None:
        self.serve_url = serve_url.rstrip("/")
        self._url = address.rstrip("/") + APPLICATIONS
        self._token_file = token_file
        self._outbound = outbound
        self._lock = threading.Lock()

    def state(self, name: str) -> State | None:
        """How an application is; None if there is none of that name."""
        details = self._read()["applications"].get(name)
        return None if details is None else State(details["status"], _reason(details))

    def deploy(self, application: Config) -> None:
        """Have the application run; returns at once."""
        name = application["name"]
        self._change(
            lambda configs: {**configs, name: application}, until=lambda applications: name in applications
        )

    def remove(self, name: str, patience: float) -> None:
        """Have the application gone; raises StartFailed when it is not after `patience` seconds."""
        deadline = time.monotonic() + patience
        while name in (applications := self._read()["applications"]):
            if time.monotonic() > deadline:
                raise StartFailed(f"the application {name} on Ray was not gone after {patience:g} seconds")
            if applications[name]["status"] != "DELETING":
                self._change(
                    lambda configs: {key: configs[key] for key in configs if key != name},
                    until=lambda applications: (
                        name not in applications or applications[name]["status"] == "DELETING"
                    ),
                )
            time.sleep(LOOK_SECONDS)

    def _change(
        self,
        change: Callable[[Mapping[str, Config]], Mapping[str, Config]],
        until: Callable[[Mapping[str, Details]], bool],
    ) -> None:
        """Put the applications as `change` makes them of those there are, again where somebody else's PUT undid it."""
        with self._lock:
            for _ in range(TRIES):
                details = self._read()
                self._write(details, change(_configs(details)))
                if until(self._read()["applications"]):
                    return
        raise StartFailed(f"{self._url} was changed by others at the same time, {TRIES} times in a row")

    def _read(self) -> Details:
        body = self._request("GET").body
        try:
            details = json.loads(body)
            return {**details, "applications": dict(details["applications"])}
        except (ValueError, KeyError, TypeError) as error:
            raise NotPrepared(f"{self._url} did not answer as the dashboard of a Ray cluster does") from error

    def _write(self, details: Details, configs: Mapping[str, Config]) -> None:
        if not details.get("http_options"):
            raise NotPrepared(
                f"Serve does not run yet on the Ray cluster of {self._url}, and it would be open to every network if it "
                "were started from here: start it there, on an address of your choice, with "
                "`serve start --http-host ADDRESS` or `serve deploy`"
            )
        settings = {key: details[key] for key in SETTINGS if details.get(key) is not None}
        self._request("PUT", json.dumps({**settings, "applications": list(configs.values())}).encode())

    def _request(self, method: str, body: bytes | None = None) -> Answer:
        headers = {"Content-Type": "application/json"}
        try:
            if self._token_file is not None:
                headers["Authorization"] = f"Bearer {self._token_file.read_text().strip()}"
            answer = self._outbound.request(method, self._url, headers=headers, body=body, limits=LIMITS)
        except (NotAllowed, OSError) as error:
            raise NotPrepared(str(error)) from error
        except OutboundError as error:
            raise StartFailed(str(error)) from error
        if answer.status != HTTPStatus.OK:
            raise _refusal(answer, f"{method} {self._url}")
        return answer


def _refusal(answer: Answer, request: str) -> StartFailed:
    words = f"{request} answered {answer.status}: {answer.body.decode(errors='replace').strip()}"
    if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return NotPrepared(f"{words}; --ray-token-file names the file with the cluster's token")
    return (NotPrepared if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR else StartFailed)(words)


def _configs(details: Details) -> dict[str, Config]:
    """Those that were put. What was deployed from Python has none, and a PUT leaves it alone."""
    return {
        name: application["deployed_app_config"]
        for name, application in details["applications"].items()
        if application.get("deployed_app_config") and application["status"] != "DELETING"
    }


def _reason(details: Details) -> str:
    """The last line of what Ray says, which is the error where all before it is its trace."""
    messages = [deployment["message"] for deployment in details.get("deployments", {}).values()]
    lines = [line.strip() for message in (details["message"], *messages) for line in message.splitlines()]
    return next(filter(None, reversed(lines)), "")
