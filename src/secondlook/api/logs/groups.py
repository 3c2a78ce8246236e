"""DescribeLogGroups and DescribeLogStreams: what instances of this server have said anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from secondlook.api.call import Call
from secondlook.api.logs.lookup import arn, invalid, logs, named, streams
from secondlook.hosting.logs.retention import policies
from secondlook.hosting.logs.streams import Stream

DEFAULT_SIZE = 50
"""Entries of a page, and the most there may be."""

STANDARD = "STANDARD"
"""The class of every group."""


def describe_log_groups(call: Call) -> dict[str, Any]:
    """A search by `logGroupNamePattern` answers with less of each group, as CloudWatch Logs does."""
    params = call.params
    is_wanted = _filter(call)
    with call.store.read() as cx:
        days = policies(cx)
    groups: list[dict[str, Any]] = [
        {
            "logGroupName": group,
            "arn": f"{arn(call, group)}:*",
            "creationTime": _created(every),
            **(
                {}
                if params.get("logGroupNamePattern")
                else {
                    "logGroupArn": arn(call, group),
                    **({"retentionInDays": days[group]} if group in days else {}),
                    "storedBytes": sum(stream.size for stream in every),
                    "metricFilterCount": 0,
                    "logGroupClass": STANDARD,
                }
            ),
        }
        for group in logs(call).groups()
        if is_wanted(group)
        for every in [logs(call).streams(group)]
    ]
    return _page(call, "logGroups", groups, [group["logGroupName"] for group in groups])


def _filter(call: Call) -> Callable[[str], bool]:
    """Whether a group is one that the call asks for, by its name and class. Raises InvalidParameterException."""
    params = call.params
    if params.get("logGroupNamePrefix") and params.get("logGroupNamePattern"):
        raise invalid("Give logGroupNamePrefix or logGroupNamePattern, not both.")
    others = {"logGroupNamePrefix", "logGroupNamePattern", "logGroupClass"} & params.keys()
    if "logGroupIdentifiers" in params and others:
        raise invalid(f"logGroupIdentifiers cannot be given with {', '.join(sorted(others))}.")
    identifiers = {named(call, identifier) for identifier in params.get("logGroupIdentifiers", ())}
    beginning, part = params.get("logGroupNamePrefix", ""), params.get("logGroupNamePattern", "")
    is_of_class = params.get("logGroupClass", STANDARD) == STANDARD
    return lambda group: (
        is_of_class
        and (not identifiers or group in identifiers)
        and group.startswith(beginning)
        and part in group
    )


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
    falls = params.get("descending", False)
    order = sorted(range(len(keys)), key=keys.__getitem__, reverse=falls)
    shown, keys = [shown[number] for number in order], [keys[number] for number in order]
    return _page(call, "logStreams", shown, keys, falls=falls)


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
        "arn": f"{arn(call, group)}:log-stream:{stream.name}",
        "creationTime": first.at if first else _created([stream]),
        "uploadSequenceToken": "0",
        "storedBytes": stream.size,
        **times,
    }


def _created(every: Sequence[Stream]) -> int:
    """When the oldest file that is still there was written first, or last where the system does not tell."""
    times = [file.stat().st_ctime for stream in every for file in stream.files]
    return round(min(times, default=0) * 1000)


def _page(
    call: Call, member: str, shown: Sequence[dict[str, Any]], keys: Sequence[str], *, falls: bool = False
) -> dict[str, Any]:
    """The token is the key of the last entry that was shown, so entries that come and go shift nothing."""
    size, token = call.params.get("limit", DEFAULT_SIZE), call.params.get("nextToken")
    start = 0
    if token is not None:
        if not re.fullmatch(r"n/[^\n]+", token):
            raise invalid("The specified nextToken is invalid.")
        after = token.removeprefix("n/")
        start = sum(key >= after if falls else key <= after for key in keys)
    page = {member: list(shown[start : start + size])}
    more = start + size < len(shown)
    return {**page, "nextToken": f"n/{keys[start + size - 1]}"} if more else page
