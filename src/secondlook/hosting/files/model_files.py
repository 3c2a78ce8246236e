"""What a model needs where it runs: libraries, and its artifact as a directory."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from secondlook.hosting.catalog import Artifact
from secondlook.hosting.errors import NotPrepared
from secondlook.hosting.files.archive import ENDINGS, unpacked
from secondlook.hosting.files.artifacts import fetch
from secondlook.hosting.files.deadline import NONE, Deadline
from secondlook.outbound import Outbound


def require_libraries(runtime: str, needs: Iterable[str]) -> None:
    """Say which libraries are missing before a model would fail on the first of them. Raises NotPrepared."""
    missing = [name for name in needs if find_spec(name) is None]
    if missing:
        raise NotPrepared(
            f"the runtime {runtime} needs {', '.join(missing)}, not installed here: "
            "install the model libraries with `pip install 'secondlook[models]'`"
        )


def unpacked_artifact(
    artifact: Artifact, cache: Path, mirror: Path | None, outbound: Outbound, deadline: Deadline = NONE
) -> Path:
    """The directory that holds the artifact, or what was packed into it. Raises NotPrepared."""
    file = fetch(artifact, cache, mirror, outbound, deadline=deadline)
    return unpacked(file, deadline) if file.name.endswith(ENDINGS) else file.parent


def remove_unfinished(cache: Path) -> None:
    """Remove what a server that was killed had begun to fetch or to unpack."""
    for leftover in [*cache.glob("*/.incoming-*"), *cache.glob("*/.unpacking-*")]:
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)
