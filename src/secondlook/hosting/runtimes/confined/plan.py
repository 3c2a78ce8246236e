"""The plan: what a model process keeps. Made by the server, carried as an argument, followed by the process itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Self


class Level(StrEnum):
    """What confines, from the strongest on."""

    BUBBLEWRAP = "bubblewrap"  # bwrap has made namespaces, and runs us in them
    NAMESPACES = "namespaces"  # we make them, as root, and become a user of our own
    LANDLOCK = "landlock"  # no namespaces: rules on paths, and a filter of system calls
    LIMITS = "limits"  # limits of resources and no more


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes are bytes; paths are absolute."""

    level: Level
    user: int | None  # the user and group to become; None to stay who we are
    read: tuple[str, ...]  # files and folders that may be read and run
    devices: tuple[str, ...]  # that may be used
    scratch: str  # the folder that may be written to
    scratch_size: int
    memory: int  # of each process
    processes: int  # and threads, of the user

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        values = json.loads(text)
        return cls(
            **{
                **values,
                "level": Level(values["level"]),
                "read": tuple(values["read"]),
                "devices": tuple(values["devices"]),
            }
        )
