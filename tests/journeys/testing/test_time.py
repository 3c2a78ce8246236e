"""Time that passes in milliseconds on a whole server: what ends by itself, and what must not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import urllib3
from botocore.exceptions import ClientError
from standardwebhooks import Webhook

from secondlook.testing import Server, Unsettled
from tests.databases import Postgres
from tests.neighbours import Receiver, receiving

LINKED = """
<crowd-form><img src="{{ task.input.picture | grant_read_access }}"><input name="reply"></crowd-form>
"""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def moments(server: Server, loop: str) -> timedelta:
    """How long a loop was open."""
    described = server.loop(loop).description
    return described["ClosedAt"] - described["CreationTime"]


def test_a_loop_expires_when_nobody_has_answered_it_in_time(secondlook_server: Server) -> None:
    loop = secondlook_server.flow(lifetime=3600).start({})

    secondlook_server.clock.advance(minutes=59)
    assert (loop.status, loop.failure) == ("InProgress", None)

    secondlook_server.clock.advance(minutes=1)
    assert loop.status == "Failed"
    assert loop.failure == "Expired: TaskAvailabilityLifetimeInSeconds ran out; 0 of 1 answers had arrived."


def test_a_task_that_is_not_answered_in_time_waits_for_others(secondlook_server: Server) -> None:
    flow = secondlook_server.flow(time_limit=600)
    slow, other = secondlook_server.reviewer(), secondlook_server.reviewer(lambda _: {"answer": "yes"})
    loop = flow.start({})
    assert slow.take() is not None

    secondlook_server.clock.advance(minutes=9)
    assert other.work() == []

    secondlook_server.clock.advance(minutes=2)
    assert [task.loop_name for task in other.work()] == [loop.name]
    assert loop.answers == [{"answer": "yes"}]


def test_an_answer_is_final_once_it_cannot_be_taken_back(secondlook_server: Server) -> None:
    loop = secondlook_server.flow(undo_seconds=60).start({})
    secondlook_server.reviewer(can_undo=True).work()

    secondlook_server.clock.advance(seconds=50)
    assert loop.status == "InProgress"

    secondlook_server.clock.advance(seconds=10)
    assert loop.status == "Completed"


def test_an_answer_is_taken_back_and_given_again(secondlook_server: Server) -> None:
    loop = secondlook_server.flow().start({})
    reviewer = secondlook_server.reviewer(lambda _: {"answer": "no"}, can_undo=True, seconds=0)
    (task,) = reviewer.work()
    task.undo()
    task.submit({"answer": "yes"})

    assert loop.answers == [{"answer": "yes"}]


def test_what_comes_sooner_is_over_before_what_comes_later(secondlook_server: Server) -> None:
    flow = secondlook_server.flow(undo_seconds=10, lifetime=60)
    secondlook_server.reviewer(can_undo=True, seconds=0).work()
    answered, left = flow.start({}), flow.start({})
    secondlook_server.reviewer(can_undo=True, seconds=0).work(1)

    secondlook_server.clock.advance(days=1)

    assert (answered.status, left.status) == ("Completed", "Failed")
    assert timedelta(seconds=10) <= moments(secondlook_server, answered.name) < timedelta(seconds=20)
    assert timedelta(seconds=60) <= moments(secondlook_server, left.name) < timedelta(seconds=70)


def test_a_reviewer_who_was_away_for_weeks_works_on(secondlook_server: Server) -> None:
    flow = secondlook_server.flow()
    reviewer = secondlook_server.reviewer(lambda _: {"answer": "yes"})
    flow.start({})
    reviewer.work()
    secondlook_server.clock.advance(days=30)
    loop = flow.start({})
    reviewer.work()

    assert loop.answers == [{"answer": "yes"}]


def test_a_link_of_a_task_page_ends_with_the_task_and_those_of_programs_by_their_own_time(
    secondlook_server: Server,
) -> None:
    uri = secondlook_server.put("picture.png", b"a picture")
    secondlook_server.flow(template=LINKED, time_limit=600).start({"picture": uri})
    reviewer = secondlook_server.reviewer()
    task = reviewer.take()
    assert task is not None
    link = task.html.partition('<img src="')[2].partition('"')[0].replace("&amp;", "&")
    made = {"Bucket": secondlook_server.bucket, "Key": "picture.png"}

    def status(url: str) -> int:
        return urllib3.request("GET", url, retries=False).status

    assert status(link) == 200
    secondlook_server.clock.advance(hours=2)
    assert status(link) == 403
    assert status(secondlook_server.client("s3").generate_presigned_url("get_object", made, 60)) == 200


def test_a_webhook_is_tried_for_three_days_and_signed_by_the_time_of_its_receiver(
    secondlook_server: Server, receiver: Receiver
) -> None:
    own = secondlook_server.client("secondlook")
    secret = own.create_webhook(Url=receiver.url)["Secret"]
    receiver.statuses = [500] * 1000
    secondlook_server.flow().start({})
    secondlook_server.reviewer(lambda _: {"answer": "yes"}).work()

    secondlook_server.clock.advance(days=4)

    assert len(receiver.seen) == 82
    headers, body = receiver.seen[-1]
    assert Webhook(secret).verify(body, headers)["detail"]["humanLoopStatus"] == "Completed"


def test_what_never_ends_is_named(secondlook_server: Server, receiver: Receiver) -> None:
    secondlook_server.client("secondlook").create_webhook(Url=receiver.url)
    receiver.hold()
    flow = secondlook_server.flow()
    flow.start({})
    task = secondlook_server.reviewer().take()
    assert task is not None
    task.submit({})

    with pytest.raises(Unsettled, match="still to be done: deliver-webhook of "):
        secondlook_server.clock.settle(seconds=0.5)
    receiver.release()
    secondlook_server.settle()
    assert [event["detail"]["humanLoopStatus"] for event in receiver.events] == ["Completed"]


def test_two_servers_have_their_own_times(secondlook_server: Server, tmp_path_factory) -> None:
    with Server.started(tmp_path_factory.mktemp("other") / "data") as other:
        loops = [server.flow(lifetime=60).start({}) for server in (secondlook_server, other)]
        secondlook_server.clock.advance(hours=1)

        assert [loop.status for loop in loops] == ["Failed", "InProgress"]


def test_on_postgresql_loops_are_reviewed_and_time_is_not_moved(postgres: Postgres, tmp_path_factory) -> None:
    url = postgres.url(postgres.create())
    with Server.started(tmp_path_factory.mktemp("postgresql") / "data", database=url) as server:
        loop = server.flow().start({})
        server.reviewer(lambda _: {"answer": "yes"}, seconds=0).work()

        assert loop.answers == [{"answer": "yes"}]
        with pytest.raises(ValueError, match="on SQLite only: this server's database is PostgreSQL"):
            server.clock.advance(days=1)


def test_programs_are_still_let_in_a_month_later(secondlook_server: Server) -> None:
    secondlook_server.clock.advance(days=31)

    assert secondlook_server.client("s3").head_bucket(Bucket=secondlook_server.bucket)
    with pytest.raises(ClientError, match="Could not find human loop"):
        secondlook_server.loop("none").status  # noqa: B018
