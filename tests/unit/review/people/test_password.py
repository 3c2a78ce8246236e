"""Passwords are long rather than odd, and an unknown address costs the same work."""

import pytest
from argon2 import extract_parameters

from secondlook.review.errors import Invalid
from secondlook.review.people import password


@pytest.fixture(scope="module")
def stored():
    return password.hashed("correct horse battery")


def test_the_right_password_fits_and_another_does_not(stored):
    assert password.matches("correct horse battery", stored)
    assert not password.matches("correct horse batterie", stored)


def test_the_same_letters_from_another_keyboard_fit():
    composed, decomposed = "caf\u00e9 au lait", "cafe\u0301 au lait"

    assert password.matches(decomposed, password.hashed(composed))


def test_nothing_fits_where_there_is_no_account():
    assert not password.matches("correct horse battery", None)


def test_an_address_without_account_is_checked_with_the_same_effort(stored):
    assert extract_parameters(stored) == extract_parameters(password.NOBODYS)


def test_a_damaged_hash_fits_nothing():
    assert not password.matches("correct horse battery", "$argon2id$broken")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("short", "has 5 characters; it needs at least 10"),
        ("x" * 1001, "at most 1000"),
        ("Alice@Example.org", "is the e-mail address"),
    ],
)
def test_the_error_says_what_is_wrong(text, message):
    with pytest.raises(Invalid, match=message):
        password.check(text, "alice@example.org")


def test_no_mix_of_characters_is_asked_for():
    password.check("all lower case words", "alice@example.org")
