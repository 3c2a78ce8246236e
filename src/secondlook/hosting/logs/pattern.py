"""Filter patterns of CloudWatch Logs for lines of text: words that must be there, `?words` of which one must, `-words` that must not.

Source: the user guide, "Filter pattern syntax for metric filters, subscription filters, and log events". Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TERM = re.compile(r'([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?:\s+|$)')
_STRUCTURED = ("{", "[", "%")


class BadPattern(ValueError):
    """The pattern is not understood; the message says why."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Case counts, as there."""

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        """Whether a line is one of those. An empty pattern takes every line."""
        return (
            all(word in text for word in self.all_of)
            and (not self.any_of or any(word in text for word in self.any_of))
            and not any(word in text for word in self.none_of)
        )


def pattern(text: str) -> Pattern:
    """What the words say. Raises BadPattern for patterns of JSON, of columns, and regular expressions."""
    rest = text.strip()
    if rest.startswith(_STRUCTURED):
        raise BadPattern(
            "patterns of JSON ({ … }), of columns ([ … ]) and regular expressions (%…%) are not served here: give words, "
            '"words in quotes", ?any and -none'
        )
    words: dict[str, list[str]] = {"": [], "?": [], "-": []}
    while rest:
        term = _TERM.match(rest)
        if term is None:
            raise BadPattern(f"a quote is not closed, or a word has one inside it: {rest[:40]}")
        sign, quoted, word = term.groups()
        words[sign].append(re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else word)
        rest = rest[term.end() :]
    return Pattern(tuple(words[""]), tuple(words["?"]), tuple(words["-"]))
