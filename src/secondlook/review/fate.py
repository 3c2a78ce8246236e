"""When a human loop is over, and how it ended. Pure: decided under the loop's lock, from counted facts [lifecycle.md]."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """The counted facts of one open loop. `working` counts holds that may still answer."""

    status: str  # InProgress | Stopping
    task_count: int
    answers: int
    working: int
    expired: bool
    everyone_declined: bool


@dataclass(frozen=True, slots=True)
class Fate:
    """How a loop ends."""

    status: str  # Completed | Failed | Stopped
    failure_code: str | None = None
    failure_reason: str | None = None


def decide(standing: Standing) -> Fate | None:
    """The end of the loop, or None while somebody may still answer it.

    Whoever is inside a task when the availability ends may finish, and the answer counts; answers that came in
    before an expiry are written although the loop failed (our choice where AWS is silent [lifecycle.md]).
    """
    if standing.answers >= standing.task_count:
        return Fate("Stopped") if standing.status == "Stopping" else Fate("Completed")
    if standing.working:
        return None
    if standing.status == "Stopping":
        return Fate("Stopped")
    missing = f"{standing.answers} of {standing.task_count} answers had arrived"
    if standing.everyone_declined:
        return Fate("Failed", "Declined", f"Every member of the work team declined the task; {missing}.")
    if standing.expired:
        return Fate("Failed", "Expired", f"TaskAvailabilityLifetimeInSeconds ran out; {missing}.")
    return None
