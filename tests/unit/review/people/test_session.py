"""A session holds while it is used, for two weeks at most, and can be revoked."""

from datetime import timedelta

import pytest

from secondlook.review import people

from .conftest import NOW

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def alice(store):
    with store.write() as cx:
        return people.ensure_person(cx, "alice@example.org", NOW)


@pytest.fixture
def token(store, alice):
    with store.write() as cx:
        return people.open_session(cx, alice.id, NOW, "a browser" * 100)


def whose(store, token, at):
    with store.read() as cx:
        session = people.person_of_session(cx, token, at)
    return session and session.person


def test_it_is_its_owners(store, alice, token):
    assert whose(store, token, NOW + HOUR) == alice


def test_each_has_a_csrf_token_of_its_own(store, alice, token):
    with store.write() as cx:
        other = people.open_session(cx, alice.id, NOW)
        first, second = (people.person_of_session(cx, each, NOW).csrf for each in (token, other))

    assert first != second


def test_unused_it_ends_after_a_day(store, token):
    assert whose(store, token, NOW + DAY) is None


def test_used_it_lasts_two_weeks(store, alice, token):
    for day in range(1, 28):
        at = NOW + day * DAY / 2
        assert whose(store, token, at) == alice
        with store.write() as cx:
            people.touch(cx, token, at)

    assert whose(store, token, NOW + 14 * DAY) is None


def test_it_wants_to_be_touched_after_ten_minutes(store, token):
    with store.write() as cx:
        early = people.person_of_session(cx, token, NOW + timedelta(minutes=9))
        late = people.person_of_session(cx, token, NOW + timedelta(minutes=10))
        people.touch(cx, token, NOW + timedelta(minutes=10))
        touched = people.person_of_session(cx, token, NOW + timedelta(minutes=11))

    assert (early.is_unseen, late.is_unseen, touched.is_unseen) == (False, True, False)


def test_signing_out_ends_it(store, token):
    with store.write() as cx:
        people.revoke_session(cx, token, NOW)

    assert whose(store, token, NOW + HOUR) is None


def test_signing_out_everywhere_spares_others(store, alice, token):
    with store.write() as cx:
        bob = people.ensure_person(cx, "bob@example.org", NOW)
        other = people.open_session(cx, bob.id, NOW)
        people.revoke_sessions(cx, alice.id, NOW)

    assert whose(store, token, NOW + HOUR) is None
    assert whose(store, other, NOW + HOUR) == bob


def test_a_disabled_person_has_none_until_enabled(store, alice, token):
    with store.write() as cx:
        people.disable(cx, alice.id, NOW)
    assert whose(store, token, NOW + HOUR) is None

    with store.write() as cx:
        people.enable(cx, alice.id, NOW)
    assert whose(store, token, NOW + HOUR) == alice


def test_a_guess_is_nobodys(store, token):
    assert whose(store, token + "x", NOW) is None
