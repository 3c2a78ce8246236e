"""How long to measure: the option `--rounds` chooses between proof that a comparison runs, a rough idea, and figures to quote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often each comparison takes turns with its yardstick, and how large what it works on is."""

    starts: int
    memory: int
    drags: int
    moves: int
    """Moves of the mouse, or turns of its wheel, in one drag."""
    invocations: int
    updates: int
    """Updates of an endpoint under load."""
    detections: int
    predictions: int
    """Pictures that the detector looks at in one turn."""
    transformed: int
    """Pictures of one transform job."""
    searches: int
    open_loops: int
    """Among which the next task is searched."""
    loop_starts: int
    loops_at_a_time: int
    """Loops that are started in one turn."""
    read_turns: int
    reads_at_a_time: int
    """Loops that are described in one turn; pages that are listed are a tenth."""
    object_turns: int
    objects_at_a_time: int
    evaluation_turns: int
    recorded_answers: int
    """Answers on which conditions are evaluated in one turn."""


ROUNDS = {
    "tiny": Rounds(
        starts=1,
        memory=1,
        drags=1,
        moves=20,
        invocations=2,
        updates=1,
        detections=1,
        predictions=40,
        transformed=100,
        searches=5,
        open_loops=20_000,
        loop_starts=1,
        loops_at_a_time=40,
        read_turns=1,
        reads_at_a_time=40,
        object_turns=1,
        objects_at_a_time=40,
        evaluation_turns=1,
        recorded_answers=20_000,
    ),
    "quick": Rounds(
        starts=3,
        memory=1,
        drags=3,
        moves=120,
        invocations=20,
        updates=3,
        detections=3,
        predictions=100,
        transformed=300,
        searches=50,
        open_loops=1_000_000,
        loop_starts=3,
        loops_at_a_time=500,
        read_turns=3,
        reads_at_a_time=400,
        object_turns=3,
        objects_at_a_time=300,
        evaluation_turns=3,
        recorded_answers=200_000,
    ),
    "full": Rounds(
        starts=9,
        memory=3,
        drags=9,
        moves=120,
        invocations=80,
        updates=9,
        detections=5,
        predictions=300,
        transformed=1000,
        searches=300,
        open_loops=1_000_000,
        loop_starts=5,
        loops_at_a_time=1500,
        read_turns=5,
        reads_at_a_time=1000,
        object_turns=5,
        objects_at_a_time=600,
        evaluation_turns=5,
        recorded_answers=1_000_000,
    ),
}
