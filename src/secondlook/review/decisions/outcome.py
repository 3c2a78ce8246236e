"""When a human loop is over, and how it ended. Pure: decided under the loop's lock, from counted facts [lifecycle.md]."""

from __future__ import annotations

from dataclasses import dataclass

from secondlook.review.decisions.shortage import count, people


@dataclass(frozen=True, slots=True)
class Tally:
    """The counted facts of one open loop.

    `working` counts holds that may still answer, `undoable` those of the `answers` that are not final, `able` the members of the work team who may still take the loop:
    of these no more than `task_count` need to be counted, and none before somebody has declined.
    """

    status: str  # InProgress | Stopping
    task_count: int
    answers: int
    working: int
    declined: int
    able: int
    expired: bool
    undoable: int = 0

    @property
    def missing(self) -> int:
        """Answers that nobody is at work on."""
        return self.task_count - self.answers - self.working


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a loop ends."""

    status: str  # Completed | Failed | Stopped
    failure_code: str | None = None
    failure_reason: str | None = None


def decide(tally: Tally) -> Outcome | None:
    """The end of the loop, or None while somebody may still answer it, or take back an answer.

    Whoever is inside a task when the availability ends may finish, and the answer counts; answers that came in
    before an expiry are written although the loop failed (our choice where AWS is silent [lifecycle.md]). A work
    team that is too small may grow; once somebody has declined and too few are left, the loop has failed.
    """
    if tally.undoable or (tally.working and tally.answers < tally.task_count):
        return None
    if tally.answers >= tally.task_count:
        return Outcome("Stopped") if tally.status == "Stopping" else Outcome("Completed")
    if tally.status == "Stopping":
        return Outcome("Stopped")
    arrived = f"{tally.answers} of {tally.task_count} answers had arrived"
    if tally.declined and tally.able < tally.missing:
        return Outcome("Failed", "Declined", f"{_too_few(tally)}; {arrived}.")
    if tally.expired:
        return Outcome("Failed", "Expired", f"TaskAvailabilityLifetimeInSeconds ran out; {arrived}.")
    return None


def _too_few(tally: Tally) -> str:
    """How many could still answer, and how many are needed."""
    return (
        f"{count(tally.declined, 'worker')} declined the task, and {people(tally.able)} in the work team could "
        f"still give the {count(tally.missing, 'answer')} that {'is' if tally.missing == 1 else 'are'} needed"
    )


def unwritten(outcome: str, code: str | None, reason: str | None, why: str) -> Outcome:
    """How a loop ends whose output could not be written; what had failed before stays and is said first."""
    return (
        Outcome("Failed", code, f"{reason} {why}")
        if outcome == "Failed"
        else Outcome("Failed", "InternalError", why)
    )


def rewritten(outcome: str, code: str | None, reason: str | None, why: str) -> Outcome:
    """How the same loop ends once its output is written after all."""
    return (
        Outcome("Failed", code, (reason or "").removesuffix(f" {why}"))
        if outcome == "Failed"
        else Outcome(outcome)
    )
