"""When a loop is over, case by case [lifecycle.md]."""

import pytest

from secondlook.review.fate import Fate, Standing, decide


def standing(**given):
    plain = {
        "status": "InProgress",
        "task_count": 2,
        "answers": 0,
        "working": 0,
        "expired": False,
        "everyone_declined": False,
    }
    return Standing(**{**plain, **given})


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        ({}, None),
        ({"answers": 1}, None),
        ({"answers": 2}, "Completed"),
        ({"answers": 2, "expired": True}, "Completed"),
        ({"answers": 1, "working": 1, "expired": True}, None),
        ({"answers": 1, "expired": True}, "Failed"),
        ({"status": "Stopping", "working": 1}, None),
        ({"status": "Stopping"}, "Stopped"),
        ({"status": "Stopping", "answers": 1}, "Stopped"),
        ({"status": "Stopping", "answers": 2}, "Stopped"),
        ({"status": "Stopping", "expired": True}, "Stopped"),
        ({"everyone_declined": True}, "Failed"),
        ({"everyone_declined": True, "working": 1}, None),
    ],
)
def test_a_loop_ends_as_the_lifecycle_says(given, ends):
    fate = decide(standing(**given))

    assert ends == (fate and fate.status)


def test_an_expired_loop_says_how_many_answers_were_missing():
    expected = Fate(
        "Failed", "Expired", "TaskAvailabilityLifetimeInSeconds ran out; 1 of 2 answers had arrived."
    )

    assert expected == decide(standing(answers=1, expired=True))
