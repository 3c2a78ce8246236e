import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from secondlook.pages import throttle as throttle_module
from secondlook.pages.throttle import PER_CLIENT, PER_EMAIL, PER_PAIR, WINDOW, Throttle

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NONE = timedelta(0)


def failing(times, *, email="a@x.org", client="192.0.2.7"):
    throttle = Throttle()
    for number in range(times):
        throttle.attempt(email.replace("#", str(number)), client.replace("#", str(number)), NOW)
    return throttle


def test_a_few_failures_are_free():
    assert failing(PER_PAIR - 1).attempt("a@x.org", "192.0.2.7", NOW) == NONE


def test_then_one_waits_until_the_first_is_forgotten():
    throttle = failing(PER_PAIR)

    assert throttle.attempt("a@x.org", "192.0.2.7", NOW + timedelta(minutes=5)) == WINDOW - timedelta(
        minutes=5
    )
    assert throttle.attempt("a@x.org", "192.0.2.7", NOW + WINDOW) == NONE


def test_of_many_tries_at_once_no_more_are_let_through_than_one_after_the_other():
    throttle = Throttle()
    start = threading.Barrier(40)

    def guess(_number):
        start.wait(10)
        return throttle.attempt("a@x.org", "192.0.2.7", NOW)

    with ThreadPoolExecutor(40) as threads:
        waits = list(threads.map(guess, range(40)))

    assert waits.count(NONE) == PER_PAIR


def test_guessing_one_password_from_many_addresses_ends_too():
    assert failing(PER_EMAIL, client="10.0.0.#").attempt("a@x.org", "198.51.100.1", NOW) > NONE


def test_guessing_many_peoples_passwords_from_one_address_ends_too():
    assert failing(PER_CLIENT, email="#@x.org").attempt("new@x.org", "192.0.2.7", NOW) > NONE


def test_all_addresses_of_one_subscriber_are_one():
    throttle = failing(PER_CLIENT, email="#@x.org", client="2001:db8:1:2::#")

    assert throttle.attempt("new@x.org", "2001:db8:1:2:ffff::1", NOW) > NONE
    assert throttle.attempt("new@x.org", "2001:db8:1:3::1", NOW) == NONE


def test_the_right_password_clears_the_slate():
    throttle = failing(PER_PAIR - 1)
    throttle.attempt("a@x.org", "192.0.2.7", NOW)
    throttle.succeeded("a@x.org", "192.0.2.7", NOW)

    assert throttle.attempt("a@x.org", "192.0.2.7", NOW) == NONE


def test_any_number_of_people_behind_one_address_may_sign_in():
    throttle = Throttle()
    for number in range(2 * PER_CLIENT):
        assert throttle.attempt(f"{number}@x.org", "192.0.2.7", NOW) == NONE
        throttle.succeeded(f"{number}@x.org", "192.0.2.7", NOW)


def test_a_flood_of_invented_addresses_costs_no_memory(monkeypatch):
    monkeypatch.setattr(throttle_module, "MOST_KEYS", 10)
    throttle = failing(50, email="#@x.org", client="10.0.0.#")

    assert len(throttle._failures) == 10


def test_what_is_too_old_to_matter_is_forgotten():
    throttle = failing(50, email="#@x.org", client="10.0.0.#")
    throttle.attempt("new@x.org", "192.0.2.7", NOW + WINDOW)

    assert len(throttle._failures) == 3
