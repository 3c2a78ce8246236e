"""Files of text that commands read."""

from __future__ import annotations

from pathlib import Path

import click

from secondlook.cli.errors import CommandError

TEXT = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


def text_of(file: Path) -> str:
    """What a file, or stdin for `-`, says."""
    try:
        with click.open_file(str(file), encoding="utf-8") as stream:
            return str(stream.read())
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{file} is not UTF-8 text: {error.reason} at byte {error.start}; save it as UTF-8."
        ) from error
