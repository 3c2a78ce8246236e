"""CloudWatch Logs over plain boto3: what a model printed, read back [hosting.md]."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.products import put_product
from tests.running import Server, eventually
from tests.town import Town

from .client_errors import refused

SCRIPT = """
    import sys

    def transform_fn(model, body, content_type, accept):
        for number in range(int(body or b"1")):
            print(f"line {number} of {int(body)}")
        print("WARN that was all")
        return "done", "text/plain"
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("logs") / "data"
    put_product(data, "talker", SCRIPT, "text/plain")
    with Server(data) as server:
        yield Town(server.start())


@pytest.fixture
def group(town: Town, name: str) -> str:
    """Of an endpoint of two instances of which one has said a hundred lines."""
    town.deploy(name, town.subscribe("talker"), instances=2)
    town.ask(name, "100")
    group = f"/aws/sagemaker/Endpoints/{name}"
    logs = town.server.client("logs")
    eventually(lambda: logs.filter_log_events(logGroupName=group, filterPattern="WARN")["events"])
    return group


@pytest.fixture
def logs(town: Town) -> Any:
    return town.server.client("logs")


def loud(logs: Any, group: str) -> str:
    (event,) = logs.filter_log_events(logGroupName=group, filterPattern='"WARN that"')["events"]
    return event["logStreamName"]


def test_each_instance_is_a_stream_of_its_endpoints_group(logs: Any, group: str) -> None:
    (described,) = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    streams = logs.describe_log_streams(logGroupName=group)["logStreams"]

    assert described["arn"] == f"arn:aws:logs:us-east-1:123456789012:log-group:{group}:*"
    assert described["storedBytes"] == sum(stream["storedBytes"] for stream in streams) > 0
    assert [stream["logStreamName"] for stream in streams] == ["AllTraffic/1", "AllTraffic/2"]
    assert all(
        stream["firstEventTimestamp"] <= stream["lastEventTimestamp"] and stream["creationTime"] > 0
        for stream in streams
    )
    by_time = logs.describe_log_streams(logGroupIdentifier=described["logGroupArn"], orderBy="LastEventTime")
    assert {stream["logStreamName"] for stream in by_time["logStreams"]} == {"AllTraffic/1", "AllTraffic/2"}


def test_pages_of_groups_and_streams(logs: Any, group: str) -> None:
    pages = logs.get_paginator("describe_log_streams").paginate(
        logGroupName=group, PaginationConfig={"PageSize": 1}
    )
    assert [[stream["logStreamName"] for stream in page["logStreams"]] for page in pages] == [
        ["AllTraffic/1"],
        ["AllTraffic/2"],
    ]
    groups = logs.get_paginator("describe_log_groups").paginate(PaginationConfig={"PageSize": 1})
    assert group in [described["logGroupName"] for page in groups for described in page["logGroups"]]


def test_lines_are_read_forward_until_the_token_stays(logs: Any, group: str) -> None:
    place = {"logGroupName": group, "logStreamName": loud(logs, group)}
    said, token = [], None
    while True:
        more = {"nextToken": token} if token else {"startFromHead": True}
        page = logs.get_log_events(**place, limit=7, **more)
        said += [event["message"] for event in page["events"]]
        if page["nextForwardToken"] == token:
            break
        token = page["nextForwardToken"]

    lines = [line for line in said if line.startswith("line ")]
    assert lines == [f"line {number} of 100" for number in range(100)]
    assert said[-1] == "WARN that was all"


def test_the_last_lines_come_first_and_then_those_before(logs: Any, group: str) -> None:
    place = {"logGroupName": group, "logStreamName": loud(logs, group)}

    last = logs.get_log_events(**place, limit=2)
    before = logs.get_log_events(**place, limit=2, nextToken=last["nextBackwardToken"])

    assert [event["message"] for event in last["events"]] == ["line 99 of 100", "WARN that was all"]
    assert [event["message"] for event in before["events"]] == ["line 97 of 100", "line 98 of 100"]
    assert all(event["timestamp"] == event["ingestionTime"] for event in last["events"])


def test_new_lines_come_behind_the_token(town: Town, logs: Any, group: str, name: str) -> None:
    places = [
        {"logGroupName": group, "logStreamName": f"AllTraffic/{number}", "startFromHead": True}
        for number in (1, 2)
    ]
    tokens = [logs.get_log_events(**place)["nextForwardToken"] for place in places]

    town.ask(name, "1")

    def said() -> list[str]:
        return [
            event["message"]
            for place, token in zip(places, tokens, strict=True)
            for event in logs.get_log_events(**{**place, "nextToken": token})["events"]
        ]

    eventually(lambda: "WARN that was all" in said())
    assert [line for line in said() if line.startswith("line")] == ["line 0 of 1"]


def test_lines_are_found_by_words_and_times(logs: Any, group: str) -> None:
    pages = logs.get_paginator("filter_log_events").paginate(
        logGroupName=group, filterPattern='"of 100" -"line 5"', PaginationConfig={"PageSize": 10}
    )
    events = [event for page in pages for event in page["events"]]

    assert [event["message"] for event in events] == [
        f"line {number} of 100" for number in range(100) if not str(number).startswith("5")
    ]
    assert len({event["eventId"] for event in events}) == len(events)
    last = events[-1]["timestamp"]
    assert not logs.filter_log_events(logGroupName=group, endTime=1)["events"]
    assert not logs.filter_log_events(logGroupName=group, startTime=last + 60_000)["events"]
    at_the_last = {"startTime": last, "endTime": last}
    assert logs.filter_log_events(logGroupName=group, **at_the_last, logStreamNamePrefix="All")["events"]
    place = {"logGroupName": group, "logStreamName": events[-1]["logStreamName"]}
    assert not logs.get_log_events(**place, **at_the_last)["events"]


def test_what_is_not_there_is_said_to_be(logs: Any, group: str) -> None:
    refused(
        "ResourceNotFoundException", "log group", logs.get_log_events, logGroupName="none", logStreamName="x"
    )
    refused(
        "ResourceNotFoundException",
        "log stream",
        logs.get_log_events,
        logGroupName=group,
        logStreamName="AllTraffic/../1",
    )
    refused(
        "InvalidParameterException",
        "nextToken",
        logs.get_log_events,
        logGroupName=group,
        logStreamName="AllTraffic/1",
        nextToken="x",
    )
    refused(
        "InvalidParameterException",
        "patterns of JSON",
        logs.filter_log_events,
        logGroupName=group,
        filterPattern="{ $.x = 1 }",
    )
    refused("InvalidParameterException", "either logGroupName", logs.describe_log_streams)
