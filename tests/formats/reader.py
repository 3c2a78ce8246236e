"""Runs in the environment of `requirements.txt`: reads exports with libraries of the field, and says what these see.

A request a line on stdin, an answer a line on stdout, both JSON.
"""

from __future__ import annotations

import json
import pickle
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet
import supervision
import yaml
from pycocotools.coco import COCO

from secondlook.client.formats import parquet
from secondlook.client.formats.tally import Tally


def coco(place: Path) -> dict[str, Any]:
    """By pycocotools: each picture's size and annotations, masks as their pixels (row, column)."""
    read = COCO(place / "annotations.json")
    labels = {number: category["name"] for number, category in read.cats.items()}
    pictures = {}
    for image in read.imgs.values():
        annotations = read.loadAnns(read.getAnnIds(imgIds=[image["id"]]))
        pictures[image["file_name"]] = {
            "size": [image["width"], image["height"]],
            "source": image["source"],
            "annotations": [_annotation(read, annotation, labels) for annotation in annotations],
        }
    return {"pictures": pictures, "categories": list(read.cats.values())}


def _annotation(read: COCO, annotation: dict[str, Any], labels: dict[int, str]) -> dict[str, Any]:
    known = {name: annotation[name] for name in ("bbox", "area", "iscrowd")}
    known["label"] = labels[annotation["category_id"]]
    if annotation["segmentation"]:
        known["pixels"] = np.argwhere(read.annToMask(annotation)).tolist()
    return known | {name: annotation[name] for name in ("score", "keypoints") if name in annotation}


def _boxes(dataset: Any) -> dict[str, list[Any]]:
    """By supervision: label, and left, top, right, bottom, of each picture."""
    pictures = {}
    for path, _, detections in dataset:
        corners = zip(detections.class_id.tolist(), detections.xyxy.tolist(), strict=True)
        pictures[Path(path).name] = [[dataset.classes[number], *sides] for number, sides in corners]
    return pictures


def supervision_coco(place: Path) -> dict[str, list[Any]]:
    return _boxes(
        supervision.DetectionDataset.from_coco(str(place / "images"), str(place / "annotations.json"))
    )


def yolo(place: Path) -> dict[str, list[Any]]:
    return _boxes(
        supervision.DetectionDataset.from_yolo(
            str(place / "images"), str(place / "labels"), str(place / "data.yaml")
        )
    )


def data_yaml(place: Path) -> Any:
    return yaml.safe_load((place / "data.yaml").read_bytes())


def voc(place: Path) -> dict[str, list[Any]]:
    return _boxes(
        supervision.DetectionDataset.from_pascal_voc(str(place / "JPEGImages"), str(place / "Annotations"))
    )


def write_parquet(place: Path) -> int:
    """With our writer, which needs pyarrow: the records pickled beside `place`."""
    tally = Tally()
    parquet.write(pickle.loads(place.with_suffix(".pickle").read_bytes()), place, tally)
    return tally.written


def read_parquet(place: Path) -> list[dict[str, Any]]:
    table = pyarrow.parquet.read_table(place)
    rows = table.to_pylist()
    return [{**row, "creation_time": row["creation_time"].isoformat()} for row in rows]


def row_groups(place: Path) -> list[int]:
    file = pyarrow.parquet.ParquetFile(place)
    return [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]


READERS = {
    reader.__name__: reader
    for reader in (
        coco,
        supervision_coco,
        yolo,
        data_yaml,
        voc,
        write_parquet,
        read_parquet,
        row_groups,
    )
}


def main() -> None:
    answers, sys.stdout = sys.stdout, sys.stderr  # pycocotools prints what it does
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"read": READERS[request["with"]](Path(request["place"]))}
        except Exception as error:  # noqa: BLE001
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
