import pytest
from sqlalchemy import select

from secondlook.review import people
from secondlook.review.decisions.identity import OURSELVES
from secondlook.review.errors import NotFound
from secondlook.store.tables import identity

from .conftest import NOW


def test_one_person_per_address_however_it_is_spelt(store):
    with store.write() as cx:
        first = people.ensure_person(cx, "alice@example.org", NOW, name="Alice")
        again = people.ensure_person(cx, " Alice@Example.org", NOW)

    assert first == again
    assert first.label == "Alice"


def test_a_worker_id_is_16_hex_digits_and_differs_from_the_subject(store):
    with store.write() as cx:
        alice = people.ensure_person(cx, "alice@example.org", NOW)

    assert len(alice.worker_id) == 16
    assert int(alice.worker_id, 16) >= 0
    with store.read() as cx:
        subject = cx.execute(select(identity.c.subject).where(identity.c.person_id == alice.id)).scalar_one()
    assert subject != alice.worker_id


def test_a_person_has_one_identity_of_this_server_however_often_they_are_named(store):
    with store.write() as cx:
        alice, again = (people.ensure_person(cx, "alice@example.org", NOW) for _ in range(2))

    assert alice == again
    with store.read() as cx:
        assert [(alice.id, OURSELVES)] == [
            (row.person_id, row.issuer) for row in cx.execute(select(identity))
        ]


def test_an_unknown_address_is_named(store):
    with store.read() as cx, pytest.raises(NotFound, match=r"charlie@example\.org"):
        people.person_by_email(cx, "charlie@example.org")


def test_an_admin_exists_once_one_can_sign_in(store):
    with store.write() as cx:
        alice = people.ensure_person(cx, "alice@example.org", NOW)
        people.make_admin(cx, alice.id, NOW)
        before = people.admin_exists(cx)
        people.set_password(cx, alice.id, "a hash")
        able = people.admin_exists(cx)
        people.disable(cx, alice.id, NOW)
        after = people.admin_exists(cx)

    assert (before, able, after) == (False, True, False)
