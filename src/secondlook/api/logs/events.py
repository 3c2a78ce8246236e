"""GetLogEvents and FilterLogEvents: lines of logs, from a place on in either direction, or those that match a pattern.

A token names the last line that was handed out, by its time and its place among the lines of that millisecond, so a log that grows or
loses its beginning shifts nothing. At the end of a log its token stays the same, by which clients know that there is no more for now.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from secondlook.api.call import Call
from secondlook.api.logs.lookup import invalid, not_found, streams
from secondlook.hosting.logs.pattern import BadPattern, pattern
from secondlook.hosting.logs.streams import Event, Stream

MOST_EVENTS = 10_000
MOST_BYTES = 1 << 20
OVERHEAD = 26
"""Bytes that an event counts for besides its text, as in CloudWatch Logs."""

_TOKEN = re.compile(r"([fb])/(\d{1,15})/(\d{1,15})")
_FILTER_TOKEN = re.compile(rf"{_TOKEN.pattern}/(.+)")

Key = tuple[int, str, int]
"""The order of lines of several streams: time, stream, and place among the lines of that millisecond."""

Found = tuple[Key, Event]


class Place(NamedTuple):
    """A line of a stream."""

    at: int
    position: int


def get_log_events(call: Call) -> dict[str, Any]:
    params = call.params
    name = params["logStreamName"]
    stream = next((stream for stream in streams(call)[1] if stream.name == name), None)
    if stream is None:
        raise not_found("The specified log stream does not exist.")
    is_forward, place = _read(params.get("nextToken"))
    within = _within(call)
    events = [event for event in stream.events() if within(event)]
    if place is None:
        is_forward = params.get("startFromHead", False)
    elif is_forward:
        events = [event for event in events if _place(event) > place]
    else:
        events = [event for event in events if _place(event) < place]
    size = params.get("limit", MOST_EVENTS)
    page = list(_fitting(events, size)) if is_forward else list(_fitting(reversed(events), size))[::-1]
    first, last = (_place(page[0]), _place(page[-1])) if page else (place or Place(0, 0),) * 2
    return {
        "events": [_shown(event) for event in page],
        "nextForwardToken": f"f/{last.at}/{last.position}",
        "nextBackwardToken": f"b/{first.at}/{first.position}",
    }


def filter_log_events(call: Call) -> dict[str, Any]:
    """The oldest first, or the newest where `startFromHead` is False; a token keeps the direction that it came from."""
    params = call.params
    try:
        wanted = pattern(params.get("filterPattern", ""))
    except BadPattern as bad:
        raise invalid(f"Invalid filter pattern: {bad}.") from bad
    chosen = _chosen(call)
    is_forward, after = _after(params.get("nextToken"))
    if after is None:
        is_forward = params.get("startFromHead", True)
    within = _within(call, last=1)
    found = _merged([_keyed(stream, within) for stream in chosen], is_forward)
    matching = (
        (key, event)
        for key, event in found
        if (after is None or (key > after if is_forward else key < after)) and wanted.matches(event.text)
    )
    size = params.get("limit", MOST_EVENTS)
    page: list[Found] = []
    room = MOST_BYTES
    more = False
    for key, event in matching:
        room -= _weight(event)
        if len(page) == size or (room < 0 and page):
            more = True
            break
        page.append((key, event))
    answer: dict[str, Any] = {
        "events": [
            {"logStreamName": key[1], **_shown(event), "eventId": _event_id(*key)} for key, event in page
        ],
        "searchedLogStreams": [],
    }
    if more:
        at, name, position = page[-1][0]
        answer["nextToken"] = f"{'f' if is_forward else 'b'}/{at}/{position}/{name}"
    return answer


def _chosen(call: Call) -> list[Stream]:
    params = call.params
    names, beginning = params.get("logStreamNames"), params.get("logStreamNamePrefix")
    if names and beginning:
        raise invalid("Give logStreamNames or logStreamNamePrefix, not both.")
    every = streams(call)[1]
    if names and (unknown := set(names) - {stream.name for stream in every}):
        raise not_found(f"The specified log stream does not exist: {', '.join(sorted(unknown))}.")
    return [
        stream
        for stream in every
        if (not names or stream.name in names) and stream.name.startswith(beginning or "")
    ]


def _keyed(stream: Stream, within: Callable[[Event], bool]) -> Iterator[Found]:
    return (((event.at, stream.name, event.position), event) for event in stream.events() if within(event))


def _merged(of_streams: Iterable[Iterator[Found]], is_forward: bool) -> Iterable[Found]:
    if is_forward:
        return heapq.merge(*of_streams)
    return heapq.merge(*(reversed(list(found)) for found in of_streams), reverse=True)


def _within(call: Call, last: int = 0) -> Callable[[Event], bool]:
    """From startTime on, and before endTime; with `last` 1 at it too, as FilterLogEvents has it. Both in milliseconds."""
    start, end = call.params.get("startTime"), call.params.get("endTime")
    return lambda event: (start is None or event.at >= start) and (end is None or event.at < end + last)


def _fitting(events: Iterable[Event], size: int) -> Iterator[Event]:
    """As many as a page holds, but one at least."""
    room = MOST_BYTES
    for number, event in enumerate(events):
        room -= _weight(event)
        if number == size or (room < 0 and number):
            return
        yield event


def _weight(event: Event) -> int:
    return len(event.text.encode()) + OVERHEAD


def _place(event: Event) -> Place:
    return Place(event.at, event.position)


def _shown(event: Event) -> dict[str, Any]:
    return {"timestamp": event.at, "message": event.text, "ingestionTime": event.at}


def _read(token: str | None) -> tuple[bool, Place | None]:
    """Whether a token leads forward, and from where."""
    if token is None:
        return False, None
    found = _TOKEN.fullmatch(token)
    if found is None:
        raise invalid("The specified nextToken is invalid.")
    direction, at, position = found.groups()
    return direction == "f", Place(int(at), int(position))


def _after(token: str | None) -> tuple[bool, Key | None]:
    """Whether a token of FilterLogEvents leads forward, and behind which line it goes on."""
    if token is None:
        return True, None
    found = _FILTER_TOKEN.fullmatch(token)
    if found is None:
        raise invalid("The specified nextToken is invalid.")
    direction, at, position, name = found.groups()
    return direction == "f", (int(at), name, int(position))


def _event_id(at: int, name: str, position: int) -> str:
    """Digits, as there; the same line has the same one in every answer."""
    digest = hashlib.sha256(f"{at}/{name}/{position}".encode()).digest()
    return f"{at:020d}{int.from_bytes(digest[:8]):020d}"
