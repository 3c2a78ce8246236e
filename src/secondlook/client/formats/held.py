"""What of a record a format for pictures can hold."""

from __future__ import annotations

from collections import Counter

from secondlook.client.formats.annotations import Annotation
from secondlook.client.formats.items import Record
from secondlook.client.formats.tally import Tally

NAMES = {
    "box": "boxes",
    "polygon": "polygons",
    "polyline": "lines",
    "keypoint": "keypoints",
    "mask": "masks",
    "choice": "chosen labels",
    "span": "spans of text",
    "form field": "form fields",
}


def held(record: Record, kinds: frozenset[str], name: str, tally: Tally) -> list[Annotation] | None:
    """The annotations of these kinds; None, and it is counted, for a record that says nothing by a tool of them."""
    others = record.reading.kinds - kinds
    if not record.reading.kinds & kinds:
        tally.leave_out(f"{name} cannot hold {_listed(others) or _without_tool(record)}")
        return None
    counts = Counter(item.kind for item in record.reading.annotations if item.kind in others)
    for kind, number in counts.items():
        tally.leave_part_out(f"{NAMES[kind]}, which {name} cannot hold", number)
    return [item for item in record.reading.annotations if item.kind in kinds]


def _listed(kinds: frozenset[str]) -> str:
    return " and ".join(sorted(NAMES[kind] for kind in kinds))


def _without_tool(record: Record) -> str:
    return "plain members of a form" if record.reading.members else "an input of which nothing is said"
