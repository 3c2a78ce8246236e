"""Coins: the same for the same unit, fair, and nothing that anybody without the key could choose."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from secondlook.review.decisions.coin import coin


@given(st.binary(min_size=1), st.text(), st.text())
def test_a_coin_is_the_same_each_time_and_in_its_interval(key: bytes, flow: str, unit: str) -> None:
    assert 0 <= coin(key, flow, unit) < 1
    assert coin(key, flow, unit) == coin(key, flow, unit)


def test_coins_are_spread_evenly_and_each_flow_definition_throws_its_own() -> None:
    coins = [coin(b"key", "fd", str(number)) for number in range(10_000)]

    assert all(950 < sum(low <= each < low + 0.1 for each in coins) < 1050 + 60 for low in (0, 0.3, 0.9))
    assert coins[0] != coin(b"key", "other", "0") != coin(b"other", "fd", "0")
