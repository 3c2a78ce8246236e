"""Unpacking what tests bring with them."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

SAFELY: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
"""Python knows the filter since 3.11.4; what is unpacked here is our own, or was checked by its hash."""


def unpack(archive: tarfile.TarFile, directory: Path) -> None:
    archive.extractall(directory, **SAFELY)
