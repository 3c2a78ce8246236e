"""What a worker has submitted, looked at once more and taken back, as the portal's script and a plain browser do."""

from __future__ import annotations

import json
import re

import pytest

ANSWER = {"reply": "a cat"}
DRAFT = {"answer": ANSWER, "state": {"version": 1, "fields": {"reply": "a cat"}}}


@pytest.fixture
def csrf(world, alice):
    world.flow("fd", title="Find the cats")
    for number in (1, 2):
        world.loop("fd", f"loop-{number}")
    return alice.get("/work").csrf


@pytest.fixture
def task(csrf, alice):
    return alice.post("/work/fd", {"csrf": csrf}).location


def hand_in(alice, task, csrf, then=None, **more):
    sent = {"answer": ANSWER, "then": then, "undo": True, "draft": DRAFT, "revision": 5, **more}
    return alice.send(f"{task}/submit", sent, csrf)


def data(page):
    return json.loads(re.search(r'id="task-data">(.*?)</script>', page, re.DOTALL)[1])


def test_the_page_hears_until_when_and_gets_the_next_task_at_once(alice, task, csrf):
    reply = hand_in(alice, task, csrf, "fd").json()

    assert ("/tasks/2", 1) == (reply["next"], reply["undo"]["id"])
    assert f'href="{task}/submitted"' in reply["html"]


def test_whoever_does_not_ask_for_it_cannot_take_back(alice, task, csrf, world):
    reply = alice.send(f"{task}/submit", {"answer": ANSWER, "then": None}, csrf).json()

    assert "undo" not in reply
    assert (None, None) == (world.assignment(1).undoable_until, world.draft(1))
    assert "gone" == alice.send(f"{task}/undo", {}, csrf).json()["error"]


def test_the_script_takes_back_and_shows_the_task_with_its_draft(alice, task, csrf, world):
    hand_in(alice, task, csrf, "fd")
    reply = alice.send(f"{task}/undo", {}, csrf).json()

    assert (task, "Find the cats") == (reply["next"], reply["title"])
    assert DRAFT == data(reply["html"])["draft"]
    assert "active" == world.assignment(1).state


def test_a_form_takes_back_too(alice, task, csrf):
    hand_in(alice, task, csrf)
    assert f'action="{task}/undo"' in alice.get("/work").text

    assert task == alice.post(f"{task}/undo", {"csrf": csrf}).location
    assert 200 == alice.get(task).status


def test_who_comes_back_to_it_after_undo_finds_the_task_that_came_next_as_well(alice, task, csrf):
    hand_in(alice, task, csrf, "fd")
    alice.send(f"{task}/undo", {}, csrf)

    assert "/tasks/2" == hand_in(alice, task, csrf, "fd").json()["next"]


def test_what_was_submitted_is_shown_as_it_was_left(alice, task, csrf):
    hand_in(alice, task, csrf)
    page = alice.get(f"{task}/submitted").text

    assert DRAFT == data(page)["draft"]
    assert f'data-src="{task}/submitted/page"' in page
    assert "Undo submit" in page
    assert "Is this a cat?" in alice.get(f"{task}/submitted/page?nonce=n").text


def test_without_a_draft_its_answer_is_shown(alice, task, csrf):
    alice.send(f"{task}/submit", {"answer": {"reply": "<b>cat</b>"}, "then": None}, csrf)
    page = alice.get(f"{task}/submitted").text

    assert "&lt;b&gt;cat&lt;/b&gt;" in page
    assert "Undo submit" not in page
    assert "<iframe" not in page


def test_nothing_of_it_is_shown_to_anybody_else(alice, enter, task, csrf):
    hand_in(alice, task, csrf)

    for path in ("submitted", "submitted/page"):
        assert 403 == enter("bob").get(f"{task}/{path}").status


def test_what_is_in_hand_is_not_shown_as_submitted(alice, task):
    assert 410 == alice.get(f"{task}/submitted").status
    assert "Previous task" not in alice.get(task).text


def test_a_draft_that_cannot_be_kept_is_refused_with_the_answer(alice, task, csrf, world):
    reply = hand_in(alice, task, csrf, draft={"answer": "no object"}, revision=-1)

    assert 400 == reply.status
    assert "active" == world.assignment(1).state
