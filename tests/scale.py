"""How often and how much, in one place: the option `--scale` chooses between `make test` and `make soak`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The counts of everything that is repeated because it is left to chance."""

    races: int
    """Turns of a race on PostgreSQL, where both sides really run at once."""
    races_on_sqlite: int
    """Turns of a race on SQLite, whose writers take turns."""
    fuzz: int
    """Random inputs for each operation and database."""
    kills: int
    """SIGKILLs of a server under load, for each database."""
    outages: int
    """Times that something which a server needs is away under load, for each kind of outage."""
    workers: int
    """Workers who answer at the same time."""
    loops: int
    """Human loops that they answer, each three times."""
    objects: int
    """Objects of a batch that is killed."""
    has_ray: bool
    """Whether Ray, of hundreds of megabytes, is fetched and started."""


SCALES = {
    "test": Scale(
        races=30,
        races_on_sqlite=5,
        fuzz=5,
        kills=3,
        outages=1,
        workers=4,
        loops=20,
        objects=60,
        has_ray=False,
    ),
    "full": Scale(
        races=300,
        races_on_sqlite=40,
        fuzz=100,
        kills=200,
        outages=8,
        workers=50,
        loops=5000,
        objects=1000,
        has_ray=True,
    ),
}
