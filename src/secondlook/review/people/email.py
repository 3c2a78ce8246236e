"""E-mail addresses as names of accounts: one spelling each. Pure."""

from __future__ import annotations

import re

from secondlook.review.errors import Invalid

LONGEST = 254
"""RFC 5321's longest address that fits a path."""

_SHAPE = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")


def normal(address: str) -> str:
    """The address in lower case without surrounding space; raises Invalid where it cannot be one.

    Cognito's portal distinguishes upper and lower case, which locks people out; ours does not [portal.md].
    """
    text = address.strip().lower()
    if len(text) > LONGEST or not text.isprintable() or not _SHAPE.fullmatch(text):
        raise Invalid(f"{address.strip()[:80]!r} is not an e-mail address; one looks like name@example.org")
    return text
