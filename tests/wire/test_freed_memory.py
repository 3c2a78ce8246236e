"""What memory a process keeps: tried in processes of their own, because it cannot be taken back."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = """
import resource, sys
from secondlook.wire import freed_memory
freed_memory.keep()
def touched():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    bytearray(5_000_000)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
touched()
print(touched())
"""


@pytest.mark.skipif(
    not hasattr(os, "confstr") or "glibc" not in (os.confstr("CS_GNU_LIBC_VERSION") or ""), reason="no glibc"
)
def test_a_large_block_is_not_touched_for_the_first_time_twice() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    settled = {**environment, "MALLOC_MMAP_THRESHOLD_": "131072"}

    def faults(environment: dict[str, str]) -> int:
        command = [sys.executable, "-c", PROGRAM]
        return int(
            subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
        )

    assert faults(environment) < 100
    assert faults(settled) > 100  # whoever settles it otherwise is not overruled
