"""Where the answer of an asynchronous call is written, or why it failed. Pure [hosting.md, Asynchronous].

<S3OutputPath>/<S3OutputPathExtension>/<uuid>.out
<S3FailurePath>/<S3OutputPathExtension>/<uuid>-error.out
"""

from __future__ import annotations

from secondlook.hosting.asynchronous.config import AsyncConfig


def output(config: AsyncConfig, call_id: str, extension: str | None, filename: str | None) -> str:
    """The URI of the answer; a `filename` stands in for `<uuid>.out` as it is."""
    return _below(config.output_path, extension, filename or f"{call_id}.out")


def failure(config: AsyncConfig, call_id: str, extension: str | None, filename: str | None) -> str | None:
    """The URI of what is written in place of an answer; None where the config has no S3FailurePath."""
    if config.failure_path is None:
        return None
    return _below(config.failure_path, extension, f"{filename or call_id}-error.out")


def _below(path: str, extension: str | None, name: str) -> str:
    parts = [path.rstrip("/"), *([extension.strip("/")] if extension and extension.strip("/") else []), name]
    return "/".join(parts)
