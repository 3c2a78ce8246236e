"""A task at work, as the portal's script and a plain browser use it."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import event, update

from secondlook.names import now
from secondlook.review import workteam
from secondlook.review.render import elements
from secondlook.review.stories import progress
from secondlook.store import tables
from tests.statements import statements

ANSWER = {"reply": "a cat"}


@pytest.fixture
def job(world):
    world.flow("fd", title="Find the cats")
    for number in (1, 2):
        world.loop("fd", f"loop-{number}")


@pytest.fixture
def csrf(job, alice):
    return alice.get("/work").csrf


@pytest.fixture
def task(csrf, alice):
    return alice.post("/work/fd", {"csrf": csrf}).location


def task_data(page):
    return json.loads(re.search(r'id="task-data">(.*?)</script>', page, re.DOTALL)[1])


def test_the_page_tells_what_is_in_hand_and_until_when(alice, task, world):
    page = alice.get(task).text

    data = task_data(page)
    assert (1, "fd", None) == (data["id"], data["flow"], data["draft"])
    assert data["deadline"] > data["now"]
    assert "1 more waiting" in page


def test_nothing_a_worker_drafted_can_leave_the_data_block(alice, task, csrf):
    alice.send(f"{task}/draft", {"draft": {"answer": {"x": "</script><script>alert(1)</script>"}}}, csrf)

    page = alice.get(task).text

    assert "<script>alert" not in page
    assert task_data(page)["draft"]["answer"]["x"] == "</script><script>alert(1)</script>"


def test_a_database_that_takes_no_more_is_named_as_that_and_read(alice, task, csrf, world):
    with world.store.write() as cx:
        cx.execute(update(tables.session).values(seen_at=now() - timedelta(hours=1)))
    event.listen(
        world.store.engine, "checkout", lambda driver, *_: driver.execute("PRAGMA query_only = ON").close()
    )

    response = alice.send(f"{task}/draft", {"draft": {"x": 1}}, csrf)

    assert response.status == 503
    assert "cannot be used just now: its file cannot be written to" in response.text
    assert alice.get(task).status == 200


def test_somebody_elses_task_is_not_shown(enter, task):
    bob = enter("bob")

    for path in (task, f"{task}/page"):
        assert bob.get(path).status == 403


@pytest.mark.parametrize("path", ["/tasks/999", "/tasks/999/page", "/tasks/999999999999999999"])
def test_a_task_that_never_was(alice, path):
    assert alice.get(path).status == 410


def test_an_id_that_no_database_holds(alice):
    assert alice.get("/tasks/99999999999999999999").status == 404


def test_the_frame_gets_the_rendered_template_with_the_nonce_first_and_our_elements(alice, task):
    page = alice.get(f"{task}/page?nonce=abc%22%3E").text

    assert "Is this a cat?" in page
    assert page.index('content="abc&quot;&gt;"') < page.index("<crowd-form>")
    assert "http://localhost:8700/static/built/crowd-html-elements.js?v=" in page
    assert "assets.crowd.aws" not in page


def test_the_frame_is_told_which_scripts_its_elements_will_ask_for(world, alice, task):
    world.flow("boxes", template="<crowd-form><crowd-bounding-box></crowd-bounding-box></crowd-form>")
    world.loop("boxes", "boxes-1")
    boxes = alice.post("/work/boxes", {"csrf": alice.get("/work").csrf}).location

    links = re.findall('<link rel="modulepreload" href="(.*?)">', alice.get(f"{boxes}/page").text)

    assert links == [
        f"http://localhost:8700/static/built/{path}" for path in elements.scripts(["crowd-bounding-box"])
    ]
    assert "modulepreload" not in alice.get(f"{task}/page").text


def test_links_in_the_frame_use_the_host_the_worker_came_by_and_outlive_the_deadline(world, enter):
    world.flow("pics", template="<img src='{{ task.input.image | grant_read_access }}'>", time_limit=60)
    world.loop("pics", "pic-1", {"image": "s3://bucket/cat.jpg"})
    browser = enter("alice", base_url="http://127.0.0.1:8700")
    task = browser.post("/work/pics", {"csrf": browser.get("/work").csrf}).location

    assert "http://127.0.0.1:8700/bucket/cat.jpg?until=" in browser.get(f"{task}/page").text


def test_a_template_that_does_not_render_says_why_and_what_to_do(world, alice):
    world.flow("broken", template="{{ task.input.image | grant_read_access }}")
    world.loop("broken", "broken-1", {"image": " "})
    task = alice.post("/work/broken", {"csrf": alice.get("/work").csrf}).location

    reply = alice.get(f"{task}/page")

    assert reply.status == 200
    assert "is not a valid S3 URI" in reply.text
    assert "Decline task" in reply.text
    assert reply.headers["content-security-policy"].startswith("sandbox")


def test_a_template_may_not_name_the_servers_own_bucket(world, alice):
    world.flow("nosy", template="{{ task.input.image | grant_read_access }}")
    world.loop("nosy", "nosy-1", {"image": "s3://secondlook-internal/x"})
    task = alice.post("/work/nosy", {"csrf": alice.get("/work").csrf}).location

    assert "may not name the bucket" in alice.get(f"{task}/page").text


@pytest.mark.parametrize(
    ("buckets", "shows"), [(None, True), (["pictures"], True), (["others"], False), ([], False)]
)
def test_a_page_links_only_to_buckets_that_the_starter_of_its_loop_may_read(world, alice, buckets, shows):
    world.flow("pics", template="{{ task.input.image | grant_read_access }}")
    world.loop("pics", "pic-1", {"image": "s3://pictures/cat.jpg"}, buckets)
    task = alice.post("/work/pics", {"csrf": alice.get("/work").csrf}).location
    page = alice.get(f"{task}/page").text

    assert shows == ("/pictures/cat.jpg?until=" in page)
    assert shows != ("may not name the bucket" in page)


def test_a_draft_is_kept(alice, task, csrf, world):
    reply = alice.send(f"{task}/draft", {"draft": {"answer": ANSWER}}, csrf)

    assert reply.status == 200
    assert world.draft(1) == {"answer": ANSWER}


def test_submit_takes_the_next_task_in_the_same_round_trip(alice, task, csrf, world):
    reply = alice.send(f"{task}/submit", {"answer": ANSWER, "then": "fd"}, csrf).json()

    assert ("/tasks/2", 0, "Find the cats") == (reply["next"], reply["waiting"], reply["title"])
    assert task_data(reply["html"])["id"] == 2
    assert "loop-2" in reply["html"]
    assert (world.assignment(1).state, world.assignment(1).answer) == ("submitted", ANSWER)


def test_the_way_to_the_next_task_asks_about_its_own_queue_only(alice, task, world, csrf):
    """However many other flow definitions the worker has."""
    for number in range(3, 6):
        world.loop("fd", f"loop-{number}")
    alice.send(f"{task}/submit", {"answer": ANSWER, "then": "fd"}, csrf)
    with statements(world.store) as among_one:
        alice.send("/tasks/2/submit", {"answer": ANSWER, "then": "fd"}, csrf)
    for number in range(10):
        world.flow(f"other-{number}")
    with statements(world.store) as among_eleven:
        alice.send("/tasks/3/submit", {"answer": ANSWER, "then": "fd"}, csrf)

    assert among_one == among_eleven


def test_the_last_one_leads_back_to_the_list(alice, task, csrf):
    alice.send(f"{task}/submit", {"answer": ANSWER, "then": "fd"}, csrf)

    reply = alice.send("/tasks/2/submit", {"answer": ANSWER, "then": "fd"}, csrf).json()

    assert reply == {"next": None, "leave": "/work?notice=done"}
    assert "Nothing else is waiting" in alice.get(reply["leave"]).text


def test_who_wants_a_break_is_given_no_other_task(alice, task, csrf):
    reply = alice.send(f"{task}/submit", {"answer": ANSWER, "then": None}, csrf).json()

    assert reply == {"next": None, "leave": "/work?notice=submitted"}
    assert alice.get("/tasks/2").status == 410


def test_submitting_the_same_again_is_no_error(alice, task, csrf):
    """The reply to the first may have been lost."""
    first = alice.send(f"{task}/submit", {"answer": ANSWER, "then": "fd"}, csrf).json()
    second = alice.send(f"{task}/submit", {"answer": ANSWER, "then": "fd"}, csrf).json()

    assert first["next"] == second["next"] == "/tasks/2"


def leave_team(world):
    with world.store.write() as cx:
        workteam.expel(cx, "cats", world.assignment(1).person_id, now())


def test_a_stored_answer_is_answered_as_stored_when_the_worker_has_left_the_team(alice, task, csrf, world):
    alice.send(f"{task}/submit", {"answer": ANSWER, "then": None}, csrf)
    leave_team(world)

    again = alice.send(f"{task}/submit", {"answer": ANSWER, "then": "fd"}, csrf)

    assert (200, None) == (again.status, again.json()["next"])
    assert alice.send(f"{task}/submit", {"answer": {"reply": "a dog"}}, csrf).json()["error"] == "not-yours"


@pytest.mark.parametrize("then", ["gone", "others"])
def test_a_next_task_that_is_not_theirs_costs_no_stored_answer(alice, task, csrf, world, then):
    world.team("dogs")
    world.flow("others", team="dogs")

    reply = alice.send(f"{task}/submit", {"answer": ANSWER, "then": then}, csrf)

    assert (200, {"next": None, "leave": "/work?notice=submitted"}) == (reply.status, reply.json())
    assert world.assignment(1).state == "submitted"


def test_an_answer_of_somebody_who_has_left_the_team_is_refused(alice, task, csrf, world):
    leave_team(world)

    assert alice.send(f"{task}/submit", {"answer": ANSWER}, csrf).json()["error"] == "not-yours"
    assert alice.send(f"{task}/draft", {"draft": {}}, csrf).json()["error"] == "not-yours"


@pytest.mark.parametrize("action", ["release", "decline"])
def test_giving_back_twice_is_no_error(alice, task, csrf, action):
    for _ in range(2):
        assert alice.post(f"{task}/{action}", {"csrf": csrf}).location.startswith("/work?notice=")


def test_another_answer_after_submitting_is_refused(alice, task, csrf, world):
    alice.send(f"{task}/submit", {"answer": ANSWER}, csrf)

    reply = alice.send(f"{task}/submit", {"answer": {"reply": "a dog"}}, csrf)

    assert (410, "gone") == (reply.status, reply.json()["error"])
    assert world.assignment(1).answer == ANSWER


@pytest.mark.parametrize(
    ("sent", "status", "message"),
    [
        ({"answer": []}, 400, "object 'answer'"),
        ({}, 400, "object 'answer'"),
        ([], 400, "not an object"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(alice, task, csrf, sent, status, message):
    reply = alice.send(f"{task}/submit", sent, csrf)

    assert reply.status == status
    assert message in reply.json()["message"]


@pytest.mark.parametrize("body", [b"{", b'{"answer": {"x": NaN}}', b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_refused_in_words(alice, task, csrf, body):
    headers = {"content_type": "application/json", "accept": "application/json", "x_csrf_token": csrf}

    reply = alice.request("POST", f"{task}/submit", body, headers)

    assert reply.status == 400
    assert "not JSON" in reply.json()["message"]


@pytest.mark.parametrize("what", ["draft", "answer"])
def test_a_number_that_json_cannot_hold_is_refused_by_its_place(alice, task, csrf, what):
    headers = {"content_type": "application/json", "accept": "application/json", "x_csrf_token": csrf}
    path = f"{task}/{'draft' if what == 'draft' else 'submit'}"

    reply = alice.request("POST", path, f'{{"{what}": {{"x": 1e999}}}}'.encode(), headers)

    assert (400, "invalid") == (reply.status, reply.json()["error"])
    assert f"{what}.x is inf, which JSON cannot hold" in reply.json()["message"]


def test_an_older_draft_is_refused_and_the_newer_one_stays(alice, task, csrf, world):
    for revision in (5, 7):
        alice.send(f"{task}/draft", {"draft": {"n": revision}, "revision": revision}, csrf)

    reply = alice.send(f"{task}/draft", {"draft": {"n": 6}, "revision": 6}, csrf)

    assert (409, "conflict") == (reply.status, reply.json()["error"])
    data = task_data(alice.get(task).text)
    assert ({"n": 7}, 7) == (data["draft"], data["revision"])


@pytest.mark.parametrize("revision", [-1, 1.5, "7", 2**53, None])
def test_a_revision_that_is_none_is_refused(alice, task, csrf, revision):
    reply = alice.send(f"{task}/draft", {"draft": {}, "revision": revision}, csrf)

    assert (400, "invalid") == (reply.status, reply.json()["error"])
    assert "whole number" in reply.json()["message"]


def test_what_is_too_large_is_refused(alice, task, csrf, monkeypatch):
    monkeypatch.setattr("secondlook.pages.body.MOST_JSON_BYTES", 100)

    reply = alice.send(f"{task}/draft", {"draft": {"answer": {"x": "y" * 100}}}, csrf)

    assert (413, "What was sent has more than the 100 bytes that are read here.") == (
        reply.status,
        reply.json()["message"],
    )


@pytest.mark.parametrize(
    ("action", "notice", "state"),
    [
        ("release", "back in the queue", "released"),
        ("decline", "not offered to you again", "declined"),
        ("pause", "draft is kept", "paused"),
    ],
)
def test_giving_a_task_back_is_a_plain_form(alice, task, csrf, world, action, notice, state):
    reply = alice.post(f"{task}/{action}", {"csrf": csrf, "reason": "blurred"})

    assert notice in alice.get(reply.location).text
    assert world.assignment(1).state == state


def test_the_reason_of_a_decline_is_kept(alice, task, csrf, world):
    alice.post(f"{task}/decline", {"csrf": csrf, "reason": " blurred "})

    assert world.assignment(1).reason == "blurred"


def test_a_stopped_task_is_listed_and_resumed(alice, task, csrf):
    alice.send(f"{task}/draft", {"draft": {"answer": ANSWER}}, csrf)
    alice.post(f"{task}/pause", {"csrf": csrf})

    assert "Stopped" in alice.get("/work").text
    assert "You stopped this task" in alice.get(task).text

    resumed = alice.post(f"{task}/resume", {"csrf": csrf})
    assert task_data(alice.get(resumed.location).text)["draft"] == {"answer": ANSWER}


def test_the_script_learns_how_many_wait_and_that_a_task_has_ended(alice, task, csrf):
    assert alice.get(task, accept="application/json").json() == {"waiting": 1}

    alice.post(f"{task}/release", {"csrf": csrf})

    assert alice.get(task, accept="application/json").json()["error"] == "gone"


def test_a_new_session_has_a_new_token_for_the_same_person(alice, task):
    session = alice.get("/session", accept="application/json").json()

    assert session["person"] == task_data(alice.get(task).text)["person"]
    assert session["csrf"] == alice.get(task).csrf


def test_what_a_page_reports_is_kept_once(alice, task, csrf, world):
    first = alice.send(f"{task}/report", {"message": "cat.jpg cannot be loaded"}, csrf)
    again = alice.send(f"{task}/report", {"message": "cat.jpg cannot be loaded"}, csrf)

    assert [{"kept": True}, {"kept": False}] == [first.json(), again.json()]
    with world.store.read() as cx:
        assert ["cat.jpg cannot be loaded"] == [row.message for row in progress.reports(cx, 1)]


@pytest.mark.parametrize("sent", [{}, {"message": None}, {"message": ["x"]}])
def test_a_report_without_words_is_refused(alice, task, csrf, sent):
    reply = alice.send(f"{task}/report", sent, csrf)

    assert 400 == reply.status
    assert "'message'" in reply.text


def test_nobody_reports_for_somebody_else(enter, task):
    bob = enter("bob")

    assert 403 == bob.send(f"{task}/report", {"message": "x"}, bob.get("/work").csrf).status
