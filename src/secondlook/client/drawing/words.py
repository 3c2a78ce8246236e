"""What was changed in a text, word by word, as HTML that reads on light and dark pages. Pure."""

from __future__ import annotations

import difflib
import re
from html import escape

MOST_WORDS = 4000
"""Of each text that is compared: the time it takes grows with the square."""

LONGEST = 20_000
"""Characters that are shown."""

TAKEN = "background:rgba(214,39,40,.22);text-decoration:line-through"
PUT = "background:rgba(44,160,44,.28);text-decoration:none"

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def changes(before: str, after: str) -> str:
    """The second text, with what is new in it marked and what is gone from the first struck through."""
    if before == after:
        return shown(after)
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return shown(after)
    parts = []
    for kind, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if kind == "equal":
            parts.append(escape(come))
            continue
        parts.append(f'<del style="{TAKEN}">{escape(gone)}</del>' if gone else "")
        parts.append(f'<ins style="{PUT}">{escape(come)}</ins>' if come else "")
    return "".join(parts)


def shown(text: str) -> str:
    """A text as it stands, at most so much of it."""
    rest = len(text) - LONGEST
    return escape(text[:LONGEST]) + (f" … and {rest:,} characters more" if rest > 0 else "")
