"""What a caller would like the answer to be, best first, as its Accept header says."""

from __future__ import annotations

from collections.abc import Iterable

from secondlook.hosting.runtimes.call import media_type

ANYTHING = "*/*"


def ranges(accept: str) -> list[str]:
    """The media ranges of an Accept header, best first; `q=0` leaves one out.

    The toolkit's `parse_accept` takes a list in its order and knows no qualities. What is no media range is passed over: programs
    of A2I's users send `Accept: json` [hosting.md, InvokeEndpoint].
    """
    weighed = [(_quality(part), media_type(part)) for part in accept.split(",")]
    wanted = [(quality, range_) for quality, range_ in weighed if quality > 0 and "/" in range_]
    return [range_ for _, range_ in sorted(wanted, key=lambda pair: -pair[0])]


def acceptable(accept: str, offered: Iterable[str]) -> list[str]:
    """Those of the `offered` types that a caller takes, best first; among equals in the order of the offer."""
    types = list(offered)
    wanted = ranges(accept) or [ANYTHING]
    return list(dict.fromkeys(type_ for range_ in wanted for type_ in types if _matches(range_, type_)))


def _matches(range_: str, type_: str) -> bool:
    return range_ in {ANYTHING, type_} or (
        range_.endswith("/*") and type_.startswith(range_.removesuffix("*"))
    )


def _quality(part: str) -> float:
    """1 where none is given or it is no number."""
    for parameter in part.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value)
            except ValueError:
                return 1.0
    return 1.0
