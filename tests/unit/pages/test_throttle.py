from datetime import UTC, datetime, timedelta

from secondlook.pages import throttle
from secondlook.pages.throttle import PER_CLIENT, PER_EMAIL, PER_PAIR, WINDOW, Throttle

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NONE = timedelta(0)


def failing(times, *, email="a@x.org", client="192.0.2.7"):
    made = Throttle()
    for one in range(times):
        made.failed(email.replace("#", str(one)), client.replace("#", str(one)), NOW)
    return made


def test_a_few_failures_are_free():
    assert failing(PER_PAIR - 1).wait("a@x.org", "192.0.2.7", NOW) == NONE


def test_then_one_waits_until_the_first_is_forgotten():
    assert failing(PER_PAIR).wait("a@x.org", "192.0.2.7", NOW + timedelta(minutes=5)) == WINDOW - timedelta(
        minutes=5
    )
    assert failing(PER_PAIR).wait("a@x.org", "192.0.2.7", NOW + WINDOW) == NONE


def test_guessing_one_password_from_many_addresses_ends_too():
    assert failing(PER_EMAIL, client="10.0.0.#").wait("a@x.org", "198.51.100.1", NOW) > NONE


def test_guessing_many_peoples_passwords_from_one_address_ends_too():
    assert failing(PER_CLIENT, email="#@x.org").wait("new@x.org", "192.0.2.7", NOW) > NONE


def test_the_right_password_clears_the_slate():
    made = failing(PER_PAIR - 1)
    made.succeeded("a@x.org", "192.0.2.7")
    made.failed("a@x.org", "192.0.2.7", NOW)

    assert made.wait("a@x.org", "192.0.2.7", NOW) == NONE


def test_a_flood_of_invented_addresses_costs_no_memory(monkeypatch):
    monkeypatch.setattr(throttle, "MOST_KEYS", 10)
    made = failing(50, email="#@x.org", client="10.0.0.#")

    assert len(made._failures) == 10
