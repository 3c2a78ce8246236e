"""How much one page may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a rendering child may use."""

    memory: int
    """Bytes of address space."""
    seconds: float
    """Wall clock per page, without the time that signing takes."""
    grants: int
    """Different S3 objects per page."""
    idle: float
    """Seconds without work after which a child ends."""
