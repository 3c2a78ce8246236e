"""Work that cannot be finished by the people there are: said, not refused, because a work team may grow. Pure."""

from __future__ import annotations


def of_flow(team: str, members: int, task_count: int) -> str | None:
    """Why loops of a flow definition cannot be finished now; None when its work team has people enough."""
    if members >= task_count:
        return None
    needed = "an answer" if task_count == 1 else f"answers of {task_count} different workers"
    return (
        f"Each human loop needs {needed}, and {people(members)} in the work team {team!r} can take tasks, counting who is invited; "
        "until more join, no loop can be Completed."
    )


def of_loop(team: str, task_count: int, answers: int, working: int, able: int) -> str | None:
    """Why an open loop cannot be finished now; None when enough work on it or may still take it.

    `able` counts the members of its work team who may take it and have not.
    """
    missing = task_count - answers - working
    if able >= missing:
        return None
    return (
        f"{count(missing, 'more answer')} {'is' if missing == 1 else 'are'} needed, and {people(able)} in the "
        f"work team {team!r} could still give one; until more join, the loop cannot be Completed."
    )


def people(number: int) -> str:
    """`nobody`, `1 person`, `2 people`."""
    return "nobody" if number == 0 else "1 person" if number == 1 else f"{number} people"


def count(number: int, what: str) -> str:
    """`1 answer`, `2 answers`."""
    return f"{number} {what}{'' if number == 1 else 's'}"
