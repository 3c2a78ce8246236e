"""A neighbour that hangs delays neither programs nor workers: everything here is done while it still hangs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.neighbours import Mute, Receiver, Road, receiving
from tests.running import Server, eventually

from .reviewing import Review

ANSWER = {"read": {"text": "yes"}}


def started_and_submitted(review: Review, loop: str) -> None:
    """What must not wait for anybody: StartHumanLoop, the task, its submit."""
    worker = review.worker()
    review.start(loop)
    worker.submit(review.taken(worker, loop), ANSWER)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def mute() -> Iterator[Mute]:
    neighbour = Mute()
    yield neighbour
    neighbour.close()


def test_a_webhook_receiver_that_hangs(own_server: Server, receiver: Receiver, name: str) -> None:
    own_server.settings["allow_outbound"] = "127.0.0.0/8"
    review = Review(own_server.start(), name)
    own_server.client("secondlook").create_webhook(Url=receiver.url)
    receiver.hold()
    started_and_submitted(review, f"{name}-1")
    assert receiver.reached.wait(30)

    started_and_submitted(review, f"{name}-2")
    review.completed(f"{name}-2")

    assert 1 == len(receiver.seen)
    receiver.release()
    assert eventually(
        lambda: {f"{name}-1", f"{name}-2"} == {event["detail"]["humanLoopName"] for event in receiver.events}
    )


def test_a_mail_server_that_hangs(own_server: Server, mute: Mute, name: str) -> None:
    own_server.settings["smtp"] = f"smtp://127.0.0.1:{mute.port}"
    review = Review(own_server.start(), name)
    own_server.client("secondlook").create_team(TeamName=name, Invite=["ben@example.org"])
    for _ in range(2):  # as many letters as are sent at a time
        assert mute.called.acquire(timeout=30)

    started_and_submitted(review, name)

    assert [ANSWER] == [answer["answerContent"] for answer in _answers(review, name)]


def test_an_s3_upload_that_hangs(
    own_server: Server, sqlite_server: Server, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    road = Road(sqlite_server.port)
    monkeypatch.setenv("HOME", str(_home(tmp_path, sqlite_server)))
    own_server.settings["objects"] = f"s3://{name}-?endpoint=http://127.0.0.1:{road.port}"
    try:
        review = Review(own_server.start(), name)
        road.block(b"/stuck/output.json")
        started_and_submitted(review, "stuck")
        assert road.stuck.wait(30)

        started_and_submitted(review, "flowing")
        review.completed("flowing")

        assert "InProgress" == review.describe("stuck")["HumanLoopStatus"]
        road.clear()
        review.completed("stuck")
        assert [ANSWER] == [answer["answerContent"] for answer in _answers(review, "stuck")]
    finally:
        own_server.stop()
        road.close()


def _answers(review: Review, loop: str) -> list:
    review.completed(loop)
    return review.output(loop)["humanAnswers"]


def _home(home: Path, storage: Server) -> Path:
    """A home directory whose AWS credentials are those of the storage."""
    credentials = storage.credentials
    (home / ".aws").mkdir()
    (home / ".aws" / "credentials").write_text(
        f"[default]\naws_access_key_id = {credentials['access_key_id']}\n"
        f"aws_secret_access_key = {credentials['secret_access_key']}\n"
    )
    return home
