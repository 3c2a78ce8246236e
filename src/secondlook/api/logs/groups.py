"""DescribeLogGroups and DescribeLogStreams: what instances of this server have said anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from secondlook.api.call import Call
from secondlook.api.logs.lookup import invalid, logs, streams
from secondlook.hosting.logs.streams import Stream

DEFAULT_SIZE = 50
"""Entries of a page, and the most there may be."""


def describe_log_groups(call: Call) -> dict[str, Any]:
    params = call.params
    if params.get("logGroupNamePrefix") and params.get("logGroupNamePattern"):
        raise invalid("Give logGroupNamePrefix or logGroupNamePattern, not both.")
    beginning, part = params.get("logGroupNamePrefix", ""), params.get("logGroupNamePattern", "").lower()
    groups: list[dict[str, Any]] = [
        {
            "logGroupName": group,
            "arn": f"{_arn(call, group)}:*",
            "logGroupArn": _arn(call, group),
            "creationTime": _created(every),
            "storedBytes": sum(stream.size for stream in every),
            "metricFilterCount": 0,
            "logGroupClass": "STANDARD",
        }
        for group in logs(call).groups()
        if group.startswith(beginning) and part in group.lower()
        for every in [logs(call).streams(group)]
    ]
    return _page(call, "logGroups", groups, [group["logGroupName"] for group in groups])


def describe_log_streams(call: Call) -> dict[str, Any]:
    params = call.params
    by_time = params.get("orderBy") == "LastEventTime"
    if by_time and params.get("logStreamNamePrefix"):
        raise invalid("Cannot order by LastEventTime with a logStreamNamePrefix.")
    group, every = streams(call)
    beginning = params.get("logStreamNamePrefix", "")
    shown = [_stream(call, group, stream) for stream in every if stream.name.startswith(beginning)]
    keys = [f"{stream.get('lastEventTimestamp', 0):015d} {stream['logStreamName']}" for stream in shown]
    if not by_time:
        keys = [stream["logStreamName"] for stream in shown]
    order = sorted(range(len(keys)), key=keys.__getitem__, reverse=params.get("descending", False))
    return _page(call, "logStreams", [shown[number] for number in order], [keys[number] for number in order])


def _stream(call: Call, group: str, stream: Stream) -> dict[str, Any]:
    first = last = None
    for event in stream.events():
        first, last = first or event, event
    times = {}
    if first is not None and last is not None:
        times = {
            "firstEventTimestamp": first.at,
            "lastEventTimestamp": last.at,
            "lastIngestionTime": last.at,
        }
    return {
        "logStreamName": stream.name,
        "arn": f"{_arn(call, group)}:log-stream:{stream.name}",
        "creationTime": first.at if first else _created([stream]),
        "uploadSequenceToken": "0",
        "storedBytes": stream.size,
        **times,
    }


def _arn(call: Call, group: str) -> str:
    return f"arn:aws:logs:{call.place.region}:{call.place.account}:log-group:{group}"


def _created(every: Sequence[Stream]) -> int:
    """When the oldest file that is still there was written first, or last where the system does not tell."""
    times = [file.stat().st_ctime for stream in every for file in stream.files]
    return round(min(times, default=0) * 1000)


def _page(call: Call, member: str, shown: Sequence[dict[str, Any]], keys: Sequence[str]) -> dict[str, Any]:
    """The token is the key of the last entry that was shown, so entries that come and go shift nothing."""
    size, token = call.params.get("limit", DEFAULT_SIZE), call.params.get("nextToken")
    start = 0
    if token is not None:
        if not re.fullmatch(r"n/[^\n]+", token):
            raise invalid("The specified nextToken is invalid.")
        is_falling = len(keys) > 1 and keys[0] > keys[-1]
        after = token.removeprefix("n/")
        passed = [key >= after if is_falling else key <= after for key in keys]
        start = sum(passed)
    page = {member: list(shown[start : start + size])}
    more = start + size < len(shown)
    return {**page, "nextToken": f"n/{keys[start + size - 1]}"} if more else page
