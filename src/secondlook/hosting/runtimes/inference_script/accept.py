"""What a caller would like the answer to be, best first, as its Accept header says [RFC 9110, 12.5.1]."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from secondlook.hosting.runtimes.call import media_type

ANYTHING = "*/*"


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One item of an Accept header: a type, `text/*` or `*/*`. A `quality` of 0 leaves what it matches out."""

    name: str
    quality: float

    @property
    def specificity(self) -> int:
        """Of those that match a type, the most specific says how well it is liked, wherever it stands."""
        return 0 if self.name == ANYTHING else 1 if self.name.endswith("/*") else 2

    def matches(self, type_: str) -> bool:
        return self.name in {ANYTHING, type_} or (
            self.name.endswith("/*") and type_.startswith(self.name.removesuffix("*"))
        )


_SPECIFICITY = attrgetter("specificity")


def media_ranges(accept: str) -> list[MediaRange]:
    """The media ranges of an Accept header, best first; among equals those that say most, then in their order.

    The toolkit's `parse_accept` takes a list in its order and knows no qualities. What is no media range is passed over: programs
    of A2I's users send `Accept: json` [hosting.md, InvokeEndpoint].
    """
    ranges = [MediaRange(media_type(part), _quality(part)) for part in accept.split(",")]
    return sorted(
        (range_ for range_ in ranges if "/" in range_.name),
        key=lambda range_: (-range_.quality, -range_.specificity),
    )


def takes_anything(accept: str) -> bool:
    """Whether the header leaves the choice open, or there is none."""
    return not accept or [(range_.name, range_.quality > 0) for range_ in media_ranges(accept)] == [
        (ANYTHING, True)
    ]


def named(accept: str) -> list[str]:
    """The types that the caller names, best first."""
    return [range_.name for range_ in media_ranges(accept) if range_.quality > 0 and "*" not in range_.name]


def acceptable(accept: str, offered: Iterable[str]) -> list[str]:
    """Those of the `offered` types that a caller takes, best first; among equals in the order of the offer."""
    ranges = media_ranges(accept) or [MediaRange(ANYTHING, 1)]
    governing = {
        type_: max((range_ for range_ in ranges if range_.matches(type_)), key=_SPECIFICITY, default=None)
        for type_ in offered
    }
    liked = {
        type_: range_ for type_, range_ in governing.items() if range_ is not None and range_.quality > 0
    }
    return sorted(liked, key=lambda type_: ranges.index(liked[type_]))


def _quality(part: str) -> float:
    """From 0 to 1; 1 where none is given or it is no number."""
    for parameter in part.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return max(0.0, min(1.0, float(value)))
            except ValueError:
                return 1.0
    return 1.0
