"""How far a job is: kept in its row, so that it goes on after a restart, by whichever server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from secondlook.hosting.transform.source import Cursor

MOST_FAILURES = 5
"""Failures that are told in words; the log has all."""


@dataclass(slots=True)
class Progress:
    """`done` and `failed` are objects, `total` too, None until they are counted; `records` are those of the objects done.

    All objects up to `after` are done or failed.
    """

    after: Cursor | None = None
    done: int = 0
    failed: int = 0
    total: int | None = None
    records: int = 0
    seconds: float = 0.0  # that the model has been asked so far, of all servers
    is_clients: bool = True  # whether all failures are those of the input, as the model says
    failures: list[str] = field(default_factory=list)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """From a job's row."""
        return cls(**values)

    def as_json(self) -> dict[str, Any]:
        """For a job's row."""
        return asdict(self)

    def failed_by(self, sentence: str, *, is_clients: bool) -> None:
        """One object more has failed."""
        self.failed += 1
        self.is_clients = self.is_clients and is_clients
        if len(self.failures) < MOST_FAILURES:
            self.failures.append(sentence)

    @property
    def reason(self) -> str | None:
        """FailureReason of a job that is through; None if nothing failed. It begins as AWS's do."""
        if not self.failed:
            return None
        side = "ClientError" if self.is_clients else "AlgorithmError"
        count = self.done + self.failed
        return (
            f"{side}: See job logs for more information. {self.failed:,} of {count:,} input objects could not be transformed; "
            f"the first: {self.failures[0]}"
        )
