"""Starting the runtimes that ask a server elsewhere."""

from __future__ import annotations

from pathlib import Path

from secondlook.hosting.instances.kinds.local.process import Launch, runtime_command
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
from secondlook.hosting.logs.log import Log
from secondlook.hosting.runtimes.other_server import ALLOW_OUTBOUND, TOKEN_FILE, URL


def started(
    runtime: str,
    url: str,
    directory: Path,
    *,
    allow: str = "127.0.0.0/8",
    token_file: Path | None = None,
    startup: float = 20,
    **environment: str,
) -> LocalInstance:
    """An instance of the runtime that asks `url`, ready. Raises StartFailed, and leaves nothing behind then."""
    told = {URL: url, ALLOW_OUTBOUND: allow, **({TOKEN_FILE: str(token_file)} if token_file else {})}
    launch = Launch(runtime_command(runtime), {**environment, **told}, directory)
    process = LocalInstance(lambda: launch, Log(directory / f"{runtime}.log"), startup=startup)
    process.start()
    try:
        process.ready()
    except BaseException:
        process.stop(0)
        raise
    return process
