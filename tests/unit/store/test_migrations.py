"""The history of the schema ends where the tables are, on both databases."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from secondlook.review import access_key, deliveries, event_targets
from secondlook.store.bucket_rows import BucketRows
from secondlook.store.migrations import UnknownRevision, head, migrate
from secondlook.store.migrations.steps import config, upgrade
from secondlook.store.session import Store
from secondlook.store.tables import metadata

INDEXES = {
    True: "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name <> 'alembic_version' ORDER BY 1",
    False: (
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
        "AND tablename <> 'alembic_version' ORDER BY 1"
    ),
}
COLUMNS = {
    True: (
        'SELECT m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk FROM sqlite_master m, pragma_table_info(m.name) c '
        "WHERE m.type = 'table' AND m.name <> 'alembic_version' ORDER BY 1, 2"
    ),
    False: (
        "SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name "
        "FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version' ORDER BY 1, 2"
    ),
}


_PERSON = "id, email, sub, worker_id, is_admin, created_at"
_FLOW = "id, name, config, status, workteam, task_ui, title, description, task_count, time_limit, availability, output_path, created_at"
_TEXTS = "'team', 'ui', 'title', 'description'"
_LOOP = "name, flow_id, template, status, ready, input_sha256, expires_at"
BEGUN_WITH_THE_FIRST_RELEASE = (
    f"INSERT INTO person ({_PERSON}) VALUES (1, 'a@example.org', 's', 'w', false, '2026-03-02 09:00:00')",
    f"INSERT INTO flow ({_FLOW}) VALUES (1, 'fd', '{{}}', 'Active', {_TEXTS}, 1, 60, 60, 'o', '2026-03-02 09:00:00')",
    *(
        f"INSERT INTO loop (id, {_LOOP}, created_at) VALUES ({number}, 'l-{number}', 1, 't', 'InProgress', true, 'i', "
        "'2026-03-02 10:00:00', '2026-03-02 09:00:00')"
        for number in (1, 2, 3)
    ),
    *(
        "INSERT INTO assignment (id, loop_id, person_id, slot, state, accepted_at, deadline, draft) "
        f"VALUES ({number}, {number}, 1, 1, 'active', '2026-03-02 09:00:00', '2026-03-02 10:00:00', {draft})"
        for number, draft in ((1, """'{"answer"\\: {"a"\\: 1}}'"""), (2, "'null'"), (3, "NULL"))
    ),
)
"""One draft, one that was dropped (JSON's null), and none at all."""


def shape(store: Store) -> list[tuple[object, ...]]:
    with store.read() as cx:
        return [tuple(row) for kind in (INDEXES, COLUMNS) for row in cx.execute(text(kind[store.is_sqlite]))]


def step_by_step(store: Store) -> None:
    with store.write() as cx:
        upgrade(cx)


def test_all_steps_together_make_what_the_tables_say(empty_store: Store) -> None:
    step_by_step(empty_store)

    with empty_store.read() as cx:
        assert compare_metadata(MigrationContext.configure(cx), metadata) == []


def test_indexes_and_collations_are_the_same_too(empty_store: Store, request: pytest.FixtureRequest) -> None:
    created = request.getfixturevalue("sqlite_store" if empty_store.is_sqlite else "postgres_store")

    step_by_step(empty_store)

    assert shape(empty_store) == shape(created)


def test_an_empty_database_gets_the_same_at_once(empty_store: Store, request: pytest.FixtureRequest) -> None:
    created = request.getfixturevalue("sqlite_store" if empty_store.is_sqlite else "postgres_store")

    migrate(empty_store)

    assert shape(empty_store) == shape(created)
    with empty_store.read() as cx:
        assert cx.scalar(text("SELECT version_num FROM alembic_version")) == head()


def test_drafts_of_the_previous_release_move_to_their_own_table(empty_store: Store) -> None:
    with empty_store.write() as cx:
        upgrade(cx, "0001")
        for statement in BEGUN_WITH_THE_FIRST_RELEASE:
            cx.execute(text(statement))
    migrate(empty_store)

    with empty_store.read() as cx:
        assert [(1, '{"answer": {"a": 1}}')] == [
            tuple(row) for row in cx.execute(text("SELECT assignment_id, content FROM draft"))
        ]


def test_answers_that_the_previous_release_could_not_write_can_be_written(empty_store: Store) -> None:
    reason = "The output could not be written to s3://out/x: gone"
    with empty_store.write() as cx:
        upgrade(cx, "0001")
        for statement in BEGUN_WITH_THE_FIRST_RELEASE:
            cx.execute(text(statement))
        failed = "UPDATE loop SET status = 'Failed', failure_code = 'InternalError', failure_reason = :reason"
        cx.execute(text(f"{failed} WHERE id = 1"), {"reason": reason})
    migrate(empty_store)

    with empty_store.read() as cx:
        assert [reason, None, None] == cx.scalars(text("SELECT unwritten FROM loop ORDER BY id")).all()


def test_cors_rules_of_the_previous_release_stay(empty_store: Store) -> None:
    rules = [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]
    with empty_store.write() as cx:
        upgrade(cx, "0005")
        statement = "INSERT INTO bucket (name, region, created_at, cors) VALUES (:name, 'r', :now, :cors)"
        now = datetime(2026, 3, 2, tzinfo=UTC)
        for name, cors in (("with", json.dumps(rules)), ("without", None)):
            cx.execute(text(statement), {"name": name, "now": now, "cors": cors})
    migrate(empty_store)

    buckets = BucketRows(empty_store)
    assert buckets.setting("with", "CORSConfiguration") == {"CORSRules": rules}
    assert buckets.setting("without", "CORSConfiguration") is None


def test_webhooks_of_the_first_release_are_event_targets_and_still_owed_what_they_were(
    empty_store: Store,
) -> None:
    with empty_store.write() as cx:
        upgrade(cx, "0001")
        cx.execute(text("INSERT INTO event VALUES (4, 'e-4', '{}', '2026-03-02 09:00:00')"))
        cx.execute(
            text(
                "INSERT INTO webhook (id, url, secret, created_at) "
                "VALUES (7, 'https://example.org', :secret, '2026-03-02 09:00:00')"
            ),
            {"secret": b"sealed"},
        )
        cx.execute(
            text("INSERT INTO delivery (id, event, webhook, state, attempts) VALUES (9, 4, 7, 'owed', 2)")
        )
    migrate(empty_store)

    with empty_store.write() as cx:
        owed = deliveries.owed(cx, 9)
        assert owed is not None
        assert (7, "webhook", {"url": "https://example.org"}, b"sealed") == (
            owed.target_id,
            owed.kind,
            owed.settings,
            owed.secret,
        )
        now = datetime(2026, 3, 2, tzinfo=UTC)
        assert 8 == event_targets.add(cx, "webhook", {"url": "https://example.com"}, b"s", None, now)


def test_people_of_the_first_release_keep_what_outputs_call_them(empty_store: Store) -> None:
    with empty_store.write() as cx:
        upgrade(cx, "0001")
        for statement in BEGUN_WITH_THE_FIRST_RELEASE:
            cx.execute(text(statement))
    migrate(empty_store)

    with empty_store.read() as cx:
        assert [(1, "", "s")] == [
            tuple(row) for row in cx.execute(text("SELECT person_id, issuer, subject FROM identity"))
        ]


def test_nothing_is_done_twice(empty_store: Store) -> None:
    step_by_step(empty_store)
    before = shape(empty_store)
    migrate(empty_store)
    step_by_step(empty_store)

    assert shape(empty_store) == before


def test_a_database_of_a_newer_release_is_left_alone(empty_store: Store) -> None:
    migrate(empty_store)
    with empty_store.write() as cx:
        cx.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(
        UnknownRevision, match=f"at revision 9999, and this release knows revisions up to {head()}"
    ):
        migrate(empty_store)


def test_servers_that_start_together_migrate_once(postgres_url: str) -> None:
    stores = [Store(postgres_url.replace("postgresql://", "postgresql+psycopg://")) for _ in range(4)]
    together, failures = threading.Barrier(len(stores)), []

    def start(store: Store) -> None:
        together.wait()
        try:
            migrate(store)
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=start, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    with stores[0].read() as cx:
        assert cx.scalars(text("SELECT version_num FROM alembic_version")).all() == [head()]
    for store in stores:
        store.close()


def test_an_up_to_date_database_starts_without_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.sqlite'}"
    store = Store(url)
    migrate(store)
    store.close()
    program = (
        "import sys; from secondlook.store.session import Store; from secondlook.store.migrations import migrate;"
        f"migrate(Store({url!r})); sys.exit('alembic' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_first_key_becomes_an_admin_s_and_every_other_of_scope_all_a_requester_s(
    empty_store: Store,
) -> None:
    keys = {"FIRST": "all", "SECOND": "all", "THIRD": "runtime", "OURS": "link"}
    with empty_store.write() as cx:
        command.upgrade(config(cx), "0001")
        cx.execute(text("INSERT INTO fact (name, value) VALUES ('first-key', '\"FIRST\"')"))
        for key_id, scope in keys.items():
            cx.execute(
                text(
                    "INSERT INTO access_key (key_id, name, secret, scope, created_at) "
                    "VALUES (:id, 'k', :secret, :scope, :now)"
                ),
                {"id": key_id, "secret": b"s", "scope": scope, "now": datetime(2026, 3, 2, tzinfo=UTC)},
            )

    migrate(empty_store)

    with empty_store.read() as cx:
        scopes = {row.key_id: row.scope for row in cx.execute(text("SELECT key_id, scope FROM access_key"))}
        runtime = access_key.find(cx, "THIRD")
    assert {"FIRST": "admin", "SECOND": "requester", "THIRD": "runtime", "OURS": "link"} == scopes
    assert frozenset() == access_key.buckets_of(runtime)
