"""The formats by name, and one way to write each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from secondlook.client.errors import SecondlookError
from secondlook.client.formats import coco, jsonl, manifest, parquet, voc, yolo
from secondlook.client.formats.items import Answers, Item, records
from secondlook.client.formats.pictures import Pictures
from secondlook.client.formats.place import whole
from secondlook.client.formats.tally import Tally

FILES = {"jsonl": jsonl.write, "parquet": parquet.write}

FOLDERS = {"coco": coco.write, "yolo": yolo.write, "voc": voc.write}
"""These can have the pictures with them."""

FORMATS = ("jsonl", "coco", "yolo", "voc", "parquet", "manifest")

ANSWERS: tuple[Answers, ...] = ("first", "each", "prediction")


class WrongExport(SecondlookError):
    """There is no such export."""


def check(form: str, answers: str, *, with_images: bool, at: str | None) -> None:
    """Raises WrongExport for what cannot be asked of a format."""
    if form not in FORMATS:
        raise WrongExport(f"There is no format {form!r}: it is one of {', '.join(FORMATS)}.")
    if answers not in ANSWERS:
        raise WrongExport(f"There is no choice of answers {answers!r}: it is one of {', '.join(ANSWERS)}.")
    if with_images and form not in FOLDERS:
        raise WrongExport(f"{form} has no place for pictures: {', '.join(FOLDERS)} have.")
    if at is not None and form != "manifest":
        raise WrongExport(f"{form} refers to nothing that lies at {at}: only a manifest does.")
    if at is not None and not at.startswith("s3://"):
        raise WrongExport(f"{at!r} is no place in S3: write s3://BUCKET/PREFIX.")


def write(
    items: Iterable[Item],
    form: str,
    place: Path,
    pictures: Pictures,
    *,
    answers: Answers = "first",
    with_images: bool = False,
    at: str | None = None,
) -> Tally:
    """Write an export that `check` has found right; it is there whole or not at all. The tally says what it could not hold."""
    tally = Tally()
    with whole(place) as unfinished:
        chosen = records(items, answers, tally)
        if form in FILES:
            FILES[form](chosen, unfinished, tally)
        elif form in FOLDERS:
            FOLDERS[form](chosen, unfinished, tally, pictures, with_images=with_images)
        else:
            manifest.write(chosen, unfinished, tally, pictures, at=at)
    return tally
