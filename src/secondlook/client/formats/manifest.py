"""Ground Truth's augmented output manifest: a JSON line an input, which SageMaker's training jobs and labelling jobs read.

https://docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html; a label attribute for each kind of tool, named after
the flow definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from secondlook.client.formats.annotations import Box, Choice, Mask, Size, Span
from secondlook.client.formats.categories import Categories
from secondlook.client.formats.characters import file_name, json_text
from secondlook.client.formats.items import Record
from secondlook.client.formats.masks import BadMask, on_white
from secondlook.client.formats.pictures import NO_SIZE, Pictures, size_of
from secondlook.client.formats.tally import Tally

FILE = "output.manifest"

NO_SOURCE = "a manifest's line begins with an object or a text, and the input has neither"

BAD_MASK = "masks that are no PNG"

BACKGROUND = {"class-name": "BACKGROUND", "hex-color": "#ffffff", "confidence": 0}

OWN = frozenset({Box.kind, Choice.kind, Mask.kind, Span.kind})
"""Kinds that Ground Truth has a type for; the rest is of its type `custom`."""


def write(
    records: Iterable[Record], place: Path, tally: Tally, pictures: Pictures, *, at: str | None
) -> None:
    """A folder: `output.manifest`, and `masks` where there are any, to which it refers as what will lie below `at`."""
    place.mkdir(parents=True)
    masks = place / "masks"
    lines = _Lines(masks, f"{at.rstrip('/')}/" if at else "", tally)
    with (place / FILE).open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            source = _source(record)
            if source is None:
                tally.leave_out(NO_SOURCE)
                continue
            size = size_of(record, pictures) if Box.kind in record.reading.kinds else None
            if Box.kind in record.reading.kinds and size is None:
                tally.leave_out(NO_SIZE)
                continue
            file.write(json_text({**source, **lines.attributes(record, size)}) + "\n")
            tally.written += 1


def _source(record: Record) -> dict[str, str] | None:
    if record.item.uri is not None:
        return {"source-ref": record.item.uri}
    return None if record.item.text is None else {"source": record.item.text}


class _Lines:
    """Class numbers hold for the whole manifest."""

    def __init__(self, masks: Path, prefix: str, tally: Tally) -> None:
        self._masks = masks
        self._prefix = prefix
        self._tally = tally
        self._classes = Categories()

    def attributes(self, record: Record, size: Size | None) -> dict[str, Any]:
        """Each label attribute and its metadata."""
        self._classes.add(record.item.labels)
        attributes: dict[str, Any] = {}
        for suffix, label, metadata in self._labels(record, size):
            name = f"{record.item.flow}{suffix}"
            attributes[name] = label
            attributes[f"{name}-metadata"] = {**metadata, **_common(record)}
        return attributes

    def _labels(self, record: Record, size: Size | None) -> Iterator[tuple[str, Any, dict[str, Any]]]:
        kinds, annotations = record.reading.kinds, record.reading.annotations
        if size is not None:
            yield self._boxes([box for box in annotations if isinstance(box, Box)], size)
        choices = [choice for choice in annotations if isinstance(choice, Choice)]
        for number, choice in enumerate(choices, 1):
            yield self._choice(choice, "" if number == 1 else f"-{number}", is_text=record.item.uri is None)
        if Span.kind in kinds:
            yield _spans([span for span in annotations if isinstance(span, Span)], record.item.labels)
        for number, mask in enumerate((mask for mask in annotations if isinstance(mask, Mask)), 1):
            try:
                yield self._mask(mask, record, number)
            except BadMask:
                self._tally.leave_part_out(BAD_MASK)
        if record.answer is not None and (record.reading.members or kinds - OWN):
            yield "-answer", record.answer.content, {"type": "groundtruth/custom"}

    def _boxes(self, boxes: list[Box], size: Size) -> tuple[str, Any, dict[str, Any]]:
        label = {
            "image_size": [{"width": size.width, "height": size.height, "depth": 3}],
            "annotations": [
                {
                    "class_id": self._classes[box.label],
                    "left": box.left,
                    "top": box.top,
                    "width": box.width,
                    "height": box.height,
                }
                for box in boxes
            ],
        }
        metadata = {
            "objects": [{"confidence": _confidence(box.score)} for box in boxes],
            "class-map": self._class_map(box.label for box in boxes),
            "type": "groundtruth/object-detection",
        }
        return "", label, metadata

    def _choice(self, choice: Choice, number: str, *, is_text: bool) -> tuple[str, Any, dict[str, Any]]:
        scores = choice.scores or (None,) * len(choice.labels)
        of_what = "text" if is_text else "image"
        if not choice.several:
            name = choice.labels[0]
            metadata: dict[str, Any] = {
                "class-name": name,
                "confidence": _confidence(scores[0]),
                "type": f"groundtruth/{of_what}-classification",
            }
            return f"-class{number}", self._classes[name], metadata
        numbers = [self._classes[label] for label in choice.labels]
        metadata = {
            "class-map": self._class_map(choice.labels),
            "confidence-map": {
                str(of_class): _confidence(score) for of_class, score in zip(numbers, scores, strict=True)
            },
            "type": f"groundtruth/{of_what}-classification-multilabel",
        }
        return f"-classes{number}", numbers, metadata

    def _mask(self, mask: Mask, record: Record, number: int) -> tuple[str, Any, dict[str, Any]]:
        png = on_white(mask, "A manifest with masks")
        self._masks.mkdir(exist_ok=True)
        name = file_name(f"{record.id}/{number}", record.item.uri, None).rpartition(".")[0] + ".png"
        (self._masks / name).write_bytes(png)
        colours = [
            {"class-name": region.label, "hex-color": region.colour, "confidence": 0}
            for region in mask.regions
        ]
        metadata = {
            "internal-color-map": {str(index): entry for index, entry in enumerate([BACKGROUND, *colours])},
            "type": "groundtruth/custom" if mask.instances else "groundtruth/semantic-segmentation",
        }
        suffix = "-instances" if mask.instances else "-mask"
        return f"{suffix}{'' if number == 1 else f'-{number}'}-ref", f"{self._prefix}masks/{name}", metadata

    def _class_map(self, labels: Iterable[str]) -> dict[str, str]:
        return {str(self._classes[label]): label for label in labels}


def _spans(spans: list[Span], labels: Iterable[str]) -> tuple[str, Any, dict[str, Any]]:
    known = dict.fromkeys([*labels, *(span.label for span in spans)])
    entities = [{"label": span.label, "startOffset": span.start, "endOffset": span.end} for span in spans]
    label = {"annotations": {"labels": [{"label": name} for name in known], "entities": entities}}
    return (
        "-entities",
        label,
        {"entities": [{"confidence": 0} for _ in spans], "type": "groundtruth/text-span"},
    )


def _confidence(score: float | None) -> float:
    """0 where nobody gave one, as Ground Truth's own may be, or one in another unit than its 0 to 1."""
    return score if score is not None and 0 <= score <= 1 else 0


def _common(record: Record) -> dict[str, Any]:
    """A manifest's times have no zone, and are UTC."""
    at = record.answer.submitted_at if record.answer else None
    return {
        "job-name": f"labeling-job/{record.item.flow}",
        "human-annotated": "yes" if record.answer else "no",
        "creation-date": at.removesuffix("Z") if at else record.item.at.strftime("%Y-%m-%dT%H:%M:%S.%f"),
    }
