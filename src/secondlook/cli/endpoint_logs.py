"""What the instances of an endpoint have said, and go on to say, by CloudWatch Logs."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from secondlook.cli.output import faint, plain
from secondlook.client import failures

GROUP = "/aws/sagemaker/Endpoints/"


@dataclass(slots=True)
class EndpointLogs:
    """The lines of an endpoint, of one variant or instance only where that is named.

    `logs` is a client of CloudWatch Logs; `since` in milliseconds since 1970. An instance that an update brings is a stream of its own
    beside that of the same number (`AllTraffic/1.g2`), and counts as the same instance here.
    """

    logs: Any
    endpoint: str
    variant: str | None = None
    instance: int | None = None
    text: str = ""
    since: int | None = None
    _tokens: dict[str, str] = field(default_factory=dict)

    def last(self, most: int) -> list[str]:
        """The last lines of all instances in the order of their times; `new` then goes on behind them."""
        of_streams = [self._last_of(name, most) for name in self._streams()]
        merged = heapq.merge(*of_streams, key=lambda line: line[0])
        lines = [shown for _, shown in merged]
        return lines[len(lines) - min(most, len(lines)) :]

    @property
    def is_known(self) -> bool:
        """Whether any of those instances has a log."""
        return bool(self._tokens)

    def new(self) -> list[str]:
        """The lines that came since, also those of instances that came since."""
        found = [self._new_of(name) for name in self._streams()]
        return [shown for _, shown in heapq.merge(*found, key=lambda line: line[0])]

    def _streams(self) -> Iterator[str]:
        """None before any instance has said anything."""
        token: Mapping[str, str] = {}
        while True:
            try:
                page = self.logs.describe_log_streams(logGroupName=GROUP + self.endpoint, **token)
            except ClientError as error:
                if failures.code(error) == "ResourceNotFoundException":
                    return
                raise
            yield from (stream["logStreamName"] for stream in page["logStreams"] if self._is_meant(stream))
            if "nextToken" not in page:
                return
            token = {"nextToken": page["nextToken"]}

    def _is_meant(self, stream: Mapping[str, Any]) -> bool:
        variant, _, instance = stream["logStreamName"].rpartition("/")
        number = instance.partition(".")[0]
        return self.variant in {None, variant} and (self.instance is None or number == str(self.instance))

    def _last_of(self, stream: str, most: int) -> list[tuple[int, str]]:
        """From the end backwards, until there are enough."""
        lines: list[tuple[int, str]] = []
        token: Mapping[str, str] = {}
        while not lines or len(lines) < most:
            page = self._page(stream, **token)
            self._tokens.setdefault(stream, page["nextForwardToken"])
            if not page["events"]:
                break
            lines[:0] = self._wanted(stream, page["events"])
            token = {"nextToken": page["nextBackwardToken"]}
        return lines

    def _new_of(self, stream: str) -> list[tuple[int, str]]:
        lines: list[tuple[int, str]] = []
        while True:
            token = self._tokens.get(stream)
            page = self._page(stream, **({"nextToken": token} if token else {"startFromHead": True}))
            self._tokens[stream] = page["nextForwardToken"]
            lines += self._wanted(stream, page["events"])
            if not page["events"]:
                return lines

    def _page(self, stream: str, **place: Any) -> dict[str, Any]:
        since = {} if self.since is None else {"startTime": self.since}
        page: dict[str, Any] = self.logs.get_log_events(
            logGroupName=GROUP + self.endpoint, logStreamName=stream, **since, **place
        )
        return page

    def _wanted(self, stream: str, events: list[dict[str, Any]]) -> list[tuple[int, str]]:
        return [
            (event["timestamp"], _shown(stream, event)) for event in events if self.text in event["message"]
        ]


def _shown(stream: str, event: Mapping[str, Any]) -> str:
    """The time is UTC, as in the file. What a model says may steer a terminal: that is shown and not done."""
    at = datetime.fromtimestamp(event["timestamp"] / 1000, UTC)
    message = plain(event["message"].rstrip("\r")).replace("\n", " ")
    return f"{faint(f'{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03d}Z  {stream}')}  {message}"
