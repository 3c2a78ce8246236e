from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from secondlook.clock.delivery import THREE_DAYS
from secondlook.clock.handler import Retry


@given(tried=st.integers(1, 59))
def test_a_pause_stays_within_a_quarter_of_its_longest(tried: int) -> None:
    pause = Retry(timedelta(seconds=1), timedelta(seconds=60), tries=60).pause(tried)

    assert pause is not None
    assert timedelta(seconds=0.75) <= pause <= timedelta(seconds=75)


def test_pauses_double() -> None:
    retry = Retry(timedelta(seconds=8), timedelta(hours=1), tries=10)
    first, third = retry.pause(1), retry.pause(3)

    assert timedelta(seconds=6) <= first <= timedelta(seconds=10)
    assert timedelta(seconds=24) <= third <= timedelta(seconds=40)


def test_after_the_last_try_there_is_no_pause() -> None:
    assert Retry(tries=3).pause(3) is None


def test_a_delivery_is_tried_for_about_three_days() -> None:
    total = sum((THREE_DAYS.pause(tried) for tried in range(1, THREE_DAYS.tries)), timedelta())

    assert timedelta(hours=60) <= total <= timedelta(hours=84)
