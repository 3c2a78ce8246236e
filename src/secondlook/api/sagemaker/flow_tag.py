"""The tag of endpoint configs and endpoints by which every prediction is judged: callers of InvokeEndpoint change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection

from secondlook.api.call import Call
from secondlook.hosting.endpoints.endpoint import FLOW_TAG, ROUTES
from secondlook.review import tags
from secondlook.review.starting import startable
from secondlook.store.availability import Unavailable
from secondlook.store.version import raise_version


def put(cx: Connection, call: Call, arn: str, pairs: Iterable[Mapping[str, str]]) -> None:
    """Add tags to an endpoint or its config; raises Invalid for a flow definition in which no loop could start."""
    pairs = list(pairs)
    for pair in pairs:
        if pair["Key"] == FLOW_TAG:
            startable(cx, pair["Value"], call.place)
    tags.put(cx, arn, pairs)
    changed(cx, [pair["Key"] for pair in pairs])


def inherited(cx: Connection, call: Call, config: str, own: Iterable[Mapping[str, str]]) -> list[Any]:
    """The tags of an endpoint that is made: its own, and its config's for a flow definition unless it has one itself."""
    own = list(own)
    if any(pair["Key"] == FLOW_TAG for pair in own):
        return own
    of_config = tags.of(cx, call.place.arn("endpoint-config", config))
    return [*own, *(pair for pair in of_config if pair["Key"] == FLOW_TAG)]


def changed(cx: Connection, keys: Iterable[str]) -> None:
    """Tags of these keys were put or taken away: calls may be judged otherwise from now on."""
    if FLOW_TAG in keys:
        raise_version(cx, ROUTES)


def take_effect(call: Call, keys: Iterable[str]) -> None:
    """Once that is committed: have this server's next prediction judged by it. Other servers see it at their next look."""
    if FLOW_TAG in keys:
        with suppress(Unavailable):  # it is committed, and the fleet's next look is seconds away
            call.services.fleet.refresh()
