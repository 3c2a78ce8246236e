"""An installation of the first release, with work in the middle of it, is started by this one: all goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Table, select, text

from secondlook.store import tables
from secondlook.store.migrations import head
from secondlook.store.migrations.steps import upgrade
from secondlook.store.objects import LABEL
from secondlook.store.session import Store
from tests.databases import BOTH, sqlalchemy_url
from tests.products import put_product
from tests.running import Server
from tests.town import Town

from .reviewing import Review
from .test_backup import desk

FIRST = "0001"
GREETER = """
    def transform_fn(model, body, content_type, accept):
        return "hello", "text/plain"
"""
SCOPES = {"admin": "all", "requester": "all"}
"""A scope of today → that of the first release."""

COLUMNS = {("duty", "subject"): "queueing_key"}
"""Table and column of the first release → the column of today, where it has another name."""


def write_as_the_first_release(now: Store, then: Store) -> None:
    """Fill the empty database `then` with the rows of `now`, as the first release would have written them."""
    reflected = MetaData()
    with then.write() as cx:
        upgrade(cx, FIRST)
        reflected.reflect(cx)
    with now.read() as source, then.write() as target:
        for table in reflected.sorted_tables:
            rows = list(map(_first_words, _rows(source, table)))
            if rows:
                target.execute(table.insert(), rows)
            if "id" in table.c and not then.is_sqlite and table.c.id.type.python_type is int:
                sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
                target.execute(
                    text(f"SELECT setval({sequence}, (SELECT coalesce(max(id), 1) FROM {table.name}))")
                )
        assignment = reflected.tables["assignment"]
        for draft in source.execute(select(tables.draft)):
            change = assignment.update().where(assignment.c.id == draft.assignment_id)
            target.execute(change.values(draft=draft.content))
        target.execute(
            text("DELETE FROM fact WHERE name IN ('requester-key', 'installation', 'objects-label')")
        )


def _rows(cx: Connection, table: Table) -> list[dict[str, Any]]:
    today = tables.metadata.tables.get(table.name)
    if today is None:
        return []
    names = {column.name: COLUMNS.get((table.name, column.name), column.name) for column in table.c}
    columns = [today.c[new].label(first) for first, new in names.items() if new in today.c]
    return [dict(row) for row in cx.execute(select(*columns)).mappings()]


def _first_words(row: dict[str, Any]) -> dict[str, Any]:
    if "scope" in row:
        return {**row, "scope": SCOPES.get(row["scope"], row["scope"])}
    if "variants" in row:
        return {**row, "variants": list(map(_first_container, row["variants"]))}
    return row


def _first_container(variant: dict[str, Any]) -> dict[str, Any]:
    """The first release looked the product up at each start."""
    container = {name: variant["Container"][name] for name in ("product", "image", "environment")}
    return {**variant, "Container": container}


@pytest.fixture(params=BOTH)
def databases(
    request: pytest.FixtureRequest, own_server: Server, tmp_path: Path
) -> Iterator[tuple[str, str]]:
    """URLs for SQLAlchemy: where the server writes, and the database of the first release that it finds afterwards."""
    if request.param == "sqlite":
        yield f"sqlite:///{own_server.data / 'secondlook.sqlite'}", f"sqlite:///{tmp_path / 'first.sqlite'}"
        return
    postgres = request.getfixturevalue("postgres")
    names = [postgres.create(), postgres.create()]
    own_server.settings["database"] = postgres.url(names[0])
    yield sqlalchemy_url(postgres.url(names[0])), sqlalchemy_url(postgres.url(names[1]))
    own_server.stop()
    for name in names:
        postgres.drop(name)


def test_an_installation_of_the_first_release_goes_on(
    own_server: Server, databases: tuple[str, str], name: str
) -> None:
    put_product(own_server.data, "greeter", GREETER, "text/plain")
    own_server.data.chmod(0o700)
    review = Review(own_server.start(), name)
    models = Town(own_server)
    models.deploy(name, models.subscribe("greeter"))
    key = own_server.key("camera", "requester")
    s3 = own_server.client("s3")
    s3.put_object(Bucket=name, Key="one", Body=b"body")
    for number in range(2):
        review.start(f"{name}-{number}")
    worker = desk(own_server)
    begun = review.taken(worker, f"{name}-0")
    worker.save_draft(begun, {"answer": {"word": "kept-for-later"}})
    own_server.stop()
    now, then = Store(databases[0]), Store(databases[1])
    write_as_the_first_release(now, then)
    now.close()
    then.close()
    _use(own_server, databases[1])

    review.server = own_server.start()
    worker = desk(own_server)
    assert b"body" == own_server.client("s3", key).get_object(Bucket=name, Key="one")["Body"].read()
    assert "kept-for-later" in worker.page(begun)
    worker.submit(begun, {"loop": 0})
    review.completed(f"{name}-0")
    other = review.taken(worker, f"{name}-1")
    worker.submit(other, {"loop": 1})
    review.completed(f"{name}-1")
    assert [{"loop": 1}] == [answer["answerContent"] for answer in review.output(f"{name}-1")["humanAnswers"]]
    assert (own_server.data / "objects" / LABEL).exists()
    assert Town(own_server).ask(name) == "hello"
    store = Store(databases[1] if "postgresql" in databases[1] else databases[0])
    with store.read() as cx:
        assert head() == cx.scalar(text("SELECT version_num FROM alembic_version"))
    store.close()


def _use(server: Server, url: str) -> None:
    """Let the server find this database, and its objects without the label that the first release did not know."""
    (server.data / "objects" / LABEL).unlink()
    if "database" in server.settings:
        server.settings["database"] = url.replace("postgresql+psycopg://", "postgresql://")
    else:
        Path(url.removeprefix("sqlite:///")).replace(server.data / "secondlook.sqlite")
