"""A directory that is somebody else's is refused and left as it is; every one that an installation may have is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondlook.app.layout import DATA_DIRECTORY, DIRECTORY_OF_OBJECTS
from secondlook.settings import SettingError
from tests.commandline import CommandLine
from tests.running import free_port

COMMANDS = [
    ("serve", "--tls-port", "0", "--port", str(free_port())),
    ("migrate",),
    ("keys", "create", "k"),
    ("vault", "rotate"),
    ("backup", "../copy"),
    ("restore", "../copy"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A directory of a program's, open to be read as most are."""
    folder = tmp_path / "project"
    (folder / "logs").mkdir(parents=True)
    for file in (folder / "main.py", folder / "logs" / "today.txt"):
        file.write_text("theirs")
        file.chmod(0o644)
    for directory in (folder, folder / "logs"):
        directory.chmod(0o755)
    return folder


def state(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mode for path in [folder, *folder.rglob("*")]}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_an_empty_data_is_not_the_current_directory(project: Path, command: tuple[str, ...]) -> None:
    before = state(project)
    (project.parent / "copy").mkdir()
    said = CommandLine(None, project).run(*command, "--data", "", code=2)

    assert "Invalid value for '--data': it is empty: name a path, or . for the current directory" in said.err
    assert before == state(project)


@pytest.mark.parametrize("command", COMMANDS[:-1], ids=lambda command: command[0])
def test_a_directory_of_somebody_else_s_is_refused_untouched(project: Path, command: tuple[str, ...]) -> None:
    before = state(project)
    said = CommandLine(Path(), project).run(*command, code=1)

    assert (
        f"{project} is no data directory of secondlook: 'main.py' lies in it. Nothing was changed" in said.err
    )
    assert before == state(project)
    assert [project] == list(project.parent.iterdir())


def test_so_is_one_for_objects(project: Path) -> None:
    before = state(project)
    data = project.parent / "data"
    said = CommandLine(data, project).run("serve", "--tls-port", "0", "--objects", str(project), code=1)

    assert f"{project} is no directory of objects of secondlook: 'logs' lies in it" in said.err
    assert before == state(project)


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["lost+found"],
        ["catalog"],
        ["lock", "demo-server.log"],
        ["lock", "objects"],
        ["lock", ".vault.key.1f2e3d4c"],
        ["secondlook.sqlite", "notes.txt"],
        ["vault.key", "own.sqlite"],
        ["server-id", "client.json", "logs", "artifacts", "mail", "tls", "anything"],
    ],
)
def test_what_an_installation_may_have_is_taken(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).touch()

    DATA_DIRECTORY.check_ours(tmp_path)


@pytest.mark.parametrize("names", [["lock", "package.json"], ["logs", "src"], [".git"]])
def test_a_name_that_anybody_uses_makes_it_nobody_s(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).touch()

    with pytest.raises(SettingError, match="is no data directory of secondlook"):
        DATA_DIRECTORY.check_ours(tmp_path)


@pytest.mark.parametrize("names", [[], ["objects-label", "x"], ["00", "ff"]])
def test_objects_of_a_release_without_a_label_are_taken(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).touch()

    DIRECTORY_OF_OBJECTS.check_ours(tmp_path)
