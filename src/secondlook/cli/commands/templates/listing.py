"""`secondlook templates list` and `create`: the worker task templates of the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from secondlook.cli import examples, options, service
from secondlook.cli.tables import table
from secondlook.cli.text_files import TEXT, text_of
from secondlook.cli.times import ago

_PREFIXES = {"ERROR": "", "WARNING": "warning: "}
"""Of a problem's message, by its severity."""


@click.command
@options.data
@click.argument("name")
@click.argument("file", required=False, type=TEXT)
@click.option(
    "--example", metavar="EXAMPLE", help='One of "secondlook templates examples", in place of FILE.'
)
def create(data: Path | None, name: str, file: Path | None, example: str | None) -> None:
    """Make the worker task template NAME (a HumanTaskUi) of FILE, or of an example.

    Prints its ARN, for flow definitions. What is wrong with it is told by "secondlook templates list".
    """
    if (file is None) is (example is None):
        raise click.UsageError("Give either FILE or --example.")
    content = text_of(file) if file else examples.find(example or "").template.read_text(encoding="utf-8")
    sagemaker = service.reach(data).client("sagemaker")
    made = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": content})
    click.echo(made["HumanTaskUiArn"])


@click.command("list")
@options.data
@click.option(
    "--limit", default=30, show_default=True, type=click.IntRange(1, 1000), help="At most this many."
)
def list_templates(data: Path | None, limit: int) -> None:
    """List the worker task templates of the server with what is wrong with them, newest first."""
    latest = list(service.reach(data).every("secondlook", "list_templates", "Templates", limit))
    if not latest:
        click.echo("There is no worker task template yet: CreateHumanTaskUi makes one.", err=True)
        return
    click.echo(
        table(["TEMPLATE", "MADE", "PROBLEM"], [row for template in latest for row in _rows(template)])
    )


def _rows(template: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """One row for each problem, the template named in the first."""
    name, age = template["HumanTaskUiName"], ago(template["CreationTime"])
    problems = template["Problems"]
    messages = [f"{_PREFIXES[problem['Severity']]}{problem['Message']}" for problem in problems] or ["none"]
    for number, message in enumerate(messages):
        yield ("", "", message) if number else (name, age, message)
