"""What a worker likes comes with each task page of the flow definition, and is kept for nobody else."""

from __future__ import annotations

import json
import re

import pytest

LIKED = {"mode": "select", "keys": {"</script><b>cat": "c"}}


@pytest.fixture
def csrf(world, alice):
    for name in ("fd", "other"):
        world.flow(name)
        for number in (1, 2):
            world.loop(name, f"{name}-{number}")
    return alice.get("/work").csrf


@pytest.fixture
def kept(alice, csrf):
    assert 200 == alice.send("/flows/fd/preferences", {"preferences": LIKED}, csrf).status


def take(browser, flow="fd"):
    return browser.get(browser.post(f"/work/{flow}", {"csrf": browser.get("/work").csrf}).location)


def shown(page):
    return json.loads(re.search(r'id="task-data">(.*?)</script>', page, re.DOTALL)[1])["preferences"]


def test_a_task_page_has_them(alice, kept):
    assert LIKED == shown(take(alice).text)


def test_so_has_the_next_task(alice, csrf, kept):
    task = alice.post("/work/fd", {"csrf": csrf}).location
    reply = alice.send(f"{task}/submit", {"answer": {"reply": "a"}, "then": "fd"}, csrf).json()

    assert LIKED == shown(reply["html"])


def test_so_has_what_was_submitted(alice, csrf, kept):
    task = alice.post("/work/fd", {"csrf": csrf}).location
    alice.send(f"{task}/submit", {"answer": {"reply": "a"}, "then": None}, csrf)

    assert LIKED == shown(alice.get(f"{task}/submitted").text)


def test_another_flow_definition_has_none_of_them(alice, kept):
    assert {} == shown(take(alice, "other").text)


def test_nor_has_another_worker(enter, kept):
    assert {} == shown(take(enter("bob")).text)


@pytest.mark.parametrize("flow", ["fd", "missing"])
def test_who_is_not_in_the_team_keeps_none(world, enter, csrf, flow):
    world.person("carol")
    carol = enter("carol")
    reply = carol.send(f"/flows/{flow}/preferences", {"preferences": LIKED}, carol.get("/work").csrf)

    assert (403, "not-yours") == (reply.status, reply.json()["error"])


def test_nothing_is_kept_without_the_token(alice, csrf):
    assert 403 == alice.send("/flows/fd/preferences", {"preferences": LIKED}, "no").status
    assert {} == shown(take(alice).text)


@pytest.mark.parametrize(
    "sent", [{}, {"preferences": []}, {"preferences": {"Mode": 1}}, {"preferences": {"mode": "x" * 5000}}]
)
def test_what_cannot_be_kept_is_refused_in_words(alice, csrf, sent):
    reply = alice.send("/flows/fd/preferences", sent, csrf)

    assert (400, "invalid") == (reply.status, reply.json()["error"])
    assert reply.json()["message"]
