"""What came of a batch, in counts that do not grow with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from secondlook.client.review import ACCEPT, AUDIT

EXAMPLES = 3
"""Objects that are named of each reason."""

MOST_REASONS = 50


@dataclass(slots=True)
class Failures:
    """Objects that failed alike."""

    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Summary:
    """`skipped` were done before, by an earlier run. `failed` is by reason, in the order in which the reasons came up."""

    accepted: int = 0
    reviewed: int = 0
    audited: int = 0
    skipped: int = 0
    failed: dict[str, Failures] = field(default_factory=dict)
    is_complete: bool = True

    @property
    def failures(self) -> int:
        return sum(each.count for each in self.failed.values())

    @property
    def done(self) -> int:
        """Objects that were decided in this run."""
        return self.accepted + self.reviewed + self.audited

    def decided(self, decision: str) -> None:
        if decision == ACCEPT:
            self.accepted += 1
        elif decision == AUDIT:
            self.audited += 1
        else:
            self.reviewed += 1

    def fail(self, uri: str, reason: str) -> None:
        known = reason in self.failed or len(self.failed) < MOST_REASONS
        failures = self.failed.setdefault(reason if known else "other reasons", Failures())
        failures.count += 1
        if len(failures.examples) < EXAMPLES:
            failures.examples.append(uri)
