"""DeleteLogGroup, DeleteLogStream, and for how long a group is kept.

What is deleted is what lies with the server that is asked; a group whose instances go on speaking is there again with their next line,
as on AWS.
"""

from __future__ import annotations

import shutil
from typing import Any

from secondlook.api.call import Call
from secondlook.api.logs.lookup import invalid, logs, not_found, streams
from secondlook.hosting.logs import removal, retention

DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
"""Those that PutRetentionPolicy takes (API reference)."""


def delete_log_group(call: Call) -> dict[str, Any]:
    group, _ = streams(call)
    for folder in logs(call).folders(group):
        shutil.rmtree(folder.path, ignore_errors=True)
    with call.store.write() as cx:
        retention.group_deleted(cx, group, call.now)
    return {}


def delete_log_stream(call: Call) -> dict[str, Any]:
    group, every = streams(call)
    name = call.params["logStreamName"]
    stream = next((stream for stream in every if stream.name == name), None)
    if stream is None:
        raise not_found("The specified log stream does not exist.")
    removal.remove(stream)
    with call.store.write() as cx:
        retention.stream_deleted(cx, group, name, call.now)
    return {}


def put_retention_policy(call: Call) -> dict[str, Any]:
    group, _ = streams(call)
    days = call.params["retentionInDays"]
    if days not in DAYS:
        raise invalid(f"retentionInDays {days} is not taken: right is one of {', '.join(map(str, DAYS))}.")
    with call.store.write() as cx:
        retention.put(cx, group, days, call.now)
    return {}


def delete_retention_policy(call: Call) -> dict[str, Any]:
    group, _ = streams(call)
    with call.store.write() as cx:
        retention.take_back(cx, group, call.now)
    return {}
