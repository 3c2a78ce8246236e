"""What one connection, one address and all strangers together may take. Times in seconds."""

from __future__ import annotations

import resource
from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB

DESCRIPTORS = 65_536
"""Open files to ask the system for; fewer where its hard limit is lower."""

RESERVED = 512
"""Descriptors that connections leave to databases, objects, models and outbound calls; at most half of all."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The defaults suit a server on the open internet; tests hand in smaller ones."""

    head_bytes: int = (
        64 * KIB
    )  # request line and header fields; also what may come between two pieces of a body
    head_fields: int = 100
    head_seconds: float = 10  # from the first byte, or from the connection, to the end of the head
    body_bytes: int = 8 * KIB  # that must come within…
    body_seconds: float = 30  # …this time, as long as we are ready to read
    unread_bytes: int = 32 * MIB  # of a body nobody wants, read so that its sender sees the answer
    unheard_bytes: int = MIB  # from a client that has been refused, for the same reason
    unread_seconds: float = 10
    stalled_seconds: float = 60  # in which a client takes nothing of its answer
    idle_seconds: int = 75  # between two requests
    pipelined: int = 16  # requests that wait behind the one being answered
    per_address: int = 256  # connections; behind a trusted proxy there are no addresses to tell apart
    connections: int = 4096


def raise_descriptors() -> int:
    """Raise the process's limit of open files as far as the system lets it; the limit then in force."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return DESCRIPTORS if soft == resource.RLIM_INFINITY else soft


def connections_within(descriptors: int, wanted: int) -> int:
    """How many connections so many descriptors allow."""
    return max(1, min(wanted, descriptors - min(RESERVED, descriptors // 2)))
