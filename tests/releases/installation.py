"""An installation that a release has left behind: the rows of its database and the files of its data directory.

Rows are kept as JSON and files as an archive, so that one copy serves SQLite and PostgreSQL. The schema is made by the
migrations up to the release's own, which never change. All times are moved on by the copy's age: work that was under
way then is under way now.
"""

from __future__ import annotations

import base64
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, create_engine, select, text

from secondlook.store.migrations.steps import upgrade
from secondlook.store.session import Store
from tests.archives import unpack

FOLDER = Path(__file__).parent
ROWS, FILES = "rows.json", "files.tar.gz"
DATABASE = "secondlook.sqlite"
LEFT_OUT = {"lock", "client.json"}
"""What a server makes anew when it starts."""


@dataclass(frozen=True)
class Release:
    """The copy of one release's installation, in a folder of its version."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def document(self) -> dict[str, Any]:
        return json.loads((self.folder / ROWS).read_text(), object_hook=_from_json)

    def restore(self, data: Path, url: str) -> None:
        """Put the files into the empty directory `data`, and the rows into the empty database behind SQLAlchemy's `url`."""
        with tarfile.open(self.folder / FILES) as archive:
            unpack(archive, data)
        data.chmod(0o700)
        document, store = self.document, Store(url)
        age, reflected = datetime.now(UTC) - document["at"], MetaData()
        with store.write() as cx:
            upgrade(cx, document["revision"])
            reflected.reflect(cx)
            for table in reflected.sorted_tables:
                rows = [_later(row, age) for row in document["rows"].get(table.name, ())]
                if rows:
                    cx.execute(table.insert(), rows)
                if not store.is_sqlite and "id" in table.c and table.c.id.type.python_type is int:
                    sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
                    cx.execute(
                        text(f"SELECT setval({sequence}, (SELECT coalesce(max(id), 1) FROM {table.name}))")
                    )
        store.close()


def releases() -> list[Release]:
    """The oldest first."""
    folders = [file.parent for file in FOLDER.glob(f"*/{ROWS}")]
    return [Release(folder) for folder in sorted(folders, key=lambda folder: number(folder.name))]


def number(version: str) -> tuple[int, ...]:
    """`0.2.0.dev0` is (0, 2, 0)."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def keep(data: Path, name: str, **about: Any) -> None:
    """Copy the installation in `data`, whose server has stopped, as that of the release `name`; `about` goes with it."""
    folder = FOLDER / name
    folder.mkdir(exist_ok=True)
    document = {"at": datetime.now(UTC), **about, **_database(data / DATABASE)}
    (folder / ROWS).write_text(json.dumps(document, indent=1, default=_as_json) + "\n")
    with tarfile.open(folder / FILES, "w:gz") as archive:
        for file in _files(data):
            archive.add(file, file.relative_to(data).as_posix(), filter=_nobodys)


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    return member.replace(uid=0, gid=0, uname="", gname="", deep=False)


def _files(data: Path) -> Iterator[Path]:
    for file in sorted(data.rglob("*")):
        if file.is_file() and not file.name.startswith(DATABASE) and file.name not in LEFT_OUT:
            yield file


def _database(file: Path) -> dict[str, Any]:
    reflected, engine = MetaData(), create_engine(f"sqlite:///{file}")
    with engine.connect() as cx:
        reflected.reflect(cx)
        rows = {
            table.name: [dict(row) for row in cx.execute(select(table)).mappings()]
            for table in reflected.sorted_tables
            if table.name != "alembic_version"
        }
        revision = cx.scalar(text("SELECT version_num FROM alembic_version"))
    engine.dispose()
    return {"revision": revision, "rows": rows}


def _later(row: dict[str, Any], age: timedelta) -> dict[str, Any]:
    return {name: value + age if isinstance(value, datetime) else value for name, value in row.items()}


def _as_json(value: object) -> dict[str, str]:
    match value:
        case datetime():
            return {"time": value.isoformat()}
        case bytes():
            return {"bytes": base64.b64encode(value).decode()}
    raise TypeError(f"{value!r} cannot be kept as JSON")


def _from_json(value: dict[str, Any]) -> Any:
    match value:
        case {"time": str(at), **rest} if not rest:
            return datetime.fromisoformat(at).replace(tzinfo=UTC)
        case {"bytes": str(encoded), **rest} if not rest:
            return base64.b64decode(encoded)
    return value
