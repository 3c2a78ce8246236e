"""When a human loop is over, and how it ended. Pure: decided under the loop's lock, from counted facts [lifecycle.md]."""

from __future__ import annotations

from dataclasses import dataclass

from secondlook.review.shortage import count, people


@dataclass(frozen=True, slots=True)
class Standing:
    """The counted facts of one open loop.

    `working` counts holds that may still answer, `able` the members of the work team who may still take the loop:
    of these no more than `task_count` need to be counted, and none before somebody has declined.
    """

    status: str  # InProgress | Stopping
    task_count: int
    answers: int
    working: int
    declined: int
    able: int
    expired: bool

    @property
    def missing(self) -> int:
        """Answers that nobody is at work on."""
        return self.task_count - self.answers - self.working


@dataclass(frozen=True, slots=True)
class Fate:
    """How a loop ends."""

    status: str  # Completed | Failed | Stopped
    failure_code: str | None = None
    failure_reason: str | None = None


def decide(standing: Standing) -> Fate | None:
    """The end of the loop, or None while somebody may still answer it.

    Whoever is inside a task when the availability ends may finish, and the answer counts; answers that came in
    before an expiry are written although the loop failed (our choice where AWS is silent [lifecycle.md]). A work
    team that is too small may grow; once somebody has declined and too few are left, the loop has failed.
    """
    if standing.answers >= standing.task_count:
        return Fate("Stopped") if standing.status == "Stopping" else Fate("Completed")
    if standing.working:
        return None
    if standing.status == "Stopping":
        return Fate("Stopped")
    arrived = f"{standing.answers} of {standing.task_count} answers had arrived"
    if standing.declined and standing.able < standing.missing:
        return Fate("Failed", "Declined", f"{_too_few(standing)}; {arrived}.")
    if standing.expired:
        return Fate("Failed", "Expired", f"TaskAvailabilityLifetimeInSeconds ran out; {arrived}.")
    return None


def _too_few(standing: Standing) -> str:
    """How many could still answer, and how many are needed."""
    return (
        f"{count(standing.declined, 'worker')} declined the task, and {people(standing.able)} in the work team could "
        f"still give the {count(standing.missing, 'answer')} that {'is' if standing.missing == 1 else 'are'} needed"
    )


def unwritten(outcome: str, code: str | None, reason: str | None, why: str) -> Fate:
    """How a loop ends whose output could not be written; what had failed before stays and is said first."""
    return (
        Fate("Failed", code, f"{reason} {why}")
        if outcome == "Failed"
        else Fate("Failed", "InternalError", why)
    )


def rewritten(outcome: str, code: str | None, reason: str | None, why: str) -> Fate:
    """How the same loop ends once its output is written after all."""
    return (
        Fate("Failed", code, (reason or "").removesuffix(f" {why}")) if outcome == "Failed" else Fate(outcome)
    )
