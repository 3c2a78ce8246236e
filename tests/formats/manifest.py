"""A strict reader of Ground Truth's augmented output manifests, after the pages on its output data.

https://docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

COMMON = {"type", "job-name", "human-annotated", "creation-date"}


def read(place: Path) -> list[dict[str, Any]]:
    """The lines; AssertionError where one is not as documented."""
    text = (place / "output.manifest").read_bytes().decode()
    lines = [json.loads(line) for line in text.split("\n")[:-1]]
    for line in lines:
        _check(dict(line), place)
    return lines


def _check(line: dict[str, Any], place: Path) -> None:
    sources = line.keys() & {"source", "source-ref"}
    assert len(sources) == 1
    for source in sources:
        assert isinstance(line.pop(source), str)
    for name in [name for name in line if not name.endswith("-metadata")]:
        label, metadata = line.pop(name), line.pop(f"{name}-metadata")
        assert re.fullmatch(r"[a-zA-Z0-9](-*[a-zA-Z0-9])*", name)
        assert re.fullmatch(r"labeling-job/[a-zA-Z0-9-]+", metadata["job-name"])
        assert metadata["human-annotated"] in ("yes", "no")
        assert datetime.fromisoformat(metadata["creation-date"]).tzinfo is None
        kind = metadata["type"].removeprefix("groundtruth/")
        READERS[kind](label, {key: value for key, value in metadata.items() if key not in COMMON})
        if name.endswith("-ref"):
            assert (place / label).read_bytes().startswith(b"\x89PNG") or label.startswith("s3://")
    assert not line


def _boxes(label: Any, metadata: dict[str, Any]) -> None:
    assert {"image_size", "annotations"} == label.keys()
    (size,) = label["image_size"]
    assert {"width", "height", "depth"} == size.keys()
    for box in label["annotations"]:
        assert {"class_id", "left", "top", "width", "height"} == box.keys()
        assert str(box["class_id"]) in metadata["class-map"]
    assert {"objects", "class-map"} == metadata.keys()
    assert len(metadata["objects"]) == len(label["annotations"])
    assert all(0 <= each["confidence"] <= 1 for each in metadata["objects"])


def _class(label: Any, metadata: dict[str, Any]) -> None:
    assert type(label) is int
    assert {"class-name", "confidence"} == metadata.keys()


def _classes(label: Any, metadata: dict[str, Any]) -> None:
    assert all(type(number) is int for number in label)
    assert {"class-map", "confidence-map"} == metadata.keys()
    assert (
        {str(number) for number in label} == metadata["class-map"].keys() == metadata["confidence-map"].keys()
    )


def _mask(_label: Any, metadata: dict[str, Any]) -> None:
    colours = metadata["internal-color-map"]
    assert [str(number) for number in range(len(colours))] == list(colours)
    assert ("BACKGROUND", "#ffffff") == (colours["0"]["class-name"], colours["0"]["hex-color"])
    assert all({"class-name", "hex-color", "confidence"} == colour.keys() for colour in colours.values())


def _spans(label: Any, metadata: dict[str, Any]) -> None:
    assert {"labels", "entities"} == label["annotations"].keys()
    known = {each["label"] for each in label["annotations"]["labels"]}
    for span in label["annotations"]["entities"]:
        assert {"label", "startOffset", "endOffset"} == span.keys()
        assert span["label"] in known
    assert len(metadata["entities"]) == len(label["annotations"]["entities"])


def _custom(_label: Any, metadata: dict[str, Any]) -> None:
    assert metadata.keys() <= {"internal-color-map"}


READERS = {
    "object-detection": _boxes,
    "image-classification": _class,
    "text-classification": _class,
    "image-classification-multilabel": _classes,
    "text-classification-multilabel": _classes,
    "semantic-segmentation": _mask,
    "text-span": _spans,
    "custom": _custom,
}
