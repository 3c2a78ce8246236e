"""Every way of keeping objects, for tests that all of them must pass."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from secondlook.store.bucket import BucketObjects
from secondlook.store.files import Files
from secondlook.store.objects import Objects

WAYS = ("files on sqlite", "files on postgresql", "an s3")


@pytest.fixture(params=WAYS)
def objects(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Objects:
    """Empty, whatever other tests have kept: in the S3 by buckets of this test alone."""
    if request.param == "an s3":
        server = request.getfixturevalue("sqlite_server")  # of ours, over HTTP as any S3 would be
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        url = f"s3://t{uuid.uuid4().hex[:12]}-?endpoint={server.url}"
        return BucketObjects(request.getfixturevalue("sqlite_store"), url, "internal")
    kind = request.param.split()[-1]
    store = request.getfixturevalue("sqlite_store" if kind == "sqlite" else "postgres_store")
    return Files(store, tmp_path / "objects")
