"""A customer's key (SSE-C) arrives in headers, parameters and fields of forms; no error shows it.

Source: S3 user guide, "Using server-side encryption with customer-provided keys".
"""

from __future__ import annotations

import re

HIDDEN = "[not shown]"

_SUFFIX = "server-side-encryption-customer-key"
_IN_TEXT = re.compile(rf"({_SUFFIX}:)[^\n]*|({_SUFFIX}=)[^&\n]*", re.IGNORECASE)


def carries_key(name: str) -> bool:
    """Whether the value of a header, parameter or field is such a key, of an object or of a copy's source."""
    return name.lower().endswith(_SUFFIX)


def without_keys(signed: str) -> str:
    """A text to be signed, of either signature, with each such key (`NAME:KEY` in a line, `NAME=KEY` in a query) hidden."""
    return _IN_TEXT.sub(lambda match: f"{match[1] or match[2]}{HIDDEN}", signed)
