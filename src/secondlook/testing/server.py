"""A whole server inside the test's process: a directory of its own, a free port, SQLite, and a clock that is moved."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Unpack

from secondlook.app.serve import Running, running
from secondlook.settings import SettingError, Settings
from secondlook.testing import flows, loops
from secondlook.testing.clients import Clients, Key
from secondlook.testing.clock import Clock, Time
from secondlook.testing.flows import TEAM, Flow, FlowOptions
from secondlook.testing.listening import listening
from secondlook.testing.loops import Loop
from secondlook.testing.models import Answer, Endpoint, Models
from secondlook.testing.reach import Reach
from secondlook.testing.reviewers import Answering, Habits, Reviewer

BUCKET = "secondlook-test"

LOOPBACK = ("127.0.0.0/8", "::1/128")
"""Where webhooks and models of tests are, which a server calls only if it is allowed to."""


class Server:
    """A running server. `url` is where it answers, `data` its directory, `clock` its time.

    Whatever is made here is made by boto3, as any program does it, so what is wrong raises botocore's ClientError.
    """

    def __init__(self, running: Running, time: Time | None) -> None:
        settings = running.settings
        self.url, self.data, self.region = settings.url, settings.data, settings.region
        self.clock = Clock(running.server.store, time, running.server.look, running.server.waits)
        self._clients = Clients(settings.data)
        self._reach = Reach(self._clients, self.clock, settings.data)
        self._models = Models(self._reach)
        self._emails = (f"reviewer-{number}@example.org" for number in itertools.count(1))

    @classmethod
    @contextmanager
    def started(cls, directory: Path, **settings: Any) -> Iterator[Server]:
        """A server on a fresh directory until the block ends; `settings` are fields of `secondlook.settings.Settings`.

        Raises SettingError, and whatever else `secondlook serve` may say.
        """
        time = None if settings.get("database") else Time()
        with ExitStack() as stack:
            with _umask_kept():
                entered = stack.enter_context(running(_settings(directory, settings), time))
            stack.enter_context(listening(entered))
            server = cls(entered, time)
            stack.callback(server._clients.close)
            stack.callback(server._models.close)
            yield server

    def client(self, service: str, key: Key | None = None) -> Any:
        """A plain boto3 client of a service that the server speaks; `secondlook` is its own. With an admin's key, or `key`."""
        return self._clients.client(service, key or self._clients.admin)

    @property
    def requester(self) -> Key:
        """The key that programs have."""
        return self._clients.requester

    def key(self, name: str, scope: str, **bounds: Any) -> Key:
        """A new access key: `scope` is what it may do, `bounds` are further members of CreateKey (`Buckets`, `ExpiresAt`)."""
        made = self.client("secondlook").create_key(Name=name, Scope=scope, **bounds)
        return Key(made["AccessKeyId"], made["SecretAccessKey"])

    @property
    def environment(self) -> dict[str, str]:
        """What `secondlook env` prints: with these variables any program's boto3 calls this server, with a requester's key."""
        key = self.requester
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ACCESS_KEY_ID": key.key_id,
            "AWS_SECRET_ACCESS_KEY": key.secret,
        }

    @cached_property
    def bucket(self) -> str:
        """A bucket, made when it is first asked for; flow definitions write their output to it unless told otherwise."""
        self.client("s3").create_bucket(Bucket=BUCKET)
        return BUCKET

    def put(self, key: str, body: bytes, content_type: str = "application/octet-stream") -> str:
        """Put an object into `bucket`; its `s3://` URI."""
        self.client("s3").put_object(Bucket=self.bucket, Key=key, Body=body, ContentType=content_type)
        return f"s3://{self.bucket}/{key}"

    def settle(self) -> None:
        """Return when the server has nothing left to do that is due now: loops are offered, outputs written, events sent."""
        self.clock.settle()

    def team(self, name: str = TEAM, *members: str) -> str:
        """The ARN of a work team with these addresses in it, beside those that are there; made where there is none."""
        return flows.make_team(self._reach, name, members)

    def template(self, name: str, template: str = "any") -> str:
        """The ARN of a human task UI: of Liquid and HTML, or of one that comes with the package.

        `any` shows the input, whatever it is, and takes a text; `boxes`, `label` and `text` take the input
        `{"taskObject", "initialValue", "labels"}`; other names are those of `secondlook templates examples`.
        """
        return flows.make_template(self._reach, name, template)

    def flow(
        self, name: str = "review", *, output: str | None = None, **options: Unpack[FlowOptions]
    ) -> Flow:
        """A flow definition with its template and its work team, that writes to `bucket`, or below `output`."""
        return flows.make_flow(self._reach, name, output or f"s3://{self.bucket}/output", options)

    def endpoint(self, name: str, answer: Answer) -> Endpoint:
        """An endpoint in service whose model is `answer(body, content_type)`, a function of the test."""
        return self._models.deploy(name, answer)

    def loops(self, flow: str | None = None) -> list[Loop]:
        """The human loops, of one flow definition or of all, oldest first, once what is due is done."""
        return loops.every(self._reach, flow)

    def loop(self, name: str) -> Loop:
        """The human loop with this name."""
        return Loop(self._reach, name)

    def reviewer(
        self,
        answer: Answering | None = None,
        *,
        team: str = TEAM,
        email: str | None = None,
        **habits: Unpack[Habits],
    ) -> Reviewer:
        """A reviewer in a work team, who answers as `answer(task)` says, or else what the page holds untouched."""
        address = email or next(self._emails)
        self.team(team, address)
        return Reviewer(self._reach, address, answer, habits)

    def __repr__(self) -> str:
        return f"<Server {self.url}>"


def _settings(directory: Path, chosen: dict[str, Any]) -> Settings:
    defaults = {"port": 0, "tls_port": 0, "allow_outbound": LOOPBACK}
    try:
        return Settings(**{**defaults, **chosen, "data": directory})
    except TypeError as error:
        raise SettingError(f"{error}: docs/settings.md has the settings of a server.") from None


@contextmanager
def _umask_kept() -> Iterator[None]:
    """A server keeps all its process makes to itself; the files of the test's own process are not its business."""
    before = os.umask(0)
    os.umask(before)
    try:
        yield
    finally:
        os.umask(before)
