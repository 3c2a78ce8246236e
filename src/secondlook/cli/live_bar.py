"""How far work with many parts is, on a terminal: a bar drawn by rich."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from click.globals import resolve_color_default
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from secondlook.cli.batch_progress import Total, said
from secondlook.client.batch import Summary


class Bar:
    """Without a total, it only moves."""

    def __init__(self) -> None:
        plain = resolve_color_default() is False
        console = Console(stderr=True, highlight=False, color_system=None if plain else "auto")
        self._progress = Progress(
            BarColumn(30),
            MofNCompleteColumn(),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[said]}"),
            console=console,
            transient=True,
            refresh_per_second=4,
        )
        self._task = self._progress.add_task("work", total=None, said="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def draw(self, completed: int, total: int | None, said: str) -> None:
        """So many of so many, and a few words."""
        self._progress.update(self._task, completed=completed, total=total, said=said)


class BatchBar(Bar):
    """Of a batch, whose objects are counted beside the work on it."""

    def __init__(self, total: Total) -> None:
        super().__init__()
        self._total = total

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._total.stop()
        super().__exit__(kind, error, trace)

    def show(self, summary: Summary) -> None:
        self.draw(summary.skipped + summary.done + summary.failures, self._total.count, said(summary))
