"""`secondlook templates check`: what is wrong with worker task templates, before a loop fails of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from secondlook.cli.errors import CommandError
from secondlook.cli.text_files import TEXT, text_of
from secondlook.review.render import Renderer, RenderFailed

_WARNING = "warning: "


@click.command
@click.argument("files", nargs=-1, required=True, type=TEXT, metavar="FILE...")
@click.option(
    "--input", "input_file", type=TEXT, help="Also render with the JSON in this file as task.input."
)
def check(files: tuple[Path, ...], input_file: Path | None) -> None:
    """Tell what is wrong with the templates in FILE..., with the places. Needs no server.

    Without --input only what is wrong whatever the input. Exit code 1 when there is a problem that fails loops; a
    warning tells of something that renders and is hardly meant.
    """
    task_input = None if input_file is None else text_of(input_file)
    with Renderer(workers=1) as renderer:
        problems: dict[str, RenderFailed] = {}
        if input_file and task_input is not None and (unfit := _unfit(renderer, task_input)):
            problems[_placed(input_file, unfit)] = unfit
            task_input = None
        problems |= dict(line for file in files for line in _problems(renderer, file, task_input))
    for line in problems:
        click.echo(line)
    errors, warnings = (
        sum(problem.count for problem in problems.values() if problem.is_warning is is_warning)
        for is_warning in (False, True)
    )
    counts = [*_counted(errors, "problem"), *_counted(warnings, "warning")]
    summary = f"{' and '.join(counts) or 'No problem'} found."
    if errors:
        raise CommandError(summary)
    click.echo(summary, err=True)


def _counted(number: int, what: str) -> list[str]:
    return [f"{number} {what}{'s' if number > 1 else ''}"] if number else []


def _unfit(renderer: Renderer, task_input: str) -> RenderFailed | None:
    """What is wrong with the input itself: an empty template has nothing else to fail of."""
    try:
        renderer.render("", task_input, grant=lambda uri: uri)
    except RenderFailed as failure:
        return failure
    return None


def _problems(renderer: Renderer, file: Path, task_input: str | None) -> Iterator[tuple[str, RenderFailed]]:
    """The problems of the template in `file`, each with the line that tells of it."""
    template = text_of(file)
    for problem in [*renderer.check(template), *_of_page(renderer, template, task_input)]:
        yield _placed(file, problem), problem


def _of_page(renderer: Renderer, template: str, task_input: str | None) -> list[RenderFailed]:
    if task_input is None:
        return []
    try:
        return renderer.preview(template, task_input, grant=lambda uri: uri).problems
    except RenderFailed as failure:
        return [failure]


def _placed(file: Path, problem: RenderFailed) -> str:
    """In the form that editors know: `file:line:column: message`."""
    prefix = _WARNING if problem.is_warning else ""
    if problem.line is None:
        return f"{file}: {prefix}{problem.message}"
    sentence = problem.message.removesuffix(f" (line {problem.line}, column {problem.column}).")
    return f"{file}:{problem.line}:{problem.column}: {prefix}{sentence}"
