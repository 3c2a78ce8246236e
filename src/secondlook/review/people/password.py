"""Passwords: one rule, argon2id, and the same work for an address nobody has.

A hash takes 64 MiB (RFC 9106, second recommended option), so at most two are made at once; the others wait.
Slow on purpose: never call these while a transaction is open.
"""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from secondlook.review.errors import Invalid

SHORTEST = 10
LONGEST = 1000

_hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_two_at_once = threading.BoundedSemaphore(2)

NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$3Frg8yEvEoHZR9KNZKz9+Q$S7qT5aiRhC4aA32ttLhktaxF6UApWKWDe+/LWWzu5Mg"
"""A hash that no password is known to fit: what is checked for an address without an account."""


def check(password: str, address: str = "") -> None:
    """Raise Invalid unless this may be a password: long enough, and not the address itself."""
    length = len(_normal(password))
    if length < SHORTEST:
        raise Invalid(f"The password has {length} characters; it needs at least {SHORTEST}")
    if length > LONGEST:
        raise Invalid(f"The password has {length} characters; at most {LONGEST} are possible")
    if address and _normal(password).casefold() == address.casefold():
        raise Invalid("The password is the e-mail address; choose one that others would not guess")


def hashed(password: str) -> str:
    """What is stored in place of the password."""
    with _two_at_once:
        return _hasher.hash(_normal(password))


def matches(password: str, stored: str | None) -> bool:
    """Does the password fit the stored hash? Takes as long where there is none."""
    if len(password) > LONGEST:
        return False
    with _two_at_once:
        try:
            fits = _hasher.verify(stored or NOBODYS, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return fits and stored is not None


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)  # the same letters, whichever keyboard typed them
