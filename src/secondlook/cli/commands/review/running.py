"""`secondlook review run`."""

from __future__ import annotations

import itertools
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from secondlook.cli import options
from secondlook.cli.batch_progress import progress_of
from secondlook.cli.errors import CommandError
from secondlook.cli.output import details, plain
from secondlook.client import access
from secondlook.client.batch import CONCURRENCY, Summary, run_batch, source
from secondlook.client.connection import Connection
from secondlook.client.errors import NoServer
from secondlook.client.failures import in_words
from secondlook.client.service import Service

INTERRUPTED = 130
"""The exit code of what Ctrl-C ended, as shells say it."""


@click.command
@options.data
@click.argument("source_", metavar="SOURCE")
@click.option("--flow", required=True, metavar="NAME", help="The flow definition whose conditions decide.")
@click.option("--endpoint", required=True, metavar="NAME", help="The model that is asked.")
@click.option(
    "--concurrency",
    default=CONCURRENCY,
    show_default=True,
    type=click.IntRange(1, 256),
    help="Objects that are asked about at once.",
)
@click.option(
    "--content-type", metavar="TYPE", help="What the model is told that it gets [each object's own]."
)
@click.option(
    "--progress",
    "progress_file",
    type=options.Place(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where it is kept what is done [a file of your state directory].",
)
@click.option("--restart", is_flag=True, help="Forget what is done, and ask about every object again.")
@click.option("--dry-run", is_flag=True, help="Count the objects, and ask about none.")
def run(
    data: Path | None,
    source_: str,
    flow: str,
    endpoint: str,
    concurrency: int,
    content_type: str | None,
    progress_file: Path | None,
    *,
    restart: bool,
    dry_run: bool,
) -> None:
    """Ask a model about every object of SOURCE, and people about what is in doubt.

    \b
        secondlook review run --flow traffic --endpoint detector s3://pictures/2026/
        secondlook review run --flow traffic --endpoint detector list.manifest

    SOURCE is s3://BUCKET/PREFIX, or a manifest: JSON Lines like {"source-ref": "s3://BUCKET/KEY"}, in a file or in an object called
    *.manifest or *.jsonl. The same command goes on where one was stopped or killed, and asks again about what failed; whatever
    happens, an object has one human loop at most.

    Exit code 0 if all are done, 1 if some failed, 130 after Ctrl-C.
    """  # noqa: D301  (the character by which click keeps the lines that follow)
    here = Connection(access.find(data))
    if dry_run:
        _count(here, source_)
        return
    with _going_on(), progress_of(lambda: source.of(Service(here.access), source_)) as progress:
        summary = run_batch(
            flow,
            endpoint,
            source_,
            concurrency=concurrency,
            content_type=content_type,
            progress_file=progress_file,
            restart=restart,
            progress=progress.show,
            connection=here,
        )
    click.echo(_said(summary))
    _end(summary)


@contextmanager
def _going_on() -> Iterator[None]:
    """A server that is gone takes nothing of the batch with it."""
    try:
        yield
    except NoServer:
        click.echo("What is done is kept; the same command goes on.", err=True)
        raise


def _count(here: Connection, given: str) -> None:
    with in_words():
        count = sum(1 for _ in source.of(here.service, given).things())
    click.echo(f"{count:,} object{'' if count == 1 else 's'} in {plain(given)}.")


def _said(summary: Summary) -> str:
    text = details(
        [
            ("Accepted", f"{summary.accepted:,}"),
            ("To review", f"{summary.reviewed:,}"),
            ("To audit", f"{summary.audited:,}" if summary.audited else None),
            ("Done before", f"{summary.skipped:,}" if summary.skipped else None),
            ("Failed", f"{summary.failures:,}" if summary.failures else None),
        ]
    )
    reasons = (
        f"\n{failures.count:,} failed: {plain(reason)}\n"
        + "\n".join(f"  {plain(uri)}" for uri in failures.examples)
        + (
            f"\n  and {failures.count - len(failures.examples):,} more"
            if failures.count > len(failures.examples)
            else ""
        )
        for reason, failures in summary.failed.items()
    )
    return "\n".join(itertools.chain([text], reasons))


def _end(summary: Summary) -> None:
    again = f"secondlook {shlex.join(sys.argv[1:])}"
    if not summary.is_complete:
        click.echo(f"Stopped. What is done is kept; go on with: {again}", err=True)
        sys.exit(INTERRUPTED)
    if summary.failures:
        raise CommandError(
            f"{summary.failures:,} of {summary.done + summary.failures:,} objects failed; the same command tries these again."
        )
