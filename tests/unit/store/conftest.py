"""Every way of keeping objects, for tests that all of them must pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondlook.store.files import Files
from secondlook.store.objects import Objects

WAYS = ("files on sqlite", "files on postgresql")


@pytest.fixture(params=WAYS)
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    kind = request.param.split()[-1]
    store = request.getfixturevalue("sqlite_store" if kind == "sqlite" else "postgres_store")
    return Files(store, tmp_path / "objects")
