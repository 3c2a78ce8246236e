"""`secondlook demo`: a model, a doubt, a person, the corrected answer."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from secondlook.cli import options
from secondlook.cli.demo.boxes import Boxes
from secondlook.cli.demo.lines import Lines
from secondlook.cli.demo.own_server import FOLDER, running, started
from secondlook.cli.demo.subject import Subject
from secondlook.cli.demo.walkthrough import Walkthrough
from secondlook.cli.output import is_interactive, strong
from secondlook.cli.step import Step


@click.command
@options.data_option(f"the server that is running, else one of the demo's own in ./{FOLDER}")
@click.option("--accept", is_flag=True, help="Let a scripted reviewer answer; so it is without a terminal.")
@click.option(
    "--as", "email", default="reviewer@example.org", show_default=True, help="The reviewer's address."
)
@click.option("--text", is_flag=True, help="Read a scanned page instead of looking at a photograph.")
def demo(data: Path | None, email: str, *, accept: bool, text: bool) -> None:
    """Try a review from end to end: a model, a doubt, a person, the corrected answer.

    Uses the server that is running, or one of its own with the data directory ./demo-data, which stops when the demo ends.
    """
    click.echo(f"{strong('secondlook demo')}: a model, a doubt, a person, the corrected answer\n")
    folder = data or FOLDER
    subjects: list[Subject] = [Lines()] if text else [Boxes(), Lines()]
    with contextlib.ExitStack() as stack:
        server = running(data)
        ends = server is None
        if server is None:
            with Step(f"Starting a server in {folder}"):
                server = stack.enter_context(started(folder))
            stack.callback(_say_how_to_go_on, folder)
        Walkthrough(server, email, accept or not is_interactive(), ends, folder).run(subjects)


def _say_how_to_go_on(folder: Path) -> None:
    click.echo("\nThe server of this demo stops now. To look around in it:")
    click.echo(f"  secondlook serve --data {folder}")
