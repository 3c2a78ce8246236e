"""What keeps a server from starting is told as what it is, with what to do; and whose objects lie where is remembered."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from secondlook.store.migrations import head
from secondlook.store.objects import LABEL
from secondlook.store.vault import Vault
from tests.commandline import CommandLine, Said
from tests.databases import damage
from tests.running import Server, free_port


@pytest.fixture
def stopped(own_server: Server) -> Path:
    """The data directory of a server that ran once."""
    own_server.start().client("s3").list_buckets()
    own_server.stop()
    return own_server.data


def refused(data: Path, *settings: str, **env: str) -> Said:
    """What `serve` says on stderr; it must end with 1, by no mistake of its own."""
    ports = ("--port", str(free_port()), "--tls-port", "0")
    said = CommandLine(data, data.parent, env).run("serve", *ports, *settings, code=1)

    assert "mistake" not in said.err
    assert said.err.strip().splitlines()[-1].startswith("Error: ")
    return said


def change_revision(database: str | Path, revision: str) -> None:
    change = f"UPDATE alembic_version SET version_num = '{revision}'"
    if isinstance(database, Path):
        with sqlite3.connect(database) as cx:
            cx.execute(change)
        cx.close()
    else:
        with psycopg.connect(database) as postgres:
            postgres.execute(change)


# --- the key file -------------------------------------------------------------------------------------------------


def test_a_missing_key_file_is_named_and_not_replaced(stopped: Path) -> None:
    (stopped / "vault.key").unlink()
    said = refused(stopped)

    assert f"{stopped / 'vault.key'} is missing, and the database holds secrets" in said.err
    assert "docs/operating.md" in said.err
    assert not (stopped / "vault.key").exists()


def test_no_command_makes_secrets_under_another_key(stopped: Path) -> None:
    """Neither the server nor `keys create`, which works while no server runs."""
    (stopped / "vault.key").unlink()
    Vault(stopped / "vault.key")
    errors = (
        refused(stopped).err + CommandLine(stopped, stopped.parent).run("keys", "create", "k", code=1).err
    )

    assert 2 == errors.count("sealed with another key than the one in vault.key")


def test_a_key_file_that_holds_no_key_is_named(stopped: Path) -> None:
    (stopped / "vault.key").write_text("hello")

    assert f"{stopped / 'vault.key'} is not a key" in refused(stopped).err


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_a_key_file_that_is_no_file_is_named(stopped: Path, make: Callable[[Path], None]) -> None:
    (stopped / "vault.key").unlink()
    make(stopped / "vault.key")

    assert f"{stopped / 'vault.key'} must be a regular file" in refused(stopped).err


# --- the certificate --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["certificate.pem", "key.pem"])
def test_a_certificate_of_ours_that_was_damaged(stopped: Path, name: str) -> None:
    (stopped / "tls" / name).write_text("")
    ports = ("--port", str(free_port()), "--tls-port", str(free_port()))
    said = CommandLine(stopped, stopped.parent).run("serve", *ports, code=1)

    assert str(stopped / "tls" / name) in said.err
    assert f"Remove {stopped / 'tls'}: the next start makes another." in said.err


# --- the database ---------------------------------------------------------------------------------------------------


def test_a_database_of_a_newer_release(stopped: Path) -> None:
    change_revision(stopped / "secondlook.sqlite", "9999")
    errors = refused(stopped).err + CommandLine(stopped, stopped.parent).run("migrate", code=1).err

    assert 2 == errors.count(f"at revision 9999, and this release knows revisions up to {head()}")
    assert "Start that newer release" in errors


def test_a_file_that_is_no_database(stopped: Path) -> None:
    database = stopped / "secondlook.sqlite"
    database.write_text("Dear diary, " * 1000)

    assert f"The database {database} cannot be used: its file is no SQLite database" in refused(stopped).err


def test_a_damaged_database(stopped: Path) -> None:
    damage(stopped / "secondlook.sqlite")

    said = refused(stopped)

    assert "cannot be used: what it has stored is damaged (database disk image is malformed)" in said.err
    assert "secondlook restore" in said.err


def test_a_database_that_can_only_be_read(stopped: Path) -> None:
    said = refused(stopped, "--database", f"sqlite:///file:{stopped / 'secondlook.sqlite'}?mode=ro&uri=true")

    assert "cannot be used: its file cannot be written to" in said.err


def test_a_database_of_another_program(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.sqlite") as cx:
        cx.execute("CREATE TABLE invoice (id INTEGER)")
    cx.close()
    said = refused(tmp_path / "data", "--database", f"sqlite:///{tmp_path / 'other.sqlite'}")

    assert "holds tables of another program (invoice)" in said.err


@pytest.mark.parametrize(
    "table", ["CREATE TABLE invoice (id int)", "CREATE TABLE alembic_version (version_num varchar)"]
)
def test_a_database_of_another_program_on_postgresql(tmp_path: Path, postgres_url: str, table: str) -> None:
    with psycopg.connect(postgres_url) as cx:
        cx.execute(table)
        cx.execute("CREATE TABLE booking (id int)")
    said = refused(tmp_path / "data", "--database", postgres_url)

    assert "holds tables of another program (booking" in said.err
    with psycopg.connect(postgres_url) as cx:
        tables = cx.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert (2,) == tables


def test_a_database_of_a_newer_release_on_postgresql(own_server: Server, postgres_url: str) -> None:
    own_server.settings["database"] = postgres_url
    own_server.start().client("s3").list_buckets()
    own_server.stop()
    change_revision(postgres_url, "9999")

    assert "at revision 9999" in refused(own_server.data, "--database", postgres_url).err


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://root:geheim@db/x", "database must read postgresql://user:password@host:5432/name"),
        (
            "postgresql+asyncpg://u:geheim@db/x",
            "database must read postgresql://user:password@host:5432/name",
        ),
        ("postgresql://u:geheim@db:port/x", "database is no URL"),
        ("geheim", "database is no URL"),
        ("postgresql://u:geheim@db", "database must read postgresql://user:password@host:5432/name"),
        (
            "postgres://u:geheim@127.0.0.1:9/x",
            "The database x at 127.0.0.1:9 cannot be used: it does not answer",
        ),
    ],
)
def test_a_database_url_that_cannot_work(tmp_path: Path, url: str, words: str) -> None:
    said = refused(tmp_path / "data", "--database", url)

    assert words in said.err
    assert "geheim" not in said.err


def test_a_postgresql_that_lets_nobody_in(tmp_path: Path, postgres_url: str) -> None:
    stranger = postgres_url.replace("postgresql://postgres:", "postgresql://stranger:geheim").replace(
        "postgresql://postgres@", "postgresql://stranger:geheim@"
    )
    said = refused(tmp_path / "data", "--database", stranger)

    assert "cannot be used: it refuses this server" in said.err
    assert 'role "stranger" does not exist' in said.err
    assert "Correct user, password or name in --database" in said.err
    assert "geheim" not in said.err


# --- the disk -------------------------------------------------------------------------------------------------------


def test_a_full_disk(stopped: Path) -> None:
    (stopped / ".client.json.new").symlink_to("/dev/full")

    assert "The system refuses to go on: No space left on device" in refused(stopped).err


def test_a_directory_of_objects_that_cannot_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").touch(0o600)
    said = refused(tmp_path / "data", "--objects", str(tmp_path / "file"))

    assert f"The directory of objects {tmp_path / 'file'} cannot be made: File exists" in said.err


# --- the S3 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("objects", "words"),
    [
        ("gs://photos-", "objects must read s3://BUCKET-PREFIX?endpoint=URL&region=REGION"),
        ("s3://photos-?endpont=x", "objects must read s3://BUCKET-PREFIX?endpoint=URL&region=REGION"),
        ("s3://photos-?endpoint=foo", "Invalid endpoint: foo"),
        (
            "s3://photos-?endpoint=http://127.0.0.1:9",
            "cannot be used: The S3 behind this server does not answer",
        ),
    ],
)
def test_an_s3_that_cannot_work(tmp_path: Path, objects: str, words: str) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "k"}

    assert words in refused(tmp_path / "data", "--objects", objects, **keys).err


def test_an_s3_without_credentials_is_told_what_to_set(tmp_path: Path) -> None:
    nowhere = {name: str(tmp_path / "none") for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE")}
    said = refused(
        tmp_path / "data",
        "--objects",
        "s3://",
        HOME=str(tmp_path),
        AWS_EC2_METADATA_DISABLED="true",
        **nowhere,
    )

    assert "no credentials for it: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" in said.err


def test_an_s3_that_refuses_the_credentials(tmp_path: Path, sqlite_server: Server) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "k"}
    said = refused(tmp_path / "data", "--objects", f"s3://x-?endpoint={sqlite_server.url}", **keys)

    assert f"The S3 s3://x-?endpoint={sqlite_server.url} cannot be used" in said.err
    assert "The AWS Access Key Id you provided does not exist" in said.err


# --- whose objects lie where ------------------------------------------------------------------------------------------


@pytest.fixture
def shared(own_server: Server, postgres_url: str) -> Server:
    """A server on PostgreSQL with an object in its directory, running."""
    own_server.settings["database"] = postgres_url
    s3 = own_server.start().client("s3")
    s3.create_bucket(Bucket="photos")
    s3.put_object(Bucket="photos", Key="one", Body=b"body")
    return own_server


def neighbour(server: Server, directory: Path) -> Path:
    """A second server's data directory, with the key file that it must share."""
    directory.mkdir(0o700)
    shutil.copy(server.data / "vault.key", directory)
    return directory


def test_a_second_server_with_a_directory_of_its_own_is_refused(shared: Server, tmp_path: Path) -> None:
    data = neighbour(shared, tmp_path / "second")
    said = refused(data, "--database", shared.settings["database"])

    assert f"The directory {data / 'objects'} does not hold the objects of this database" in said.err
    assert "--objects s3://" in said.err


def test_a_second_server_with_the_same_directory_sees_the_same(shared: Server, tmp_path: Path) -> None:
    settings = {"database": shared.settings["database"], "objects": str(shared.data / "objects")}
    with Server(neighbour(shared, tmp_path / "second"), settings) as second:
        second.start()

        assert b"body" == second.client("s3").get_object(Bucket="photos", Key="one")["Body"].read()


def test_a_directory_that_moved_is_known_again_by_its_label(shared: Server, tmp_path: Path) -> None:
    shared.stop()
    shutil.move(shared.data / "objects", tmp_path / "moved")
    shared.settings["objects"] = str(tmp_path / "moved")
    s3 = shared.start().client("s3")

    assert b"body" == s3.get_object(Bucket="photos", Key="one")["Body"].read()


def test_a_directory_of_another_database_is_refused(shared: Server, tmp_path: Path) -> None:
    """Its sweep would remove the other's bodies."""
    said = refused(tmp_path / "data", "--objects", str(shared.data / "objects"))

    assert f"{shared.data / 'objects'} belongs to another database" in said.err


def test_an_installation_without_a_label_gets_one(shared: Server) -> None:
    """As one of the release before labels."""
    shared.stop()
    label = shared.data / "objects" / LABEL
    label.unlink()
    with psycopg.connect(shared.settings["database"]) as cx:
        cx.execute("DELETE FROM fact WHERE name IN ('installation', 'objects-label')")
    s3 = shared.start().client("s3")

    assert b"body" == s3.get_object(Bucket="photos", Key="one")["Body"].read()
    assert label.exists()


def test_another_s3_than_before_is_refused(own_server: Server, sqlite_server: Server, name: str) -> None:
    """Our own server plays the S3 behind another one."""
    keys = {
        variable: sqlite_server.environment[variable]
        for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    }
    place = f"s3://{name}-?endpoint={sqlite_server.url}"
    first = CommandLine(own_server.data, own_server.data.parent, keys)
    ports = ("--port", str(free_port()), "--tls-port", "0")
    with first.running("serve", *ports, "--objects", place) as process:
        assert process.stdout is not None
        assert "is running" in process.stdout.readline()
    said = refused(own_server.data, "--objects", place.replace(name, f"{name}-other"), **keys)

    assert "does not hold the objects of this database" in said.err
    label = (
        sqlite_server.client("s3").get_object(Bucket=f"{name}-secondlook-internal", Key=LABEL)["Body"].read()
    )
    assert label.decode().strip() in said.err
