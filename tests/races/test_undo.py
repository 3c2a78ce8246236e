"""Taking an answer back against all that ends it: either it is back, or it counts; never both, never neither."""

from __future__ import annotations

import pytest

from secondlook.review import assignment, loop
from secondlook.review.assignment import Page
from secondlook.review.errors import ReviewError
from secondlook.store.document import Document

from .acts import end, owed, row, states, submitting, taking, writing

pytestmark = pytest.mark.slow


@pytest.fixture
def submitted(world):
    """Makes a loop with an answer of Alice's that can be taken back for ten seconds."""
    world.flow(time_limit=60, availability=600)

    def make(turn):
        number = world.loop(f"loop-{turn}")
        held = world.take("alice")
        until = world.submit("alice", held, page=Page(10))
        return number, held, until

    return make


def undoing(world, held):
    return writing(world, assignment.undo_submit, world.people["alice"], held, world.now)


def check(world, number, undone):
    """The answer is back and its loop open, or it counts and its loop ends, once."""
    if isinstance(undone, ReviewError):
        assert ({"submitted": 1}, 1) == (states(world, number), owed(world, "close-loop", number))
    else:
        assert ({"active": 1}, 0) == (states(world, number), owed(world, "close-loop", number))
        end(world, number)


def test_undo_against_the_end_of_its_time(world, at_once, repeats, submitted):
    for turn in range(repeats):
        number, held, until = submitted(turn)
        ending = writing(world, assignment.end_undo, held, until, world.place, until)
        undone, _ = at_once(undoing(world, held), ending)

        check(world, number, undone)


def test_undo_against_a_stop(world, at_once, repeats, submitted):
    for turn in range(repeats):
        number, held, _ = submitted(turn)
        stopping = writing(world, loop.stop, f"loop-{turn}", world.place, world.now)
        undone, _ = at_once(undoing(world, held), stopping)

        assert ("Stopped" if isinstance(undone, ReviewError) else None) == row(world, number).outcome
        check(world, number, undone)


def test_undo_against_the_loops_expiry_is_open_to_the_worker(world, at_once, repeats, submitted):
    for turn in range(repeats):
        number, held, _ = submitted(turn)
        ending = writing(world, loop.reconsider, number, world.place, world.later(seconds=601))
        undone, _ = at_once(undoing(world, held), ending)

        assert undone is None
        check(world, number, undone)


def test_undo_against_the_tasks_expiry_leaves_the_worker_a_minute(world, at_once, repeats, submitted):
    for turn in range(repeats):
        number, held, _ = submitted(turn)
        expiring = writing(world, assignment.expire, held, world.place, world.later(seconds=70))
        undone, _ = at_once(undoing(world, held), expiring)

        assert undone is None
        check(world, number, undone)


def test_undo_in_two_tabs_is_written_down_once(world, at_once, repeats, submitted):
    for turn in range(repeats):
        number, held, _ = submitted(turn)
        done = at_once(undoing(world, held), undoing(world, held))

        assert [None, None] == done
        assert 1 == owed(world, "expire-assignment", held)
        check(world, number, None)


def test_undo_against_the_same_answer_once_more(world, at_once, repeats, submitted):
    for turn in range(repeats):
        number, held, _ = submitted(turn)
        page = writing(
            world,
            assignment.submit,
            world.people["alice"],
            held,
            Document.of({"by": "alice"}),
            world.place,
            world.now,
            Page(10),
        )
        undone, repeated = at_once(undoing(world, held), page)

        assert undone is None
        assert not isinstance(repeated, ReviewError)
        assert states(world, number) in ({"active": 1}, {"submitted": 1})
        assert 0 == owed(world, "close-loop", number)
        assert (1 if states(world, number)["submitted"] else 0) == owed(world, "end-undo", held)
        end(world, number)


def test_undo_against_another_workers_last_answer(world, at_once, repeats):
    world.flow(task_count=2)
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held, other = world.take("alice"), taking(world, "bob")()
        until = world.submit("alice", held, page=Page(10))
        undone, _ = at_once(undoing(world, held), submitting(world, "bob", other))

        assert undone is None
        assert ({"active": 1, "submitted": 1}, 0) == (
            states(world, number),
            owed(world, "close-loop", number),
        )
        assert until is not None
        end(world, number)
