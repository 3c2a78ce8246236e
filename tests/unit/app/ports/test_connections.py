"""Room for connections: who waits longest makes it, who works keeps it."""

from __future__ import annotations

from secondlook.app.ports.connections import Connections
from secondlook.app.ports.limits import Limits


class Crowd:
    """Connections by name, and which of them were closed."""

    def __init__(self, *, proxies=(), **limits):
        self.connections = Connections(Limits(**limits), lambda peer: peer in proxies)
        self.closed = []

    def come(self, name, peer="192.0.2.1"):
        connection = self.connections.admit(peer)
        if connection is not None:
            connection.close = lambda: self.closed.append(name)
        return connection


def test_of_one_address_the_longest_waiting_makes_room():
    crowd = Crowd(per_address=2)
    crowd.come("first")
    crowd.come("second")
    crowd.come("other", "192.0.2.2")

    assert crowd.come("third") is not None
    assert crowd.closed == ["first"]


def test_a_request_under_way_is_not_broken_off():
    crowd = Crowd(per_address=2)
    busy = crowd.come("busy")
    crowd.come("idle")
    crowd.connections.work(busy)

    crowd.come("third")

    assert crowd.closed == ["idle"]


def test_where_all_are_at_work_the_newcomer_is_turned_away():
    crowd = Crowd(per_address=1)
    busy = crowd.come("busy")
    crowd.connections.work(busy)

    assert crowd.come("second") is None
    crowd.connections.wait(busy)
    assert crowd.come("third") is not None


def test_in_all_the_address_with_most_makes_room():
    crowd = Crowd(connections=4)
    crowd.come("guest", "198.51.100.1")
    for number in range(3):
        crowd.come(f"crowd {number}")

    crowd.come("newcomer", "203.0.113.1")

    assert crowd.closed == ["crowd 0"]


def test_behind_a_proxy_there_are_no_addresses_to_tell_apart():
    crowd = Crowd(per_address=1, proxies={"10.0.0.1"})

    assert [crowd.come(name, "10.0.0.1") is not None for name in "abc"] == [True] * 3
    assert crowd.closed == []


def test_one_subscriber_has_many_addresses():
    crowd = Crowd(per_address=1)
    crowd.come("first", "2001:db8:1:2::1")

    crowd.come("second", "2001:db8:1:2:ffff::9")
    crowd.come("other", "2001:db8:1:3::1")

    assert crowd.closed == ["first"]


def test_who_left_counts_no_more():
    crowd = Crowd(per_address=1)
    first = crowd.come("first")
    crowd.connections.leave(first)
    crowd.connections.leave(first)
    crowd.connections.wait(first)

    crowd.come("second")

    assert crowd.closed == []


def test_who_comes_a_step_forward_waits_anew():
    crowd = Crowd(per_address=2)
    first = crowd.come("first")
    crowd.come("second")
    crowd.connections.wait(first)

    crowd.come("third")

    assert crowd.closed == ["second"]
