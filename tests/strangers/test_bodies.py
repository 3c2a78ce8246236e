"""A body is read for who is known, and for nobody else."""

from __future__ import annotations

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.strangers.http import answer, pour, status

MIB = 1024 * 1024
SIZE = 23 * MIB

UNSIGNED = {
    "JSON with a target": (
        "POST / HTTP/1.1",
        "X-Amz-Target: SageMaker.CreateHumanTaskUi",
        "Content-Type: application/x-amz-json-1.1",
    ),
    "a form of the query protocol": (
        "POST / HTTP/1.1",
        "Authorization: AWS4-HMAC-SHA256 nonsense",
        "Content-Type: application/x-www-form-urlencoded",
    ),
    "an unknown key": (
        "POST / HTTP/1.1",
        "X-Amz-Target: SageMaker.CreateHumanTaskUi",
        "Content-Type: application/x-amz-json-1.1",
        "X-Amz-Date: 20261101T000000Z",
        "Authorization: AWS4-HMAC-SHA256 Credential=AKIAAAAAAAAAAAAAAAAA/20261101/us-east-1/sagemaker/aws4_request, "
        "SignedHeaders=host;x-amz-date;x-amz-target, Signature=" + "0" * 64,
    ),
    "an unknown key at an endpoint": (
        "POST /endpoints/x/invocations HTTP/1.1",
        "X-Amz-Date: 20261101T000000Z",
        "Authorization: AWS4-HMAC-SHA256 Credential=AKIAAAAAAAAAAAAAAAAA/20261101/us-east-1/sagemaker/aws4_request, "
        "SignedHeaders=host;x-amz-date, Signature=" + "0" * 64,
    ),
    "a page's form without a session": ("POST /console/people/teams HTTP/1.1",),
    "a page's JSON without a session": (
        "POST /tasks/1/submit HTTP/1.1",
        "Content-Type: application/json",
        "Accept: application/json",
    ),
}


def head(lines: tuple[str, ...], *more: str) -> bytes:
    return "\r\n".join([lines[0], "Host: localhost", *lines[1:], *more, "", ""]).encode()


@pytest.mark.parametrize("lines", UNSIGNED.values(), ids=UNSIGNED)
def test_a_stranger_is_refused_before_the_body(victim, sockets, lines):
    connection = sockets(victim.connect())

    connection.sendall(head(lines, f"Content-Length: {SIZE}"))

    assert status(connection) in {303, 400, 401, 403}


def test_the_key_that_every_link_shows_brings_no_body(victim, sockets):
    victim.server.client("s3").create_bucket(Bucket="seen")
    page = victim.server.client("sagemaker").render_ui_template(
        UiTemplate={"Content": "{{ task.input.picture | grant_read_access }}<crowd-form></crowd-form>"},
        Task={"Input": json.dumps({"picture": "s3://seen/picture.jpg"})},
        RoleArn="arn:aws:iam::123456789012:role/r",
    )["RenderedContent"]
    key_id = re.search(r"X-Amz-Credential=(\w+)", page)[1]
    connection = sockets(victim.connect())

    lines = [line.replace("AKIAAAAAAAAAAAAAAAAA", key_id) for line in UNSIGNED["an unknown key"]]
    connection.sendall(head(lines, f"Content-Length: {SIZE}"))

    assert status(connection) == 400


@pytest.mark.parametrize("lines", UNSIGNED.values(), ids=UNSIGNED)
def test_30_bodies_of_23_mib_at_once_cost_nothing(victim, sockets, lines):
    def send(number: int) -> None:
        connection = sockets(victim.connect())
        connection.sendall(head(lines, f"Content-Length: {SIZE}"))
        pour(connection, b"a" * 65536, SIZE)

    with ThreadPoolExecutor(30) as threads:
        list(threads.map(send, range(30)))

    assert victim.memory < 1.5 * victim.at_rest


def test_the_sender_of_an_unwanted_body_sees_the_answer_and_may_go_on(victim, sockets):
    connection = sockets(victim.connect())
    body = b"a" * (8 * MIB)

    connection.sendall(head(UNSIGNED["JSON with a target"], f"Content-Length: {len(body)}") + body)
    assert status(connection) == 400
    connection.sendall(head(("GET /sign-in HTTP/1.1",), "Connection: close"))

    assert b"HTTP/1.1 200 OK" in answer(connection)


def test_large_bodies_of_a_known_key_take_turns(own_victim):
    """Thirty of 20 MiB at once are answered, and never more of them in memory than the budget allows."""
    client = own_victim.server.client("sagemaker", retries={"total_max_attempts": 6, "mode": "standard"})
    content = json.dumps({"a": "b" * (20 * MIB)})
    most = 0
    is_over = threading.Event()

    def ask(_number: int) -> str:
        try:
            client.render_ui_template(
                UiTemplate={"Content": "x"},
                Task={"Input": content},
                RoleArn="arn:aws:iam::123456789012:role/r",
            )
        except client.exceptions.ClientError as error:
            return error.response["Error"]["Code"]
        return "accepted"

    def watch() -> None:
        nonlocal most
        while not is_over.wait(0.05):
            most = max(most, own_victim.memory)

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(30) as threads:
        outcomes = set(threads.map(ask, range(30)))
    is_over.set()
    watcher.join()

    assert outcomes == {"ValidationException"}  # 20 MiB are more than the input of a task may have
    assert most < 9 * own_victim.at_rest
