"""A copy taken under load, restored elsewhere: all that was confirmed before is there, nothing is half done, all goes on."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from secondlook.app.tree import copy_tree, files
from secondlook.reviewer import Portal
from tests.commandline import CommandLine
from tests.databases import BOTH, Postgres
from tests.running import Server, eventually

from . import echo
from .reviewing import WORKER, Review

BUSY = "bo@example.org"
"""Works while the copy is taken; the usual worker has begun a task and is away."""

MEGABYTES = os.urandom(5 * 1024 * 1024)
"""More than the database passes on in one piece, and what all but the last part of an upload must have."""


class Desk(Portal):
    """The portal, with the whole page of a task."""

    def page(self, number: int) -> str:
        return self._get(f"/tasks/{number}").data.decode()


def desk(server: Server, email: str = WORKER) -> Desk:
    return Desk(server.client("secondlook"), email)


@dataclass
class Confirmed:
    """What the server has said yes to so far."""

    loops: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    objects: dict[str, str] = field(default_factory=dict)  # key → MD5 of its body

    def now(self) -> Confirmed:
        return Confirmed(list(self.loops), list(self.answers), dict(self.objects))


class Load:
    """Loops started and answered, drafts saved, objects put, replaced and deleted, all at once."""

    def __init__(self, review: Review) -> None:
        self.review, self.confirmed = review, Confirmed()
        self._over = threading.Event()

    @contextlib.contextmanager
    def going_on(self) -> Iterator[None]:
        acts = (self._start, self._answer, self._put)
        with ThreadPoolExecutor(len(acts)) as threads:
            doing = [threads.submit(self._again, act()) for act in acts]
            try:
                yield
            finally:
                self._over.set()
            for act in doing:
                act.result()

    def _again(self, act: Callable[[int], None]) -> None:
        number = 0
        while not self._over.is_set():
            act(number)
            number += 1

    def _start(self) -> Callable[[int], None]:
        def act(number: int) -> None:
            loop = f"{self.review.name}-{number}"
            self.review.start(loop)
            self.confirmed.loops.append(loop)

        return act

    def _answer(self) -> Callable[[int], None]:
        worker = desk(self.review.server, BUSY)

        def act(number: int) -> None:
            task = worker.take(self.review.name)
            if task is None:
                self._over.wait(0.05)
                return
            loop = worker.task(task).loop
            worker.save_draft(task, {"answer": {"half": number}})
            worker.submit(task, {"loop": loop})
            self.confirmed.answers.append(loop)

        return act

    def _put(self) -> Callable[[int], None]:
        s3 = self.review.server.client("s3")

        def act(number: int) -> None:
            body = os.urandom(1000) if number % 8 else MEGABYTES[number:]
            s3.put_object(Bucket=self.review.name, Key=f"kept/{number}", Body=body)
            self.confirmed.objects[f"kept/{number}"] = hashlib.md5(body, usedforsecurity=False).hexdigest()
            s3.put_object(Bucket=self.review.name, Key="replaced", Body=body)
            s3.put_object(Bucket=self.review.name, Key=f"deleted/{number}", Body=body)
            s3.delete_object(Bucket=self.review.name, Key=f"deleted/{number}")

        return act


@pytest.fixture(params=BOTH)
def databases(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Settings for a server and for the one that goes on: SQLite in the data directory, or an empty PostgreSQL each."""
    if request.param == "sqlite":
        yield {}, {}
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    monkeypatch.setenv("PATH", f"{postgres.tools}:{os.environ['PATH']}")
    names = [postgres.create(), postgres.create()]
    yield {"database": postgres.url(names[0])}, {"database": postgres.url(names[1])}
    for name in names:
        postgres.drop(name)


def command(server: Server) -> CommandLine:
    """The command line with the environment of a server."""
    return CommandLine(
        server.data,
        server.data.parent,
        {f"SECONDLOOK_{name.upper()}": value for name, value in server.settings.items()},
    )


@pytest.mark.timeout(400)
def test_a_copy_taken_under_load_goes_on_elsewhere(
    own_server: Server, databases: tuple[dict[str, str], dict[str, str]], tmp_path: Path, name: str
) -> None:
    before, after = databases
    own_server.settings |= before
    echo.put(own_server)
    review = Review(own_server.start(), name, (WORKER, BUSY))
    echo.deploy(own_server)
    key = own_server.key("camera", "requester")
    s3 = own_server.client("s3")
    upload = s3.create_multipart_upload(Bucket=name, Key="parts")["UploadId"]
    part = s3.upload_part(Bucket=name, Key="parts", UploadId=upload, PartNumber=1, Body=MEGABYTES)["ETag"]
    review.start(f"{name}-begun")
    worker = desk(own_server)
    begun = eventually(lambda: worker.take(name, f"{name}-begun"))
    worker.save_draft(begun, {"answer": {"word": "kept-for-later"}})
    load = Load(review)
    with load.going_on():
        eventually(lambda: len(load.confirmed.answers) > 3 and len(load.confirmed.objects) > 8)
        confirmed = load.confirmed.now()
        command(own_server).run("backup", str(tmp_path / "copy"))
        eventually(lambda: len(load.confirmed.answers) > len(confirmed.answers) + 1)
    own_server.stop()

    with Server(tmp_path / "new", after) as new:
        command(new).run("restore", str(tmp_path / "copy"))
        review.server = new.start()
        _everything_confirmed_is_there(review, confirmed)
        assert {"word": "kept-for-later"} == _draft(desk(new).page(begun))
        desk(new).submit(begun, {"loop": f"{name}-begun"})
        _what_was_open_goes_on(review)
        done = new.client("s3").complete_multipart_upload(
            Bucket=name,
            Key="parts",
            UploadId=upload,
            MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part}]},
        )
        assert done["ETag"]
        assert new.client("sts", key).get_caller_identity()["Account"]
        eventually(lambda: echo.is_in_service(new))
        assert b"null" == echo.invoke(new)


def _everything_confirmed_is_there(review: Review, confirmed: Confirmed) -> None:
    s3 = review.server.client("s3")
    bodies = {key: s3.get_object(Bucket=review.name, Key=key)["Body"].read() for key in confirmed.objects}

    assert set(confirmed.loops) <= {loop["HumanLoopName"] for loop in _loops(review.server)}
    for loop in confirmed.answers:
        review.completed(loop)
        assert [{"loop": loop}] == [answer["answerContent"] for answer in review.output(loop)["humanAnswers"]]
    assert confirmed.objects == {
        key: hashlib.md5(body, usedforsecurity=False).hexdigest() for key, body in bodies.items()
    }


def _what_was_open_goes_on(review: Review) -> None:
    """Every loop that is there ends with one answer, and every object that is listed can be read."""
    worker, s3 = desk(review.server, BUSY), review.server.client("s3")

    def all_done() -> bool:
        task = worker.take(review.name)
        if task is not None:
            worker.submit(task, {"loop": worker.task(task).loop})
        return {"Completed"} == {loop["HumanLoopStatus"] for loop in _loops(review.server)}

    eventually(all_done, 120)
    for loop in _loops(review.server):
        answers = review.output(loop["HumanLoopName"])["humanAnswers"]
        assert [{"loop": loop["HumanLoopName"]}] == [answer["answerContent"] for answer in answers]
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=review.name):
        for entry in page["Contents"]:
            body = s3.get_object(Bucket=review.name, Key=entry["Key"])["Body"].read()
            assert entry["Size"] == len(body)


def _loops(server: Server) -> list[dict[str, Any]]:
    own, loops, token = server.client("secondlook"), [], {}
    while True:
        page = own.list_loops(MaxResults=100, **token)
        loops += page["Loops"]
        if "NextToken" not in page:
            return loops
        token = {"NextToken": page["NextToken"]}


def _draft(page: str) -> dict[str, Any]:
    data = page.partition('id="task-data">')[2].partition("</script>")[0]
    return json.loads(data)["draft"]["answer"]


# --- what is refused ----------------------------------------------------------------------------------------------------


@pytest.fixture
def copied(own_server: Server, tmp_path: Path, name: str) -> Path:
    """A copy of a server that has one object."""
    s3 = own_server.start().client("s3")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="one", Body=b"body")
    command(own_server).run("backup", str(tmp_path / "copy"))
    return tmp_path / "copy"


def test_a_copy_is_as_private_as_the_data_directory(copied: Path) -> None:
    assert [] == [path for path in [copied, *copied.rglob("*")] if path.stat().st_mode & 0o077]


def test_a_directory_that_is_there_is_not_written_to(copied: Path, own_server: Server) -> None:
    said = command(own_server).run("backup", str(copied), code=1)

    assert f"{copied} is there already" in said.err
    inside = command(own_server).run("backup", str(own_server.data / "copy"), code=1)
    assert "lies in the data directory itself" in inside.err


def test_a_copy_of_another_database_than_the_server_s_is_refused(
    copied: Path, own_server: Server, tmp_path: Path
) -> None:
    """Whoever moved to PostgreSQL must not go on copying the file that was left behind."""
    away = ("--database", "postgresql://u:geheim@127.0.0.1:9/x")
    said = command(own_server).run("backup", str(tmp_path / "other"), *away, code=1)

    assert "keeps its database in that directory, not in x at 127.0.0.1:9" in said.err
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ((), "There is no database"),
        (
            ("--database", "postgresql://u:geheim@127.0.0.1:9/x"),
            "The database x at 127.0.0.1:9 cannot be used",
        ),
        (("--database", "mysql://u:geheim@127.0.0.1/x"), "database must read postgresql://"),
    ],
)
def test_a_database_that_is_not_there_is_named(tmp_path: Path, database: tuple[str, ...], words: str) -> None:
    (tmp_path / "data").mkdir(0o700)
    here = CommandLine(tmp_path / "data", tmp_path)
    said = here.run("backup", str(tmp_path / "copy"), *database, code=1)

    assert words in said.err
    assert "geheim" not in said.err
    assert [tmp_path / "data"] == list(tmp_path.iterdir())


def test_a_body_that_is_lost_already_is_named_and_the_rest_is_copied(
    copied: Path, own_server: Server, tmp_path: Path, name: str
) -> None:
    (file,) = (path for path in (own_server.data / "objects").rglob("*/*") if path.is_file())
    file.unlink()
    said = command(own_server).run("backup", str(tmp_path / "second"))

    assert f"missing on the server's own disk, so in the copy too: s3://{name}/one" in said.err
    with Server(tmp_path / "new") as new:
        command(new).run("restore", str(tmp_path / "second"))


def test_a_key_file_that_does_not_open_the_secrets_makes_no_copy(
    copied: Path, own_server: Server, tmp_path: Path
) -> None:
    (own_server.data / "vault.key").write_bytes((b"A" * 43) + b"=")
    said = command(own_server).run("backup", str(tmp_path / "second"), code=1)

    assert "sealed with another key" in said.err
    assert [copied] == [path for path in tmp_path.iterdir() if path.is_dir()]


DAMAGES: dict[str, tuple[Callable[[Path], Any], str]] = {
    "a body is gone": (
        lambda copy: next(path for path in (copy / "objects").rglob("*/*") if path.is_file()).unlink(),
        "1 bodies of objects are missing or cut short",
    ),
    "the database was changed": (
        lambda copy: (copy / "database.sqlite").write_bytes(b"x"),
        "its SHA-256 is not the one in the manifest",
    ),
    "no manifest": (lambda copy: (copy / "manifest.json").unlink(), "is no copy made by `secondlook backup`"),
    "a newer release made it": (
        lambda copy: _change(copy, format=99, release="9.9"),
        "was made by the newer release 9.9",
    ),
    "the key is gone": (lambda copy: (copy / "data" / "vault.key").unlink(), "data/vault.key is missing"),
    "the key is cut short": (
        lambda copy: os.truncate(copy / "data" / "vault.key", 3),
        "data/vault.key is damaged",
    ),
    "another key": (
        lambda copy: (copy / "data" / "vault.key").write_bytes(b"A" * 43 + b"="),
        "data/vault.key is damaged: its SHA-256 is not the one in the manifest",
    ),
    "all but the database is gone": (lambda copy: shutil.rmtree(copy / "data"), "is missing"),
    "a body is gone, from the list too": (
        lambda copy: _write_bodies(copy, ""),
        "it lists 0 bodies with 0 bytes, and the manifest 1 with 4",
    ),
    "the list names another body": (
        lambda copy: _write_bodies(copy, f"{'0' * 32} 4\n"),
        "bodies.list is damaged: its SHA-256 is not the one in the manifest",
    ),
    "the list is cut": (
        lambda copy: os.truncate(copy / "bodies.list", 20),
        "bodies.list is damaged in line 1",
    ),
    "the list is gone": (lambda copy: (copy / "bodies.list").unlink(), "bodies.list is missing"),
    "no such database": (
        lambda copy: _change(copy, database="oracle"),
        "'database' must be one of sqlite, postgresql",
    ),
    "a manifest that leads out": (
        lambda copy: _change(copy, snapshot="../x"),
        "'snapshot' must be the name of a file",
    ),
    "a manifest that says nothing": (
        lambda copy: (copy / "manifest.json").write_text("{}"),
        "manifest.json is damaged: it has no 'format'; it has no 'made_at'",
    ),
    "a manifest of another kind": (
        lambda copy: (copy / "manifest.json").write_text("[]"),
        "manifest.json is damaged: it must hold a JSON object",
    ),
    "a manifest that is cut": (lambda copy: os.truncate(copy / "manifest.json", 20), "it is no JSON"),
    "a newer schema": (lambda copy: _change(copy, revision="9999"), "at revision 9999"),
}


def _write_bodies(copy: Path, lines: str) -> None:
    (copy / "bodies.list").write_text(lines)


def _change(copy: Path, **members: object) -> None:
    file = copy / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **members}))


@pytest.mark.parametrize(("damage", "words"), DAMAGES.values(), ids=DAMAGES)
def test_a_copy_that_cannot_be_restored_is_refused_first(
    copied: Path, tmp_path: Path, damage: Callable[[Path], Any], words: str
) -> None:
    damage(copied)
    said = CommandLine(tmp_path / "new", tmp_path).run("restore", str(copied), code=1)

    assert words in said.err
    assert not (tmp_path / "new").exists()


def test_a_body_that_has_changed_in_the_copy_is_refused_as_it_is_copied(copied: Path, tmp_path: Path) -> None:
    """Its size says nothing; what is left is no installation, and makes way for another try where it was tried."""
    (body,) = (path for path in (copied / "objects").rglob("*/*") if path.is_file())
    content = body.read_bytes()
    body.write_bytes(b"\0" + content[1:])
    new = tmp_path / "new"
    said = CommandLine(new, tmp_path).run("restore", str(copied), code=1)

    assert f"{body} is damaged: its SHA-256 is not the one in bodies.list" in said.err
    assert f"remove {new / 'objects'} first" in said.err
    assert not (new / "secondlook.sqlite").exists()
    shutil.rmtree(new / "objects")
    body.write_bytes(content)
    CommandLine(new, tmp_path).run("restore", str(copied))


def test_a_copy_whose_list_has_no_hashes_is_restored(copied: Path, tmp_path: Path) -> None:
    """As releases before made it."""
    lines = [line.rpartition(" ")[0] + "\n" for line in (copied / "bodies.list").read_text().splitlines()]
    _write_bodies(copied, "".join(lines))
    _change(copied, format=1, files={})
    CommandLine(tmp_path / "new", tmp_path).run("restore", str(copied))

    assert (tmp_path / "new" / "secondlook.sqlite").exists()


def test_a_copy_of_a_release_that_listed_no_files_is_restored_if_its_key_is_one(
    copied: Path, tmp_path: Path
) -> None:
    _change(copied, files={})
    here = CommandLine(tmp_path / "new", tmp_path)
    os.truncate(copied / "data" / "vault.key", 3)
    damaged = here.run("restore", str(copied), code=1)

    assert f"{copied / 'data' / 'vault.key'} is not a key" in damaged.err
    assert not (tmp_path / "new").exists()


def test_what_is_no_file_is_left_out_by_name(copied: Path, own_server: Server, tmp_path: Path) -> None:
    catalog = own_server.data / "catalog"
    (catalog / "mine").mkdir(parents=True)
    (catalog / "dangling").symlink_to("/nowhere")
    (catalog / "round").symlink_to(catalog)
    os.mkfifo(catalog / "mine" / "pipe")
    (tmp_path / "text").write_text("kept")
    (catalog / "mine" / "linked.txt").symlink_to(tmp_path / "text")
    said = command(own_server).run("backup", str(tmp_path / "second"))
    CommandLine(tmp_path / "new", tmp_path).run("restore", str(tmp_path / "second"))

    assert "Not in the copy" in said.err
    assert "a link to a file: catalog/dangling, catalog/mine/pipe, catalog/round" in said.err
    assert "kept" == (tmp_path / "new" / "catalog" / "mine" / "linked.txt").read_text()
    assert ["linked.txt"] == [path.name for path in (tmp_path / "new" / "catalog").rglob("*.*")]


def test_what_goes_away_while_it_is_copied_is_no_error(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in ("mail/1.eml", "mail/2.eml", "old/file"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).touch()

    def is_wanted(path: Path) -> bool:
        """As if a server took them away just when they were looked at."""
        if path.name == "1.eml":
            path.unlink()
        elif path.name == "old":
            shutil.rmtree(path)
        return True

    assert [] == copy_tree(source, tmp_path / "copy", is_wanted)
    assert ["2.eml"] == [path.name for path in files(tmp_path / "copy")]


def test_a_place_for_a_copy_that_cannot_be_is_named_first(
    copied: Path, own_server: Server, tmp_path: Path
) -> None:
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    link = command(own_server).run("backup", str(tmp_path / "dangling"), code=1)
    typo = command(own_server).run("backup", str(tmp_path / "typo" / "copy"), code=1)

    assert f"{tmp_path / 'dangling'} is there already" in link.err
    assert f"There is no directory {tmp_path / 'typo'} to make the copy in" in typo.err
    assert not (tmp_path / "typo").exists()


def test_only_an_empty_place_is_restored_to(copied: Path, own_server: Server, tmp_path: Path) -> None:
    used = CommandLine(own_server.data, tmp_path).run("restore", str(copied), code=1)
    (tmp_path / "objects").mkdir()
    (tmp_path / "objects" / "mine").touch()
    full = ("--objects", str(tmp_path / "objects"))
    objects = CommandLine(tmp_path / "new", tmp_path).run("restore", str(copied), *full, code=1)

    assert f"The data directory {own_server.data} is not empty" in used.err
    assert f"The directory of objects {tmp_path / 'objects'} is not empty" in objects.err
    assert not (tmp_path / "new").exists()


def test_a_copy_stays_of_its_kind_of_database(copied: Path, tmp_path: Path, postgres_url: str) -> None:
    said = CommandLine(tmp_path / "new", tmp_path).run(
        "restore", str(copied), "--database", postgres_url, code=1
    )

    assert "The copy is of a SQLite database and cannot become one of PostgreSQL" in said.err


def test_postgresql_s_tools_are_asked_for_by_name(
    own_server: Server, postgres_url: str, tmp_path: Path
) -> None:
    own_server.settings["database"] = postgres_url
    own_server.start()
    bare = CommandLine(own_server.data, tmp_path, {"PATH": "/nowhere", "SECONDLOOK_DATABASE": postgres_url})
    said = bare.run("backup", str(tmp_path / "copy"), code=1)

    assert "pg_dump is not on the PATH" in said.err
    assert not (tmp_path / "copy").exists()


def test_a_postgresql_that_is_not_empty_is_not_restored_to(
    own_server: Server, postgres: Postgres, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{postgres.tools}:{os.environ['PATH']}")
    own_server.settings["database"] = postgres_url
    own_server.start().client("s3").list_buckets()
    command(own_server).run("backup", str(tmp_path / "copy"))
    with Server(tmp_path / "new", own_server.settings) as new:
        said = command(new).run("restore", str(tmp_path / "copy"), code=1)

    assert "holds tables already" in said.err
    assert not (tmp_path / "new").exists()
    with psycopg.connect(postgres_url) as cx:
        assert cx.execute("SELECT count(*) FROM access_key").fetchone()
