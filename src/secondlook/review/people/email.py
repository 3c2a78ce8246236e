"""E-mail addresses as names of accounts: one spelling each. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from secondlook.review.errors import Invalid

LONGEST = 254
"""RFC 5321's longest address that fits a path."""

_SHAPE = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")


def normal(address: str) -> str:
    """The address in lower case without surrounding space; raises Invalid where it cannot be one.

    Cognito's portal distinguishes upper and lower case, which locks people out; ours does not [portal.md].
    """
    return normal_all([address])[0]


def normal_all(addresses: Iterable[str]) -> list[str]:
    """The addresses in one spelling, each once; raises Invalid naming every one that cannot be one."""
    texts = list(dict.fromkeys(address.strip().lower() for address in addresses))
    wrong = [repr(text[:80]) for text in texts if not _is_address(text)]
    if wrong:
        are = "is not an e-mail address" if len(wrong) == 1 else "are not e-mail addresses"
        raise Invalid(f"{_and(wrong)} {are}; one looks like name@example.org")
    return texts


def _is_address(text: str) -> bool:
    return len(text) <= LONGEST and text.isprintable() and _SHAPE.fullmatch(text) is not None


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
