"""A draft may have as many bytes as an answer, and gives way only to a newer one."""

from __future__ import annotations

import math

import pytest

from secondlook.review import assignment, draft
from secondlook.review.decisions import answer
from secondlook.review.draft import Draft
from secondlook.review.errors import Gone, Invalid, NotYours, Outdated


@pytest.mark.parametrize("character", ["a", "é", "日", "😀"])
def test_what_can_be_handed_in_can_be_kept(character):
    """To the byte: a browser counts the same, `{"x":""}` around the text."""
    size = len(character.encode())
    most = {"x": character * ((answer.MOST_BYTES - 8) // size)}

    assert answer.accept(most) == Draft.of(most, 1).content.value


def test_more_is_refused_with_its_size():
    with pytest.raises(Invalid, match=r"the draft has 20,97\d,\d{3} bytes; at most 20,971,520 can be kept"):
        Draft.of({"x": "日" * (answer.MOST_BYTES // 3)}, 1)


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_what_json_cannot_hold_is_refused_by_its_place(number):
    with pytest.raises(
        Invalid, match=r"draft\.state\.fields\.tool\[0\] is -?(inf|nan), which JSON cannot hold"
    ):
        Draft.of({"state": {"fields": {"tool": [number]}}}, 1)


def test_what_no_database_can_hold_is_left_out_as_of_an_answer():
    begun = {"x\x00": "a\x00b", "y\ud83d": "\ud83d"}

    assert Draft.of(begun, 1).content.value == answer.accept(begun) == {"x": "ab", "y?": "?"}


@pytest.fixture
def held(world):
    world.flow(time_limit=60)
    world.loop()
    return world.take("alice")


def save(world, held, text, revision):
    begun = Draft.of({"answer": text}, revision)
    with world.store.write() as cx:
        assignment.save_draft(cx, world.people["alice"], held, begun, world.now)


def kept(world, held):
    with world.store.read() as cx:
        return draft.find(cx, held).content.value["answer"]


def test_an_older_draft_does_not_replace_a_newer_one(world, held):
    save(world, held, "first", 5)
    save(world, held, "second", 7)

    with pytest.raises(Outdated, match="newer draft"):
        save(world, held, "late", 6)

    assert kept(world, held) == "second"


def test_the_same_draft_again_is_no_error(world, held):
    save(world, held, "first", 5)
    save(world, held, "first", 5)

    assert kept(world, held) == "first"


def test_a_draft_that_arrives_when_time_has_run_out_is_kept_for_the_next_try(world, held):
    with world.store.write() as cx:
        assignment.expire(cx, held, world.place, world.later(seconds=75))

    save(world, held, "the last words", 5)

    assert world.take("alice") == held
    assert kept(world, held) == "the last words"


@pytest.mark.parametrize("act", [assignment.release, assignment.submit])
def test_a_draft_of_a_task_that_has_ended_is_refused(world, held, act):
    if act is assignment.submit:
        world.submit("alice", held)
    else:
        with world.store.write() as cx:
            act(cx, world.people["alice"], held, world.place, world.now)

    with pytest.raises(Gone):
        save(world, held, "too late", 5)


def test_a_draft_of_somebody_elses_task_is_refused(world, held):
    with pytest.raises(NotYours), world.store.write() as cx:
        assignment.save_draft(cx, world.people["bob"], held, Draft.of({}, 1), world.now)
