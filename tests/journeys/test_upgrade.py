"""An installation of each release, with work in the middle of it, is started by this one: all goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from secondlook.store.migrations import head
from secondlook.store.objects import LABEL
from secondlook.store.session import Store
from secondlook.store.tables import loop
from tests.databases import BOTH, sqlalchemy_url
from tests.releases.fill import NAME
from tests.releases.installation import DATABASE, Release, releases
from tests.running import Server

from .reviewing import Review
from .test_backup import desk


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, own_server: Server) -> Iterator[str]:
    """The URL for SQLAlchemy of an empty database that the server will use."""
    if request.param == "sqlite":
        yield f"sqlite:///{own_server.data / DATABASE}"
        return
    postgres = request.getfixturevalue("postgres")
    name = postgres.create()
    own_server.settings["database"] = postgres.url(name)
    yield sqlalchemy_url(postgres.url(name))
    own_server.stop()
    postgres.drop(name)


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.name)
def test_an_installation_of_an_earlier_release_goes_on(
    release: Release, own_server: Server, database: str
) -> None:
    release.restore(own_server.data, database)
    begun, key = release.document["begun"], tuple(release.document["key"])

    review = Review.existing(own_server.start(), NAME)
    worker = desk(own_server)
    assert b"body" == own_server.client("s3", key).get_object(Bucket=NAME, Key="one")["Body"].read()
    assert "kept-for-later" in worker.page(begun)
    worker.submit(begun, {"loop": 0})
    review.completed(f"{NAME}-0")
    other = review.taken(worker, f"{NAME}-1")
    worker.submit(other, {"loop": 1})
    review.completed(f"{NAME}-1")
    assert [{"loop": 1}] == [answer["answerContent"] for answer in review.output(f"{NAME}-1")["humanAnswers"]]
    assert (own_server.data / "objects" / LABEL).exists()
    store = Store(database)
    with store.read() as cx:
        assert head() == cx.scalar(text("SELECT version_num FROM alembic_version"))
    store.close()


def test_work_that_was_under_way_in_a_release_is_under_way_however_long_ago_that_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (release,) = releases()[:1]
    document = release.document
    much_earlier = {**document, "at": document["at"] - timedelta(days=3650)}
    monkeypatch.setattr(Release, "document", much_earlier)
    release.restore(tmp_path, f"sqlite:///{tmp_path / DATABASE}")

    store = Store(f"sqlite:///{tmp_path / DATABASE}")
    with store.read() as cx:
        begun = max(cx.scalars(select(loop.c.created_at)))
    store.close()
    assert begun - datetime.now(UTC) > timedelta(days=3600)
