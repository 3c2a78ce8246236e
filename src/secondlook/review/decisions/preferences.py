"""How a worker likes to work: what the tools of a page remember under names. Pure.

The page that sends it is a template's, so nothing of it is believed but its form (`elements/pages/portal/preferences.ts`
holds to the same limits). Nothing here reads what is in a value: each tool checks what it takes back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from secondlook.review.decisions.answer import cleaned, size
from secondlook.review.errors import Invalid

MOST_NAMES = 40
MOST_BYTES = 16 * 1024
MOST_BYTES_OF_ONE = 4 * 1024

_NAME = re.compile(r"[a-z][a-zA-Z0-9.]{0,39}")


def accept(sent: dict[str, Any]) -> dict[str, Any]:
    """What a page asks to remember, as every database can keep it; None forgets. Raises Invalid naming what cannot be kept."""
    if len(sent) > MOST_NAMES:
        raise Invalid(f"There are {len(sent):,} preferences; at most {MOST_NAMES} can be kept.")
    for name in sent:
        if _NAME.fullmatch(name) is None:
            raise Invalid(
                f"{name[:50]!r} is no name of a preference: a small letter, then letters, digits and dots, at most 40 in all."
            )
    clean = cleaned(sent, "preferences")
    for name, value in clean.items():
        if size(value) > MOST_BYTES_OF_ONE:
            raise Invalid(
                f"The preference {name!r} has {size(value):,} bytes; at most {MOST_BYTES_OF_ONE:,} can be kept."
            )
    return clean


def merged(kept: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept after a change, each name for itself; one for which there is no room stays as it was."""
    now = {name: value for name, value in kept.items() if change.get(name, value) is not None}
    for name, value in change.items():
        changed = {**now, name: value}
        if value is not None and len(changed) <= MOST_NAMES and size(changed) <= MOST_BYTES:
            now = changed
    return now
