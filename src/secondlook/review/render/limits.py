"""How much one page may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a rendering child may use."""

    memory: int = 512 * 2**20
    """Bytes of address space."""
    seconds: float = 5.0
    """Wall clock per page, without the time that signing takes."""
    grants: int = 10_000
    """Different S3 objects per page."""
    idle: float = 300.0
    """Seconds without work after which a child ends."""
