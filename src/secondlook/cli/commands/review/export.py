"""`secondlook review export`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from secondlook.cli import options, service
from secondlook.cli.step import Step
from secondlook.client.exporting.export import decisions as known
from secondlook.client.exporting.export import write
from secondlook.client.exporting.joining import DECISIONS, Asked
from secondlook.client.formats.items import Answers
from secondlook.client.formats.writers import ANSWERS, FORMATS

TOLD_EVERY = 100
"""Inputs between two words about how many there were."""


@click.command
@options.data
@click.argument("out", type=options.Place(path_type=Path))
@click.option("--flow", required=True, metavar="NAME", help="The flow definition.")
@click.option("--format", "form", required=True, type=click.Choice(FORMATS), help="What OUT is to be.")
@click.option(
    "--since",
    metavar="TIME",
    type=options.MOMENT,
    help="Only from this day, or moment, on (UTC): 2026-11-27, 2026-11-27T04:30.",
)
@click.option("--until", metavar="TIME", type=options.MOMENT, help="Only before this day, or moment (UTC).")
@click.option(
    "--decision",
    "decisions",
    cls=options.Several,
    metavar="|".join(DECISIONS),
    help="Only predictions with this decision, or one of these.",
)
@click.option(
    "--answers",
    type=click.Choice(ANSWERS),
    default="first",
    show_default=True,
    help="What counts: the first answer, each, or the prediction whatever people say.",
)
@click.option("--images", "with_images", is_flag=True, help="With the pictures themselves (coco, yolo, voc).")
@click.option(
    "--at",
    metavar="S3-URI",
    help="Where you will put the folder OUT: a manifest refers to masks below it, as s3://BUCKET/PREFIX.",
)
def export(
    data: Path | None,
    out: Path,
    flow: str,
    form: str,
    since: datetime | None,
    until: datetime | None,
    decisions: tuple[str, ...] | None,
    answers: Answers,
    *,
    with_images: bool,
    at: str | None,
) -> None:
    """Export predictions and answers of a flow definition to OUT: JSON Lines, COCO, YOLO, VOC, Parquet, a manifest.

    OUT becomes a file (jsonl, parquet) or a folder (coco, yolo, voc, manifest), and must not be there yet. A prediction that was
    accepted is exported as one; one that people were asked about counts once it is answered. What a format cannot hold is
    counted and said.
    """
    asked = Asked(flow, _utc(since), _utc(until), known(decisions or ()))
    with Step(f"Exporting {flow}") as step:
        tally = write(
            service.reach(data),
            asked,
            form,
            out,
            answers=answers,
            with_images=with_images,
            at=at,
            heard=lambda number: None if number % TOLD_EVERY else step.now(f"{number:,} inputs"),
        )
    click.echo(f"{out}: {tally.written:,} written")
    for sentence in tally.sentences():
        click.echo(f"  {sentence}", err=True)


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(tzinfo=UTC)
