"""CloudWatch Logs over plain boto3: what a model printed, read back [hosting.md]."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
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


def test_groups_are_found_by_their_names(town: Town, logs: Any, group: str, name: str) -> None:
    arn = f"arn:aws:logs:us-east-1:123456789012:log-group:{group}"

    def found(**filters: Any) -> list[str]:
        return [described["logGroupName"] for described in logs.describe_log_groups(**filters)["logGroups"]]

    for identifier in (group, arn):
        assert found(logGroupIdentifiers=[identifier, "/aws/sagemaker/Endpoints/none"]) == [group]
    assert found(logGroupNamePattern=f"Endpoints/{name}") == [group]
    assert found(logGroupNamePattern=f"endpoints/{name}") == []  # by the letter
    assert found(logGroupNamePrefix=group, logGroupClass="STANDARD") == [group]
    assert found(logGroupClass="INFREQUENT_ACCESS") == []
    (described,) = logs.describe_log_groups(logGroupNamePattern=name)["logGroups"]
    assert described.keys() == {"logGroupName", "arn", "creationTime"}  # and no more, as there


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (
            {"logGroupIdentifiers": ["a"], "logGroupNamePrefix": "a"},
            "cannot be given with logGroupNamePrefix",
        ),
        ({"logGroupIdentifiers": ["a"], "logGroupClass": "STANDARD"}, "cannot be given with logGroupClass"),
        ({"logGroupNamePattern": "a", "logGroupNamePrefix": "a"}, "not both"),
        (
            {"logGroupIdentifiers": ["arn:aws:logs:us-east-1:999999999999:log-group:a"]},
            "right is arn:aws:logs:us-east-1:123456789012:log-group:NAME",
        ),
        ({"nextToken": "x"}, "nextToken"),
    ],
)
def test_filters_of_groups_that_do_not_go_together(logs: Any, filters: dict[str, Any], message: str) -> None:
    refused("InvalidParameterException", message, logs.describe_log_groups, **filters)


@pytest.mark.parametrize("order", ["LogStreamName", "LastEventTime"])
def test_streams_in_either_order(logs: Any, group: str, order: str) -> None:
    def pages(*, descending: bool) -> list[list[str]]:
        paginator = logs.get_paginator("describe_log_streams")
        found = paginator.paginate(
            logGroupName=group, orderBy=order, descending=descending, PaginationConfig={"PageSize": 1}
        )
        return [[stream["logStreamName"] for stream in page["logStreams"]] for page in found]

    rising = pages(descending=False)
    assert sorted(rising) == [["AllTraffic/1"], ["AllTraffic/2"]]
    assert pages(descending=True) == rising[::-1]
    if order == "LastEventTime":
        assert rising[-1] == [loud(logs, group)]
    else:
        assert rising == sorted(rising)


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


def test_the_newest_lines_are_found_first_where_that_is_asked(logs: Any, group: str) -> None:
    found = {"logGroupName": group, "filterPattern": '"of 100"'}
    pages = logs.get_paginator("filter_log_events").paginate(
        **found, startFromHead=False, PaginationConfig={"PageSize": 7}
    )
    events = [event for page in pages for event in page["events"]]

    assert [event["message"] for event in events] == [f"line {number} of 100" for number in range(99, -1, -1)]
    assert events[::-1] == logs.filter_log_events(**found, unmask=True, interleaved=True)["events"]
    first = logs.filter_log_events(**found, startFromHead=False, limit=1)
    second = logs.filter_log_events(**found, nextToken=first["nextToken"], startFromHead=True, limit=1)
    assert [event["message"] for event in second["events"]] == ["line 98 of 100"]  # the token's way counts


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
    refused(
        "InvalidParameterException",
        "nextToken",
        logs.filter_log_events,
        logGroupName=group,
        nextToken="f/1/1",
    )
    refused(
        "InvalidParameterException",
        "LastEventTime",
        logs.describe_log_streams,
        logGroupName=group,
        orderBy="LastEventTime",
        logStreamNamePrefix="All",
    )


def test_a_group_is_deleted_and_there_again_when_more_is_said(
    town: Town, logs: Any, group: str, name: str
) -> None:
    logs.put_retention_policy(logGroupName=group, retentionInDays=30)
    logs.delete_log_group(logGroupName=group)
    assert not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    refused("ResourceNotFoundException", "log group", logs.delete_log_group, logGroupName=group)

    town.ask(name, "1")
    found = eventually(lambda: logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"])
    assert "retentionInDays" not in found[0]
    eventually(lambda: logs.filter_log_events(logGroupName=group, filterPattern="WARN")["events"])
    events = logs.filter_log_events(logGroupName=group, filterPattern="line")["events"]
    assert [event["message"] for event in events] == ["line 0 of 1"]


def test_a_stream_is_deleted_and_no_other(logs: Any, group: str) -> None:
    name = loud(logs, group)
    logs.delete_log_stream(logGroupName=group, logStreamName=name)

    (left,) = logs.describe_log_streams(logGroupName=group)["logStreams"]
    assert {left["logStreamName"], name} == {"AllTraffic/1", "AllTraffic/2"}
    refused(
        "ResourceNotFoundException",
        "log stream",
        logs.delete_log_stream,
        logGroupName=group,
        logStreamName=name,
    )


def test_a_group_tells_for_how_many_days_it_is_kept(town: Town, logs: Any, group: str) -> None:
    def days() -> int | None:
        (described,) = logs.describe_log_groups(logGroupIdentifiers=[group])["logGroups"]
        return described.get("retentionInDays")

    assert days() is None
    for number in (7, 3653):
        logs.put_retention_policy(logGroupName=group, retentionInDays=number)
        assert days() == number
    refused(
        "InvalidParameterException",
        "right is one of 1, 3, 5",
        logs.put_retention_policy,
        logGroupName=group,
        retentionInDays=2,
    )
    logs.delete_retention_policy(logGroupName=group)
    assert days() is None
    refused(
        "ResourceNotFoundException", "", logs.put_retention_policy, logGroupName="none", retentionInDays=1
    )
    entries = town.secondlook.list_journal(ResourceType="LogGroup", ResourceName=group)["Entries"]
    assert [entry["Action"] for entry in entries] == ["DeleteRetentionPolicy", *["PutRetentionPolicy"] * 2]


def test_the_log_of_an_endpoint_that_is_gone_is_removed_in_the_end(town: Town, group: str, name: str) -> None:
    """A server that starts looks at once; the time of the end is put back, for nobody waits for it."""
    town.sagemaker.delete_endpoint(EndpointName=name)
    town.sagemaker.get_waiter("endpoint_deleted").wait(EndpointName=name, WaiterConfig={"Delay": 1})
    _again(town)
    ended = town.server.data / "logs" / "endpoints" / name / "ended"
    since = datetime.fromisoformat(eventually(lambda: ended.exists() and ended.read_text()))
    logs = town.server.client("logs")
    assert logs.filter_log_events(logGroupName=group, filterPattern="WARN")["events"]

    ended.write_text((since - timedelta(days=31)).isoformat())
    _again(town)
    logs = town.server.client("logs")
    eventually(lambda: not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"])


def _again(town: Town) -> None:
    town.server.stop()
    town.server.start()
    town.connect()
