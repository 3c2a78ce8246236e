"""When a loop is over, case by case [lifecycle.md]."""

import pytest

from secondlook.review.decisions.outcome import Outcome, Tally, decide


def tally(**counts):
    plain = {
        "status": "InProgress",
        "task_count": 2,
        "answers": 0,
        "working": 0,
        "declined": 0,
        "able": 3,
        "expired": False,
    }
    return Tally(**{**plain, **counts})


@pytest.mark.parametrize(
    ("counts", "ends"),
    [
        ({}, None),
        ({"answers": 1}, None),
        ({"answers": 2}, "Completed"),
        ({"answers": 2, "expired": True}, "Completed"),
        ({"answers": 1, "working": 1, "expired": True}, None),
        ({"answers": 1, "expired": True}, "Failed"),
        ({"answers": 2, "undoable": 1}, None),
        ({"answers": 1, "undoable": 1, "expired": True}, None),
        ({"answers": 2, "working": 1}, "Completed"),
        ({"status": "Stopping", "working": 1}, None),
        ({"status": "Stopping"}, "Stopped"),
        ({"status": "Stopping", "answers": 1}, "Stopped"),
        ({"status": "Stopping", "answers": 2}, "Stopped"),
        ({"status": "Stopping", "expired": True}, "Stopped"),
        ({"status": "Stopping", "declined": 1, "able": 0}, "Stopped"),
        # A work team that is too small may grow.
        ({"able": 0}, None),
        ({"task_count": 3, "able": 2}, None),
        ({"answers": 1, "able": 0}, None),
        # Once somebody declined, too few are too few.
        ({"declined": 1, "able": 2}, None),
        ({"declined": 1, "able": 1}, "Failed"),
        ({"declined": 3, "able": 0}, "Failed"),
        ({"answers": 1, "declined": 1, "able": 1}, None),
        ({"answers": 1, "declined": 1, "able": 0}, "Failed"),
        ({"task_count": 3, "answers": 1, "declined": 2, "able": 1}, "Failed"),
        # Whoever is inside may finish, and the answer is written.
        ({"declined": 1, "working": 1, "able": 0}, None),
        ({"answers": 2, "declined": 5, "able": 0}, "Completed"),
    ],
)
def test_a_loop_ends_as_the_lifecycle_says(counts, ends):
    outcome = decide(tally(**counts))

    assert ends == (outcome and outcome.status)


def test_an_expired_loop_says_how_many_answers_were_missing():
    expected = Outcome(
        "Failed", "Expired", "TaskAvailabilityLifetimeInSeconds ran out; 1 of 2 answers had arrived."
    )

    assert expected == decide(tally(answers=1, expired=True))


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        (
            {"answers": 1, "declined": 1, "able": 0},
            "1 worker declined the task, and nobody in the work team could still give the 1 answer that is needed",
        ),
        (
            {"task_count": 3, "declined": 2, "able": 1},
            "2 workers declined the task, and 1 person in the work team could still give the 3 answers that are needed",
        ),
    ],
)
def test_a_declined_loop_says_how_many_could_still_answer_and_how_many_are_needed(counts, reason):
    outcome = decide(tally(**counts))

    assert ("Failed", "Declined") == (outcome.status, outcome.failure_code)
    assert reason == outcome.failure_reason.partition(";")[0]
